import {
  dataFolderOf,
  isWritten,
  type PodFolder,
  podFoldersOf,
  VOLUME_DATA,
  volumeFolder,
} from '../relations/pod-folders.ts'
import { POD_FOLDERS } from '../relations/runtime-folders.ts'
import { volumeTexts, volumeWrittenMs, type Written } from '../relations/volume-texts.ts'
import type { Sandbox } from '../world/container.ts'
import { isBelow } from './paths.ts'
import type { FileView, Viewpoint } from './views.ts'

type Entries = {
  readonly texts: ReadonlyMap<string, string>
  readonly links: ReadonlyMap<string, string>
}

const hostsText = (sandbox: Sandbox, pod: PodFolder['pod']): string =>
  `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${sandbox.address ?? ''}\t${pod?.spec?.hostname ?? sandbox.name}\n`

/** The folders that are there even while they hold nothing. */
const own = ['containers', 'plugins', 'volumes']

/** By what the folder of a volume is dated that was set up before there is a sandbox. */
const heldBy = ({ sandbox, uid, madeMs }: PodFolder): Written => sandbox ?? { id: uid, createdMs: madeMs }

const entriesOf = ({ world, machine }: Viewpoint, place: PodFolder): Entries => {
  const { folder, pod, sandbox, containers } = place
  const texts = new Map<string, string>(own.map(name => [`${folder}/${name}/`, '']))
  if (sandbox !== undefined) texts.set(`${folder}/etc-hosts`, hostsText(sandbox, pod))
  const links = new Map<string, string>()
  for (const { name, id } of containers) texts.set(`${folder}/containers/${name}/${id.slice(0, 8)}`, '')
  for (const volume of place.volumes) {
    const at = volumeFolder(place, volume)
    texts.set(`${folder}/plugins/kubernetes.io~empty-dir/wrapped_${volume.name}/ready`, '')
    if (!isWritten(volume.kind) || pod === undefined) {
      texts.set(`${at}/`, '')
      for (const [path, { kind, text }] of machine.runtime?.volumes?.[`${place.uid}/${volume.name}`] ?? [])
        if (kind === 'symlink') links.set(`${at}${path}`, text)
        else texts.set(`${at}${path}${kind === 'directory' && path !== '/' ? '/' : ''}`, text)
      continue
    }
    const dated = dataFolderOf(heldBy(place), volume.volume)
    links.set(`${at}/${VOLUME_DATA}`, dated)
    for (const [path, text] of Object.entries(volumeTexts({ world, pod, sandbox }, volume.volume))) {
      texts.set(`${at}/${dated}/${path}`, text)
      const [first = path] = path.split('/')
      links.set(`${at}/${first}`, `${VOLUME_DATA}/${first}`)
    }
  }
  return { texts, links }
}

/** A volume is open to all, in memory as /tmp is; what the kubelet keeps beside it is for root and its group. */
const folderMode = (path: string): number => {
  const [, area, plugin, name, ...beyond] = path.slice(POD_FOLDERS.length + 1).split('/')
  if (area !== 'volumes' || plugin === undefined) return 0o750
  if (name === undefined || beyond.length > 0) return 0o755
  return /projected|secret|downward/.test(plugin) ? 0o1777 : 0o777
}

const placesAlong = (at: Viewpoint, path = ''): readonly PodFolder[] => {
  const [, uid] = path.startsWith(`${POD_FOLDERS}/`) ? path.slice(POD_FOLDERS.length).split('/') : []
  return podFoldersOf(at.world, at.machine).filter(place => uid === undefined || place.uid === uid)
}

const entriesAlong = (at: Viewpoint, path: string | undefined): readonly Entries[] =>
  placesAlong(at, path).map(place => entriesOf(at, place))

/** A volume is as old as the last writing of it, all else as old as the folder of its pod. */
const changedIn = (place: PodFolder, path: string): number => {
  const found = place.volumes.find(volume => isBelow(path, volumeFolder(place, volume)))
  return found === undefined ? place.madeMs : volumeWrittenMs(heldBy(place), found.volume)
}

/** /var/lib/kubelet/pods: what the kubelet keeps for each pod of its node. */
export const podFolders: FileView = {
  folder: POD_FOLDERS,
  modes: { file: { mode: 0o644 }, folder: { mode: 0o750 } },
  folderMode,
  list: (at, path) =>
    entriesAlong(at, path).flatMap(({ texts, links }) => [...texts.keys(), ...links.keys()]),
  links: (at, path) => new Map(entriesAlong(at, path).flatMap(({ links }) => [...links])),
  read: (at, path) =>
    entriesAlong(at, path)
      .map(({ texts }) => texts.get(path))
      .find(text => text !== undefined) ?? '',
  changedMs: (at, path) => {
    const times = placesAlong(at, path).map(place => changedIn(place, path))
    return times.length === 0 ? at.world.nowMs : Math.max(...times)
  },
}
