import { chanceBetween } from '../chance.ts'
import { writeText } from '../files/file-tree.ts'
import { installedVersion } from '../gravity/versions.ts'
import { keepPlanets } from '../laws/gravity/keep-planets.ts'
import { leadGravity } from '../laws/gravity/lead-gravity.ts'
import type { Machine, OperatingSystem } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createMachine } from './create-machine.ts'
import { createWorld, type WorldSetup } from './create-world.ts'
import { openZones } from './gravity/firewall-zones.ts'
import { gravityObjects, registryImages } from './gravity/gravity-objects.ts'
import { gravityState } from './gravity/gravity-state.ts'
import { writeInstallers } from './gravity/host-files.ts'
import { firewalldUnit } from './gravity/host-units.ts'
import { writePlanetPast } from './gravity/planet-past.ts'
import { provisionPlanet } from './gravity/provision-planet.ts'
import { fillCluster } from './kube/build-cluster.ts'
import { firstObjects } from './kube/first-objects.ts'
import { type KubeSetup, kubernetesServiceIp } from './kube/kube-setup.ts'
import { issueCertificate } from './kube/pki.ts'
import { joinFabric } from './network/join-fabric.ts'
import { internetHosts, siteHosts } from './network/outside-hosts.ts'
import { writePast } from './node/past-journal.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const RESOLVER = '192.168.121.2'
const names = ['nostalgicbell4909', 'quietmeadow1720', 'sharpriver3318', 'boldstone8846']

const centos: OperatingSystem = {
  id: 'centos',
  name: 'CentOS Linux',
  prettyName: 'CentOS Linux 7 (Core)',
  version: '7 (Core)',
  versionId: '7',
  kernel: '3.10.0-957.12.2.el7.x86_64',
  kernelVersion: '#1 SMP Tue May 14 21:24:32 UTC 2019',
}

const nodes = [
  { name: 'node-1', address: '192.168.121.232' },
  { name: 'node-2', address: '192.168.121.198' },
  { name: 'node-3', address: '192.168.121.217' },
]

const setFabric = (world: World): void => {
  Object.assign(world.fabric, {
    gateway: '192.168.121.1',
    subnet: '192.168.121.0/24',
    liveResolvers: [RESOLVER],
  })
  world.fabric.outside = [
    ...siteHosts({ gateway: world.fabric.gateway, resolver: RESOLVER }),
    ...internetHosts(),
  ]
  Object.assign(world.kube, {
    version: 'v1.14.1',
    serviceCidr: '10.100.0.0/16',
    clusterDns: '10.100.0.4',
  })
}

const addHost = (world: World, index: number, bootedMs: number): Machine => {
  const node = nodes[index] as (typeof nodes)[number]
  const host = createMachine(world, {
    ...node,
    role: 'master',
    cores: 4,
    memoryGiB: 8,
    bootedMs,
    index,
    units: [firewalldUnit],
    os: centos,
  })
  host.filesystems = host.filesystems.filter(({ mount }) => mount !== '/var/lib/etcd')
  host.devices = host.devices.filter(({ name }) => !name.startsWith('sdc'))
  writeText(host.files, '/etc/resolv.conf', {
    text: `search example.internal\nnameserver ${RESOLVER}\n`,
    mtimeMs: bootedMs,
  })
  writePast(world, host)
  joinFabric(world, host)
  openZones(world, host)
  world.machines.set(node.name, host)
  return host
}

/** A Gravity cluster: three masters, each with Kubernetes inside Planet. */
export const buildGravity = (setup: WorldSetup): World => {
  const world = createWorld('gravity', setup)
  const createdMs = world.nowMs - 12 * DAY_MS - 3 * HOUR_MS
  const firstBootMs = world.nowMs - chanceBetween(world, { least: 50, most: 76 }) * HOUR_MS
  setFabric(world)
  world.home = 'node-1'
  const hosts = nodes.map((_, index) =>
    addHost(world, index, firstBootMs + index * chanceBetween(world, { least: 400_000, most: 900_000 })),
  )
  const clusterName = names[chanceBetween(world, { least: 0, most: names.length - 1 })] ?? 'telekube'
  world.platforms.gravity = gravityState(world, { hosts, clusterName, createdMs })
  const authority = issueCertificate(world, undefined, {
    commonName: clusterName,
    notBeforeMs: createdMs - 300_000,
  })
  const order = { authority, clusterName, createdMs, version: installedVersion, stands: 'running' } as const
  const planets = hosts.map(host => provisionPlanet(world, host, order))
  world.etcd.leaderId = world.etcd.members[0]?.id
  Object.assign(world.etcd, { leaderSinceMs: createdMs, revision: 1_102_336, compactedRevision: 1_101_820 })
  world.kube.revision = world.etcd.revision
  leadGravity(world, 0)
  const cluster: KubeSetup = {
    world,
    controlPlanes: planets,
    workers: [],
    createdMs,
    clusterName,
    apiUrl: 'https://leader.telekube.local:6443',
    registryHost: 'leader.telekube.local:5000',
  }
  firstObjects(cluster, authority, ['monitoring'])
  fillCluster(cluster, {
    objects: gravityObjects({
      clusterDns: world.kube.clusterDns,
      apiAddress: kubernetesServiceIp(world),
      siteAddress: '10.100.135.21',
      publicAddress: '10.100.212.64',
      leaderAddress: world.platforms.gravity.advertiseAddresses[world.platforms.gravity.leader ?? ''] ?? '',
      upstreams: [RESOLVER],
    }),
    images: registryImages,
  })
  writeInstallers(world, hosts[0] as Machine)
  keepPlanets(world, 0)
  for (const planet of planets) writePlanetPast(world, planet)
  world.handles = {
    'node-1': 'node-1',
    'node-2': 'node-2',
    'node-3': 'node-3',
    'control-plane': 'node-1',
    'worker-1': 'node-2',
    'worker-2': 'node-3',
    workstation: 'node-1',
  }
  return world
}
