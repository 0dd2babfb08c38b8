import { uidOf } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import { msOf } from '../kube/times.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { nodeNameOf } from './cluster-hosts.ts'
import { podsOn } from './pods.ts'
import { POD_FOLDERS } from './runtime-folders.ts'
import { volumeSources, volumeWrittenMs, type Written } from './volume-texts.ts'

/** The kubelet writes what a volume holds into a folder named by the time, and leads a link there. */
export const VOLUME_DATA = '..data'

/** What a kubelet keeps for a pod: below the folder of its uid. */
export type PodFolder = {
  readonly folder: string
  readonly uid: string
  readonly madeMs: number
  /** `undefined` as long as the pod waits for its sandbox. */
  readonly sandbox: Sandbox | undefined
  readonly pod: KubeObject | undefined
  readonly containers: readonly Container[]
  /** The volumes that are set up: of a pod whose sandbox is ready, and what one that waits has of them. */
  readonly volumes: readonly PodVolume[]
}

/** A volume with the folder that it has on the node. */
export type PodVolume = { readonly kind: string; readonly name: string; readonly volume: KubeValue }

/** The plugins of volumes that make a folder on the node, by the field of the volume. */
const plugins: Readonly<Record<string, string>> = {
  configMap: 'configmap',
  downwardAPI: 'downward-api',
  emptyDir: 'empty-dir',
  nfs: 'nfs',
  projected: 'projected',
  secret: 'secret',
}

/** The plugin of a volume; `undefined` for one that has no folder. */
export const volumeKindOf = (volume: KubeValue): string | undefined => {
  const field = Object.keys(plugins).find(name => volume?.[name] !== undefined)
  return field === undefined ? undefined : plugins[field]
}

/** Whether the kubelet writes the files of such a volume itself. */
export const isWritten = (kind: string | undefined): boolean =>
  /^(configmap|projected|secret|downward-api)$/.test(kind ?? '')

/** The name of the folder into which a volume was last written. */
export const dataFolderOf = (sandbox: Written, volume: KubeValue): string => {
  const at = new Date(volumeWrittenMs(sandbox, volume))
  const [date = '', time = ''] = at.toISOString().slice(0, -5).split('T')
  const digits = `${sandbox.id}${at.getTime().toString(16)}`.replace(/\D/g, '').slice(-9)
  return `..${date.replaceAll('-', '_')}_${time.replaceAll(':', '_')}.${digits}`
}

const volumesOf = (pod: KubeObject | undefined): readonly PodVolume[] =>
  (pod?.spec?.volumes ?? []).flatMap((volume: KubeValue): PodVolume[] => {
    const kind = volumeKindOf(volume)
    return kind === undefined ? [] : [{ kind, name: volume.name, volume }]
  })

const HASH_NOTE = 'kubernetes.io/config.hash'

/** The pods that a kubelet has taken on and that have no sandbox yet, with those of their volumes of which nothing lacks. */
const waitingFolders = (world: World, machine: Machine): readonly PodFolder[] => {
  const { timers = {}, sandboxes = [] } = machine.runtime ?? {}
  const begun = new Set(sandboxes.map(({ kubeUid }) => kubeUid))
  return podsOn(world.kube, nodeNameOf(machine))
    .filter(pod => !begun.has(uidOf(pod)) && timers[`admitted/${uidOf(pod)}`] !== undefined)
    .map(pod => ({
      folder: `${POD_FOLDERS}/${uidOf(pod)}`,
      uid: uidOf(pod),
      madeMs: msOf(pod.status?.startTime ?? pod.metadata.creationTimestamp),
      sandbox: undefined,
      pod,
      containers: [],
      volumes: volumesOf(pod).filter(({ volume }) =>
        volumeSources(volume).every(
          source => getObject(world.kube, { ...source, namespace: pod.metadata.namespace }) !== undefined,
        ),
      ),
    }))
}

/** The pods of a machine for which its kubelet keeps a folder: those that run or wait, and those that have ended and are not removed yet. */
export const podFoldersOf = (world: World, machine: Machine): readonly PodFolder[] => {
  const { runtime } = machine
  const newest = new Map((runtime?.sandboxes ?? []).map(sandbox => [sandbox.kubeUid, sandbox]))
  const begun = [...newest.values()].flatMap(sandbox => {
    const { namespace, name, kubeUid, state } = sandbox
    const found = getObject(world.kube, { kind: 'Pod', namespace, name })
    const uids = [found?.metadata.uid, found?.metadata.annotations?.[HASH_NOTE]]
    const pod = uids.includes(kubeUid) ? found : undefined
    if (pod === undefined && state !== 'ready') return []
    return [
      {
        folder: `${POD_FOLDERS}/${kubeUid}`,
        uid: kubeUid,
        madeMs: sandbox.createdMs,
        sandbox,
        pod,
        containers: (runtime?.containers ?? []).filter(({ sandboxId }) => sandboxId === sandbox.id),
        volumes: state === 'ready' ? volumesOf(pod) : [],
      },
    ]
  })
  return [...begun, ...waitingFolders(world, machine)]
}

/** The folder of a volume of a pod. */
export const volumeFolder = ({ folder }: PodFolder, { kind, name }: PodVolume): string =>
  `${folder}/volumes/kubernetes.io~${kind}/${name}`
