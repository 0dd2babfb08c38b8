import { chanceBetween } from '../chance.ts'
import { writeText } from '../files/file-tree.ts'
import { mergeJournal } from '../journal/write-journal.ts'
import { checkProxies } from '../laws/haproxy/check-proxies.ts'
import { pastCompactions } from '../laws/k3s/compact-database.ts'
import { holdLeases } from '../laws/k3s/hold-leases.ts'
import { keepNodePasswords } from '../laws/k3s/keep-node-passwords.ts'
import { writeLogFiles } from '../laws/network/write-log-files.ts'
import { keepBootstrap } from '../relations/k3s/bootstrap.ts'
import { environmentOf } from '../systemd/command-line.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createMachine } from './create-machine.ts'
import { createWorld, type WorldSetup } from './create-world.ts'
import { adminConfig, writeJoinFile, writeNodeFiles, writeServerFiles } from './k3s/k3s-files.ts'
import { createK3sAuthorities, type K3sSetup } from './k3s/k3s-setup.ts'
import { haproxyUnit, k3sAgentUnit, k3sServerUnit, watcherUnits } from './k3s/k3s-units.ts'
import { writeProxyFiles } from './k3s/proxy-files.ts'
import { cattleAgent, rancherNamespaces, rancherObjects } from './k3s/rancher-objects.ts'
import { helmReleases } from './k3s/releases.ts'
import { k3sSystemObjects } from './k3s/system-objects.ts'
import { tlsSecrets } from './k3s/tls-secrets.ts'
import { writeWatcherFiles } from './k3s/watcher-files.ts'
import { fillCluster } from './kube/build-cluster.ts'
import { firstObjects } from './kube/first-objects.ts'
import { joinFabric } from './network/join-fabric.ts'
import { internetHosts, siteHosts } from './network/outside-hosts.ts'
import { writePast } from './node/past-journal.ts'
import type { UnitSetup } from './node/unit-setup.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const LOG_MS = 2 * HOUR_MS
const RANCHER_HOST = 'rancher.prod.example.internal'

const plan = [
  { name: 'workstation', role: 'workstation', address: '10.0.4.5', cores: 4, memoryGiB: 8, units: [] },
  {
    name: 'k3s-control-1',
    role: 'control-plane',
    address: '10.0.4.31',
    cores: 4,
    memoryGiB: 8,
    units: [k3sServerUnit, ...watcherUnits],
  },
  {
    name: 'k3s-worker-1',
    role: 'worker',
    address: '10.0.4.41',
    cores: 4,
    memoryGiB: 8,
    units: [k3sAgentUnit],
  },
  {
    name: 'k3s-worker-2',
    role: 'worker',
    address: '10.0.4.42',
    cores: 4,
    memoryGiB: 8,
    units: [k3sAgentUnit],
  },
  { name: 'lb-1', role: 'proxy', address: '10.0.4.20', cores: 2, memoryGiB: 2, units: [haproxyUnit] },
] as const satisfies readonly { role: Machine['role']; units: readonly UnitSetup[]; [key: string]: unknown }[]

const addRuntime = (machine: Machine): void => {
  machine.runtime = {
    kind: 'containerd',
    socket: '/run/k3s/containerd/containerd.sock',
    version: '1.7.11-k3s2',
    unit: machine.role === 'control-plane' ? 'k3s.service' : 'k3s-agent.service',
    images: [],
    sandboxes: [],
    containers: [],
    pulls: {},
    timers: {},
  }
}

const createMachines = (world: World, firstBootMs: number): void => {
  for (const [index, entry] of plan.entries()) {
    const bootedMs = firstBootMs + index * chanceBetween(world, { least: 400_000, most: 900_000 })
    const virtualization = entry.role === 'workstation' ? 'kvm' : 'lxc'
    const machine = createMachine(world, { ...entry, bootedMs, index, virtualization })
    writePast(world, machine)
    joinFabric(world, machine)
    world.machines.set(entry.name, machine)
  }
}

/** The environment of a unit is read when it starts: here, once its files are there. */
const readEnvironment = (machine: Machine, name: string): void => {
  const unit = machine.units.get(name)
  if (unit !== undefined) unit.environment = environmentOf(machine, unit)
}

const buildK3sCluster = (setup: K3sSetup): void => {
  const { world, controlPlanes, workers, createdMs, apiUrl, rancherHost } = setup
  const authorities = createK3sAuthorities(setup)
  const nodes = [...controlPlanes, ...workers]
  for (const machine of nodes) {
    addRuntime(machine)
    writeNodeFiles(setup, machine, authorities)
  }
  for (const machine of controlPlanes) {
    const token = writeServerFiles(setup, machine, authorities)
    keepBootstrap(world, machine)
    for (const worker of workers) {
      writeJoinFile(worker, { url: apiUrl, token, mtimeMs: createdMs })
      readEnvironment(worker, 'k3s-agent.service')
    }
  }
  const home = world.machines.get(world.home)
  for (const path of ['/root/.kube/config', '/home/ops/.kube/config'])
    if (home !== undefined)
      writeText(home.files, path, {
        text: adminConfig(setup, authorities, apiUrl),
        mode: 0o600,
        mtimeMs: createdMs,
      })
  world.kube.revision = WRITTEN_BEFORE
  firstObjects(setup, {
    authority: authorities.server,
    clients: {
      client: authorities.client,
      proxy: { authority: authorities.requestHeader, name: 'system:auth-proxy' },
    },
    namespaces: rancherNamespaces,
  })
  const objects = [...k3sSystemObjects(setup), ...rancherObjects(rancherHost)]
  const installed = helmReleases(objects, rancherHost)
  world.platforms.charts = installed.charts
  fillCluster(setup, {
    objects: [...objects, ...installed.secrets, ...tlsSecrets(setup)],
    late: [cattleAgent(rancherHost)],
    images: ['rancher/klipper-lb:v0.4.7', 'rancher/mirrored-pause:3.6'],
    moreLaws: [checkProxies, keepNodePasswords, holdLeases],
  })
}

/** How many writes the database has seen, and how many more there are in the five minutes between two compactions. */
const WRITTEN_BEFORE = 2_786_410
const WRITTEN_PER_ROUND = 283
const RECALLED_MS = 6 * HOUR_MS

const recallCompactions = (world: World, machine: Machine): void => {
  const unit = machine.units.get('k3s.service')
  const past = { sinceMs: world.nowMs - RECALLED_MS, perRound: WRITTEN_PER_ROUND }
  if (unit !== undefined) mergeJournal(machine, pastCompactions(world, { machine, unit }, past))
}

/** Forgets how the proxies came to know their servers: those were checked long ago. */
const calmProxies = (world: World): void => {
  for (const [name, state] of Object.entries(world.platforms.proxies)) {
    const machine = world.machines.get(name)
    if (machine === undefined) continue
    machine.journal = machine.journal.filter(entry => entry.atMs >= machine.bootedMs)
    Object.assign(state, { checkedMs: world.nowMs, news: [] })
    const calm = { streak: 0, failedChecks: 0, timesDown: 0, downMs: 0, changedMs: state.startedMs }
    for (const server of Object.values(state.servers)) Object.assign(server, calm)
  }
}

/** A k3s cluster in LXC containers with Rancher behind HAProxy: a workstation, one server, two agents, the proxy. */
export const buildK3s = (setup: WorldSetup): World => {
  const world = createWorld('k3s', setup)
  Object.assign(world.kube, {
    version: 'v1.28.8+k3s1',
    podCidr: '10.42.0.0/16',
    serviceCidr: '10.43.0.0/16',
    clusterDns: '10.43.0.10',
  })
  createMachines(world, world.nowMs - chanceBetween(world, { least: 50, most: 76 }) * HOUR_MS)
  world.fabric.outside = [
    ...siteHosts({ gateway: world.fabric.gateway, resolver: '10.0.4.2' }),
    ...internetHosts(),
  ]
  world.platforms.rancherHost = RANCHER_HOST
  const machines = [...world.machines.values()]
  const proxy = machines.find(machine => machine.role === 'proxy') as Machine
  world.fabric.records[RANCHER_HOST] = '10.0.4.20'
  const cluster: K3sSetup = {
    world,
    controlPlanes: machines.filter(machine => machine.role === 'control-plane'),
    workers: machines.filter(machine => machine.role === 'worker'),
    createdMs: world.nowMs - 34 * DAY_MS - 5 * HOUR_MS,
    clusterName: 'default',
    apiUrl: 'https://10.0.4.31:6443',
    registryHost: 'docker.io',
    proxy,
    rancherHost: RANCHER_HOST,
  }
  writeProxyFiles(cluster)
  buildK3sCluster(cluster)
  calmProxies(world)
  for (const machine of cluster.controlPlanes) {
    writeWatcherFiles(machine, world.nowMs)
    recallCompactions(world, machine)
  }
  writeLogFiles(world, LOG_MS)
  world.handles = {
    workstation: 'workstation',
    'control-plane': 'k3s-control-1',
    'worker-1': 'k3s-worker-1',
    'worker-2': 'k3s-worker-2',
    proxy: 'lb-1',
  }
  return world
}
