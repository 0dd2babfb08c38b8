import { createFileTree, makeFolder, makeLink, readText, writeText } from '../files/file-tree.ts'
import { MountedTree } from '../files/mounted-tree.ts'
import { releaseOf } from '../kube/image-tools.ts'
import { knownImage } from '../kube/known-images.ts'
import { nginxFiles } from '../kube/nginx-image.ts'
import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { FileTree } from '../world/file-node.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { accountOfImage } from './container-helpers.ts'
import { HOSTNAME_KEY, hostnameOf } from './hostname.ts'
import { filesystemsInside } from './inside-filesystems.ts'
import { readKubeletSettings } from './kubelet-settings.ts'
import { makeContainerDevices } from './make-devices.ts'
import { mountsOf, writeVolumes } from './mount-volumes.ts'

const folders =
  '/bin /boot /dev /etc /home /lib /media /mnt /opt /root /run /sbin /srv /usr/bin /usr/lib /usr/local/bin /usr/sbin /usr/share /var/cache /var/lib /var/log /var/tmp'.split(
    ' ',
  )
/** Folders that everybody may write to. */
const shared = ['/tmp', '/var/tmp']

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

const layOutNginx = (tree: FileTree, image: string): void => {
  const { texts, mtimeMs } = nginxFiles(image)
  for (const [path, text] of Object.entries(texts)) writeText(tree, path, { text, mtimeMs })
  makeFolder(tree, '/var/cache/nginx', { mtimeMs })
  makeLink(tree, '/var/log/nginx/access.log', { to: '/dev/stdout', mtimeMs })
  makeLink(tree, '/var/log/nginx/error.log', { to: '/dev/stderr', mtimeMs })
}

const createFiles = (world: World, machine: Machine, container: Container): FileTree => {
  const tree = createFileTree()
  const pod = getObject(world.kube, { kind: 'Pod', namespace: container.namespace, name: container.podName })
  const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
  const name = sandbox?.isHostNetwork === true ? hostnameOf(machine) : container.podName
  const mtimeMs = container.createdMs
  for (const folder of folders) makeFolder(tree, folder, { mtimeMs })
  for (const folder of shared) makeFolder(tree, folder, { mtimeMs, mode: 0o1777 })
  makeFolder(tree, '/root', { mtimeMs, mode: 0o700 })
  makeLink(tree, '/var/run', { to: '/run', mtimeMs })
  makeContainerDevices(tree, mtimeMs)
  const texts: Readonly<Record<string, string>> = {
    '/etc/hostname': `${name}\n`,
    '/etc/hosts': `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${sandbox?.address ?? ''}\t${name}\n`,
    '/etc/resolv.conf': resolvConf(world, { machine, pod }),
    '/etc/passwd': `root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n${accountOfImage(knownImage(container.image)?.service ?? '')}`,
    '/etc/os-release': releaseOf(container.image),
  }
  for (const [path, text] of Object.entries(texts)) writeText(tree, path, { text, mtimeMs })
  if (knownImage(container.image)?.service === 'nginx') layOutNginx(tree, container.image)
  return tree
}

// What is mounted into a container stays so as long as it is there.
const mounted = new WeakMap<FileTree, MountedTree>()

/** The files of a container, with what the kubelet has last written into its volumes, and what it shares with its node and its pod. */
const filesInside = (world: World, machine: Machine, container: Container): FileTree => {
  const own = container.files ?? createFiles(world, machine, container)
  container.files = own
  const { namespace, podName: name } = container
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
  if (pod === undefined) return mounted.get(own) ?? own
  const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
  const at = { world, machine, pod, sandbox }
  const files = mounted.get(own) ?? new MountedTree(own, mountsOf(own, at, container))
  mounted.set(own, files)
  const writtenMs = sandbox?.refreshedMs ?? 0
  if (container.mountedMs === writtenMs) return files
  const isAnew = container.mountedMs === undefined
  container.mountedMs = writtenMs
  writeVolumes(files, { ...at, isAnew }, container)
  return files
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

/** The container whose processes are seen from within one: itself, or the one beside it that it was told to look at. */
const targetOf = ({ runtime }: Machine, container: Container): Container =>
  runtime?.containers.find(
    ({ sandboxId, name, state }) =>
      sandboxId === container.sandboxId && name === container.targetName && state === 'running',
  ) ?? container

/** A container's inside as a machine: its files, its view of the network; clock, memory and kernel are those of its host. */
export const insideOf = (world: World, machine: Machine, container: Container): Machine => {
  const files = filesInside(world, machine, container)
  const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
  const isHostNetwork = sandbox?.isHostNetwork !== false
  const pod = getObject(world.kube, { kind: 'Pod', namespace: container.namespace, name: container.podName })
  let filesystems: Machine['filesystems'] | undefined
  return {
    ...machine,
    inside: {
      container: targetOf(machine, container),
      carrier: machine,
      seesAllProcesses: pod?.spec?.hostPID === true,
    },
    get filesystems() {
      filesystems ??= filesystemsInside(world, machine, container)
      return filesystems
    },
    processes: [],
    name: isHostNetwork ? machine.name : container.podName,
    sysctls: isHostNetwork ? machine.sysctls : ofPod(machine),
    files,
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
