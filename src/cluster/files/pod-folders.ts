import { volumeTexts } from '../relations/inside.ts'
import { POD_FOLDERS, type PodFolder, podFoldersOf, volumeFolder } from '../relations/pod-folders.ts'
import type { FileView, Viewpoint } from './views.ts'

/** The kubelet writes what a volume holds into a folder named by the time, and leads a link there. */
const DATA = '..data'

const dataFolder = ({ sandbox }: PodFolder): string => {
  const at = new Date(sandbox.createdMs).toISOString()
  const [date = '', time = ''] = at.slice(0, -5).split('T')
  return `..${date.replaceAll('-', '_')}_${time.replaceAll(':', '_')}.${sandbox.id.replace(/\D/g, '').slice(0, 9)}`
}

const isWritten = (kind: string): boolean => /^(configmap|projected|secret|downward-api)$/.test(kind)

type Entries = {
  readonly texts: ReadonlyMap<string, string>
  readonly links: ReadonlyMap<string, string>
}

const hostsText = ({ sandbox, pod }: PodFolder): string =>
  `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${sandbox.address ?? ''}\t${pod?.spec?.hostname ?? sandbox.name}\n`

const entriesOf = ({ world }: Viewpoint, place: PodFolder): Entries => {
  const texts = new Map<string, string>([[`${place.folder}/etc-hosts`, hostsText(place)]])
  const links = new Map<string, string>()
  for (const { name, id } of place.containers)
    texts.set(`${place.folder}/containers/${name}/${id.slice(0, 8)}`, '')
  for (const volume of place.volumes) {
    const folder = volumeFolder(place, volume)
    texts.set(`${place.folder}/plugins/kubernetes.io~empty-dir/wrapped_${volume.name}/ready`, '')
    if (!isWritten(volume.kind) || place.pod === undefined) {
      texts.set(`${folder}/`, '')
      continue
    }
    links.set(`${folder}/${DATA}`, dataFolder(place))
    for (const [key, text] of Object.entries(volumeTexts(world, place.pod, volume.volume))) {
      texts.set(`${folder}/${dataFolder(place)}/${key}`, text)
      links.set(`${folder}/${key}`, `${DATA}/${key}`)
    }
  }
  return { texts, links }
}

const placesAlong = (at: Viewpoint, path = ''): readonly PodFolder[] => {
  const [, uid] = path.startsWith(`${POD_FOLDERS}/`) ? path.slice(POD_FOLDERS.length).split('/') : []
  return podFoldersOf(at.world, at.machine).filter(
    ({ sandbox }) => uid === undefined || sandbox.kubeUid === uid,
  )
}

const entriesAlong = (at: Viewpoint, path: string | undefined): readonly Entries[] =>
  placesAlong(at, path).map(place => entriesOf(at, place))

/** /var/lib/kubelet/pods: what the kubelet keeps for each pod of its node. */
export const podFolders: FileView = {
  folder: POD_FOLDERS,
  modes: { file: { mode: 0o644 }, folder: { mode: 0o755 } },
  list: (at, path) =>
    entriesAlong(at, path).flatMap(({ texts, links }) => [...texts.keys(), ...links.keys()]),
  links: (at, path) => new Map(entriesAlong(at, path).flatMap(({ links }) => [...links])),
  read: (at, path) =>
    entriesAlong(at, path)
      .map(({ texts }) => texts.get(path))
      .find(text => text !== undefined) ?? '',
  changedMs: (at, path) => placesAlong(at, path)[0]?.sandbox.createdMs ?? at.world.nowMs,
}
