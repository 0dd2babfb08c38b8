import { createFileTree, makeFolder, nodeAt, readText, setNode, writeText } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import { releaseOf } from '../kube/image-tools.ts'
import { getObject } from '../kube/store.ts'
import { msOf } from '../kube/times.ts'
import type { Container } from '../world/container.ts'
import type { FileTree } from '../world/file-node.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { encodeToken, signingKeyAt } from './account-token.ts'
import { accountOfImage } from './container-helpers.ts'
import { HOSTNAME_KEY, hostnameOf } from './hostname.ts'
import { filesystemsInside } from './inside-filesystems.ts'
import { readKubeletSettings } from './kubelet-settings.ts'

const folders = ['/bin', '/etc', '/dev', '/home', '/root', '/run', '/tmp', '/usr/bin', '/var/log', '/var/run']

const resolvConf = (
  world: World,
  { machine, pod }: { machine: Machine; pod: KubeObject | undefined },
): string => {
  const policy = pod?.spec?.dnsPolicy ?? 'ClusterFirst'
  const ofHost =
    readText(machine.files, readKubeletSettings(machine)?.resolvConf ?? '/run/systemd/resolve/resolv.conf') ??
    readText(machine.files, '/etc/resolv.conf') ??
    ''
  if (policy === 'Default' || (policy === 'ClusterFirst' && pod?.spec?.hostNetwork === true)) return ofHost
  const namespace = pod?.metadata.namespace ?? 'default'
  const server = readKubeletSettings(machine)?.clusterDNS?.[0] ?? world.kube.clusterDns
  const own = /^search\s+(.+)$/m.exec(ofHost)?.[1] ?? ''
  return (
    `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local ${own}`.trimEnd() +
    `\nnameserver ${server}\noptions ndots:5\n`
  )
}

/** The kubelet asks for a new token when four fifths of an hour are over. */
const RENEWED_MS = 48 * 60_000
/** The API server gives a pod's token a year more than the hour that it asks for. */
const TOKEN_MS = 365 * 86_400_000 + 3_607_000

const accountTokenOf = (world: World, { metadata, spec, status }: KubeObject): string => {
  const startedMs = msOf(status?.startTime ?? metadata.creationTimestamp)
  const issuedMs = startedMs + Math.floor((world.nowMs - startedMs) / RENEWED_MS) * RENEWED_MS
  return encodeToken({
    namespace: metadata.namespace ?? '',
    name: spec?.serviceAccountName ?? 'default',
    issuedMs,
    expiresMs: issuedMs + TOKEN_MS,
    keyId: signingKeyAt(world, issuedMs),
  })
}

/** What a volume of a pod holds, by the names of its files. */
export const volumeTexts = (
  world: World,
  pod: KubeObject,
  volume: KubeValue,
): Readonly<Record<string, string>> => {
  const namespace = pod.metadata.namespace
  if (volume.configMap)
    return getObject(world.kube, { kind: 'ConfigMap', namespace, name: volume.configMap.name })?.data ?? {}
  if (!volume.secret && !volume.projected) return {}
  const secret = getObject(world.kube, {
    kind: 'Secret',
    namespace,
    name: volume.secret?.secretName ?? '',
  })?.data
  if (secret !== undefined)
    return Object.fromEntries(Object.entries(secret).map(([k, v]) => [k, /^[\w+/=]*$/.test(v) ? atob(v) : v]))
  const authority = getObject(world.kube, { kind: 'ConfigMap', namespace, name: 'kube-root-ca.crt' })?.data
  return {
    ...authority,
    namespace: namespace ?? '',
    token: accountTokenOf(world, pod),
  }
}

const mountHostPath = (
  tree: FileTree,
  machine: Machine,
  { from, to }: { from: string; to: string },
): void => {
  if (nodeAt(machine.files, from) === undefined) return
  makeFolder(tree, to)
  if (from === '/') return
  for (const [path, node] of machine.files)
    if (isBelow(path, from)) setNode(tree, path === from ? to : `${to}${path.slice(from.length)}`, node)
}

const mountVolumes = (
  world: World,
  tree: FileTree,
  { machine, pod, spec }: { machine: Machine; pod: KubeObject; spec: KubeValue },
): void => {
  for (const { name, mountPath } of spec?.volumeMounts ?? []) {
    const volume = pod.spec?.volumes?.find((v: KubeValue) => v.name === name)
    makeFolder(tree, mountPath, { mtimeMs: world.nowMs })
    if (volume?.hostPath) mountHostPath(tree, machine, { from: volume.hostPath.path, to: mountPath })
    else if (volume)
      for (const [key, text] of Object.entries(volumeTexts(world, pod, volume)))
        writeText(tree, `${mountPath}/${key}`, { text, mtimeMs: world.nowMs })
  }
}

const createFiles = (world: World, machine: Machine, container: Container): FileTree => {
  const tree = createFileTree()
  const pod = getObject(world.kube, { kind: 'Pod', namespace: container.namespace, name: container.podName })
  const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
  const name = sandbox?.isHostNetwork === true ? hostnameOf(machine) : container.podName
  for (const folder of folders) makeFolder(tree, folder, { mtimeMs: container.createdMs })
  const texts: Readonly<Record<string, string>> = {
    '/etc/hostname': `${name}\n`,
    '/etc/hosts': `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${sandbox?.address ?? ''}\t${name}\n`,
    '/etc/resolv.conf': resolvConf(world, { machine, pod }),
    '/etc/passwd': `root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n${accountOfImage(container.service)}`,
    '/etc/os-release': releaseOf(container.image),
  }
  for (const [path, text] of Object.entries(texts))
    writeText(tree, path, { text, mtimeMs: container.createdMs })
  const spec = pod?.spec?.containers?.find((c: KubeValue) => c.name === container.name)
  if (pod !== undefined) mountVolumes(world, tree, { machine, pod, spec })
  return tree
}

const copyOf = (device: NetworkInterface): NetworkInterface => ({
  ...device,
  addresses: [...device.addresses],
  received: { ...device.received },
  sent: { ...device.sent },
})

const podInterfaces = (machine: Machine, address: string): NetworkInterface[] => {
  const loopback = machine.interfaces.find(i => i.kind === 'loopback')
  const counters = { bytes: 18_442_117, packets: 70_311, errors: 0, dropped: 0 }
  const eth0: NetworkInterface = {
    index: 3,
    name: 'eth0',
    kind: 'veth',
    mac: '5a:1e:c4:77:30:9d',
    mtu: machine.interfaces.find(i => i.kind === 'vxlan')?.mtu ?? 1450,
    isUp: true,
    hasCarrier: true,
    addresses: [`${address}/32`],
    master: undefined,
    vxlan: undefined,
    received: { ...counters },
    sent: { ...counters },
  }
  return [...(loopback === undefined ? [] : [copyOf(loopback)]), eth0]
}

/** The kernel's parameters in a pod with a name of its own. */
const ofPod = ({ sysctls }: Machine): Machine['sysctls'] =>
  sysctls.has(HOSTNAME_KEY) ? new Map([...sysctls].filter(([key]) => key !== HOSTNAME_KEY)) : sysctls

/** A container's inside as a machine: its files, its view of the network; clock, memory and kernel are those of its host. */
export const insideOf = (world: World, machine: Machine, container: Container): Machine => {
  container.files ??= createFiles(world, machine, container)
  const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
  const isHostNetwork = sandbox?.isHostNetwork !== false
  const pod = getObject(world.kube, { kind: 'Pod', namespace: container.namespace, name: container.podName })
  let filesystems: Machine['filesystems'] | undefined
  return {
    ...machine,
    inside: { container, carrier: machine, seesAllProcesses: pod?.spec?.hostPID === true },
    get filesystems() {
      filesystems ??= filesystemsInside(machine, container)
      return filesystems
    },
    processes: [],
    name: isHostNetwork ? machine.name : container.podName,
    sysctls: isHostNetwork ? machine.sysctls : ofPod(machine),
    files: container.files,
    units: new Map(),
    journal: [],
    interfaces: isHostNetwork ? machine.interfaces : podInterfaces(machine, sandbox?.address ?? ''),
    routes: isHostNetwork
      ? machine.routes
      : [
          {
            to: 'default',
            via: '169.254.1.1',
            device: 'eth0',
            protocol: 'boot',
            scope: 'global',
            source: undefined,
            metric: undefined,
            isOnLink: true,
          },
        ],
    environment: { ...container.environment },
    runtime: undefined,
    planet: undefined,
    swap: [],
  }
}
