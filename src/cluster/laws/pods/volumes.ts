import { nodeAt } from '../../files/file-tree.ts'
import { hashOf, uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { connect } from '../../relations/connect.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import { heldName, volumeSources } from '../../relations/volume-texts.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Kubelet } from '../kubelet.ts'

const NFS_PORT = 2049

const pathTypes: Readonly<Record<string, readonly [kind: 'file' | 'directory', text: string]>> = {
  File: ['file', 'is not a file'],
  Directory: ['directory', 'is not a directory'],
}

const hostPathProblem = (machine: Machine, { path, type }: KubeValue): string | undefined => {
  const wanted = pathTypes[type ?? '']
  if (wanted === undefined) return undefined
  return nodeAt(machine.files, path)?.kind === wanted[0]
    ? undefined
    : `hostPath type check failed: ${path} ${wanted[1]}`
}

const nfsProblem = (
  world: World,
  { machine, pod, name }: { readonly machine: Machine; readonly pod: KubeObject; readonly name: string },
  { server, path }: { readonly server: string; readonly path: string },
): string | undefined => {
  const failed = (text: string, status: number) =>
    `mount failed: exit status ${status}\nMounting command: mount\nMounting arguments: -t nfs ${server}:${path} /var/lib/kubelet/pods/${uidOf(pod)}/volumes/kubernetes.io~nfs/${name}\nOutput: mount.nfs: ${text}`
  const found = hostAddressOf(world, machine, server)
  if (found.kind === 'failed')
    return failed(`Failed to resolve server ${server}: Name or service not known`, 32)
  const dialed = connect(world, {
    from: machine,
    address: found.address,
    port: NFS_PORT,
    protocol: 'tcp',
  })
  if (dialed.kind === 'open') return undefined
  return failed(dialed.kind === 'refused' ? 'Connection refused' : 'Connection timed out', 32)
}

const claimProblem = (
  world: World,
  at: { readonly machine: Machine; readonly pod: KubeObject; readonly name: string },
  claimName: string,
): string | undefined => {
  const namespace = at.pod.metadata.namespace
  const claim = getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace, name: claimName })
  if (claim === undefined) return `persistentvolumeclaim "${claimName}" not found`
  const volume = getObject(world.kube, { kind: 'PersistentVolume', name: claim.spec?.volumeName ?? '' })
  if (volume === undefined) return undefined
  if (volume.spec?.nfs !== undefined) return nfsProblem(world, at, volume.spec.nfs)
  const path = volume.spec?.local?.path ?? volume.spec?.hostPath?.path
  return path === undefined || nodeAt(at.machine.files, path) !== undefined
    ? undefined
    : `path "${path}" does not exist`
}

/** The volume that admission gives every pod is told of elsewhere. */
const isOwnToken = ({ name }: KubeValue): boolean => String(name).startsWith('kube-api-access-')

const keyIn = ({ data, binaryData }: KubeValue, key: string): string | undefined =>
  data?.[key] ?? binaryData?.[key]

const sourceProblem = (
  world: World,
  at: { readonly machine: Machine; readonly pod: KubeObject; readonly name: string },
  volume: KubeValue,
): string | undefined => {
  const namespace = at.pod.metadata.namespace
  const missing = (kind: 'ConfigMap' | 'Secret', source: KubeValue): string | undefined => {
    const name: string = source.name ?? source.secretName
    if (source.optional === true) return undefined
    const object = getObject(world.kube, { kind, namespace, name })
    if (object === undefined) return `${kind.toLowerCase()} "${name}" not found`
    const lost = (source.items ?? []).find(({ key }: KubeValue) => keyIn(object, key) === undefined)
    const text =
      kind === 'Secret'
        ? 'references non-existent secret key'
        : 'configmap references non-existent config key'
    return lost === undefined ? undefined : `${text}: ${lost.key}`
  }
  if (volume.configMap) return missing('ConfigMap', volume.configMap)
  if (volume.secret) return missing('Secret', volume.secret)
  for (const { configMap, secret } of isOwnToken(volume) ? [] : (volume.projected?.sources ?? [])) {
    const problem = configMap
      ? missing('ConfigMap', configMap)
      : secret
        ? missing('Secret', secret)
        : undefined
    if (problem !== undefined) return problem
  }
  if (volume.hostPath) return hostPathProblem(at.machine, volume.hostPath)
  if (volume.nfs) return nfsProblem(world, at, volume.nfs)
  if (volume.persistentVolumeClaim) return claimProblem(world, at, volume.persistentVolumeClaim.claimName)
  return undefined
}

/** The first volume of a pod that cannot be mounted on a machine, and why. */
export const mountProblem = (
  world: World,
  machine: Machine,
  pod: KubeObject,
): { readonly volume: string; readonly text: string } | undefined => {
  for (const volume of pod.spec?.volumes ?? []) {
    const text = sourceProblem(world, { machine, pod, name: volume.name }, volume)
    if (text !== undefined) return { volume: volume.name, text }
  }
  return undefined
}

const MOST_PAST = 5

/** Brings a pod's volumes of config maps and secrets up to date; an object that is gone from the API server stays there as it was. */
export const refreshConfigs = (world: World, pod: KubeObject, sandbox: Sandbox): void => {
  for (const source of (pod.spec?.volumes ?? []).flatMap(volumeSources)) {
    const { kind, name } = source
    const held = heldName(source)
    const object = getObject(world.kube, { kind, namespace: pod.metadata.namespace, name })
    if (object?.data === undefined || sandbox.configs?.[held] === object.data) continue
    const before = sandbox.configs?.[held]
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(object.data)) {
      sandbox.refreshedMs = world.nowMs
      sandbox.pastConfigs = [
        ...(sandbox.pastConfigs ?? []).slice(1 - MOST_PAST),
        { name: held, data: before, untilMs: world.nowMs },
      ]
    }
    sandbox.configs = { ...sandbox.configs, [held]: object.data }
  }
}

const isStale = (world: World, pod: KubeObject, { configs }: Sandbox): boolean =>
  (pod.spec?.volumes ?? []).flatMap(volumeSources).some((source: KubeValue) => {
    const { kind, name } = source
    const data = getObject(world.kube, { kind, namespace: pod.metadata.namespace, name })?.data
    return data !== undefined && configs?.[heldName(source)] !== data
  })

const SYNC_MS = 60_000

/** Brings a pod's volumes up to date when its kubelet next comes to it: every 60 to 90 seconds, and as it starts. */
export const refreshInTurn = ({ world, unit }: Kubelet, pod: KubeObject, sandbox: Sandbox): void => {
  if (!isStale(world, pod, sandbox)) return
  const startedMs = unit.startedMs ?? 0
  const turnMs = Math.round(SYNC_MS * (1 + Number.parseInt(hashOf(`turn ${uidOf(pod)}`, 3), 16) / 8192))
  const sinceMs = Math.max(sandbox.createdMs, startedMs)
  sandbox.refreshesMs ??= sinceMs + Math.ceil((world.nowMs - sinceMs) / turnMs) * turnMs
  if (world.nowMs < sandbox.refreshesMs && startedMs <= sandbox.refreshesMs - turnMs) {
    awaitTime(world, sandbox.refreshesMs)
    return
  }
  delete sandbox.refreshesMs
  refreshConfigs(world, pod, sandbox)
}
