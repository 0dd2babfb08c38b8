import { getObject } from '../kube/store.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** Where a kubelet keeps what belongs to its pods. */
export const POD_FOLDERS = '/var/lib/kubelet/pods'

/** What a kubelet keeps for a pod: below the folder of its uid. */
export type PodFolder = {
  readonly folder: string
  readonly sandbox: Sandbox
  readonly pod: KubeObject | undefined
  readonly containers: readonly Container[]
  /** The volumes that are set up: only of a pod whose sandbox is ready. */
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

const volumesOf = (pod: KubeObject | undefined): readonly PodVolume[] =>
  (pod?.spec?.volumes ?? []).flatMap((volume: KubeValue): PodVolume[] => {
    const field = Object.keys(plugins).find(name => volume[name] !== undefined)
    return field === undefined ? [] : [{ kind: plugins[field] ?? field, name: volume.name, volume }]
  })

const HASH_NOTE = 'kubernetes.io/config.hash'

/** The pods of a machine for which its kubelet keeps a folder: those that run, and those that have ended and are not removed yet. */
export const podFoldersOf = (world: World, machine: Machine): readonly PodFolder[] => {
  const { runtime } = machine
  const newest = new Map((runtime?.sandboxes ?? []).map(sandbox => [sandbox.kubeUid, sandbox]))
  return [...newest.values()].flatMap(sandbox => {
    const { namespace, name, kubeUid, state } = sandbox
    const found = getObject(world.kube, { kind: 'Pod', namespace, name })
    const uids = [found?.metadata.uid, found?.metadata.annotations?.[HASH_NOTE]]
    const pod = uids.includes(kubeUid) ? found : undefined
    if (pod === undefined && state !== 'ready') return []
    return [
      {
        folder: `${POD_FOLDERS}/${kubeUid}`,
        sandbox,
        pod,
        containers: (runtime?.containers ?? []).filter(({ sandboxId }) => sandboxId === sandbox.id),
        volumes: state === 'ready' ? volumesOf(pod) : [],
      },
    ]
  })
}

/** The folder of a volume of a pod. */
export const volumeFolder = ({ folder }: PodFolder, { kind, name }: PodVolume): string =>
  `${folder}/volumes/kubernetes.io~${kind}/${name}`
