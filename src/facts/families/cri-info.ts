import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, flagAt, isObject, listAt, textAt } from './json-value.ts'

const conditionOf = (condition: unknown): FactValue =>
  record({
    kind: textAt(condition, 'type'),
    status: flagAt(condition, 'status'),
    reason: textAt(condition, 'reason'),
    message: textAt(condition, 'message'),
  })

const isMet = (info: unknown, kind: string): boolean | undefined =>
  flagAt(
    listAt(info, 'status', 'conditions').find(condition => textAt(condition, 'type') === kind),
    'status',
  )

const networksOf = (info: unknown): readonly string[] | undefined => {
  const networks = listAt(info, 'cniconfig', 'Networks').flatMap(
    network => textAt(network, 'Config', 'Name') ?? [],
  )
  return networks.length === 0 ? undefined : networks
}

const runtimesOf = (containerd: unknown): readonly string[] | undefined => {
  const runtimes = at(containerd, 'runtimes')
  return isObject(runtimes) ? Object.keys(runtimes) : undefined
}

// A default runtime without options of its own leaves systemd's cgroups off.
const systemdCgroup = (containerd: unknown): boolean | undefined => {
  const name = textAt(containerd, 'defaultRuntimeName')
  return name === undefined ? undefined : flagAt(containerd, 'runtimes', name, 'options', 'SystemdCgroup')
}

/** What `crictl info` says of the runtime: readiness, why it is not ready, CNI folders and networks, runtimes. */
export const readCriInfo = (info: unknown): FactValue => {
  const containerd = at(info, 'config', 'containerd')
  return record({
    ready: isMet(info, 'RuntimeReady'),
    networkReady: isMet(info, 'NetworkReady'),
    conditions: listAt(info, 'status', 'conditions').map(conditionOf),
    lastCniError: textAt(info, 'lastCNILoadStatus')?.replace(/^OK$/, '') || undefined,
    cniConfigDirectory: textAt(info, 'config', 'cni', 'confDir'),
    cniPluginDirectory: textAt(info, 'config', 'cni', 'binDir'),
    cniNetworks: networksOf(info),
    sandboxImage: textAt(info, 'config', 'sandboxImage'),
    endpoint: textAt(info, 'config', 'containerdEndpoint'),
    rootDirectory: textAt(info, 'config', 'containerdRootDir'),
    snapshotter: textAt(containerd, 'snapshotter'),
    defaultRuntime: textAt(containerd, 'defaultRuntimeName'),
    runtimes: runtimesOf(containerd),
    systemdCgroup: systemdCgroup(containerd),
  })
}
