import { chanceBetween } from '../chance.ts'
import { writeLogFiles } from '../laws/network/write-log-files.ts'
import type { Machine } from '../world/machine.ts'
import type { Rafay } from '../world/platforms.ts'
import type { World } from '../world/world.ts'
import { createMachine } from './create-machine.ts'
import { createWorld, type WorldSetup } from './create-world.ts'
import { applicationObjects } from './kube/application-objects.ts'
import { buildCluster, createRuntime, giveKubeconfig } from './kube/build-cluster.ts'
import type { KubeSetup } from './kube/kube-setup.ts'
import { rafayObjects } from './kube/rafay-objects.ts'
import { joinFabric } from './network/join-fabric.ts'
import { cloudServer, internetHosts, siteHosts, siteServer } from './network/outside-hosts.ts'
import { dockerUnits, kubernetesUnits, rafayUnits } from './node/kubernetes-units.ts'
import { writePast } from './node/past-journal.ts'
import { writeAgentFiles } from './rafay/write-agent-files.ts'

const HOUR_MS = 3_600_000

const DAY_MS = 86_400_000

const clusterSetup = (world: World): KubeSetup => ({
  world,
  controlPlanes: [...world.machines.values()].filter(m => m.role === 'control-plane'),
  workers: [...world.machines.values()].filter(m => m.role === 'worker'),
  createdMs: world.nowMs - 41 * DAY_MS - 3 * HOUR_MS,
  clusterName: 'prod-mks',
  apiUrl: 'https://10.0.4.11:6443',
  registryHost: 'registry.example.internal',
})

const equipNode = (machine: Machine, rafay: Rafay): void => {
  writeAgentFiles(machine, rafay)
  machine.dockerEngine = createRuntime('docker', '24.0.7')
}

/** An MKS cluster: a workstation, one control plane, two workers, managed through Rafay. */
export const buildMks = (setup: WorldSetup): World => {
  const world = createWorld('mks', setup)
  const firstBootMs = world.nowMs - chanceBetween(world, { least: 50, most: 76 }) * HOUR_MS
  const machines = [
    { name: 'workstation', role: 'workstation', address: '10.0.4.5', cores: 4, memoryGiB: 8 },
    { name: 'cp-1', role: 'control-plane', address: '10.0.4.11', cores: 4, memoryGiB: 8 },
    { name: 'worker-1', role: 'worker', address: '10.0.4.21', cores: 8, memoryGiB: 16 },
    { name: 'worker-2', role: 'worker', address: '10.0.4.22', cores: 8, memoryGiB: 16 },
  ] as const
  for (const [index, machine] of machines.entries()) {
    const units = machine.role === 'workstation' ? [] : [...kubernetesUnits, ...dockerUnits, ...rafayUnits]
    const bootedMs = firstBootMs + index * chanceBetween(world, { least: 400_000, most: 900_000 })
    const created = createMachine(world, { ...machine, bootedMs, index, units })
    writePast(world, created)
    joinFabric(world, created)
    world.machines.set(machine.name, created)
  }
  world.fabric.outside = [
    ...siteHosts({ gateway: world.fabric.gateway, resolver: '10.0.4.2' }),
    siteServer('nfs.example.internal', { address: '10.0.4.30', port: 2049, speaks: 'nfs' }),
    siteServer('db.example.internal', { address: '10.0.4.40', port: 5432, speaks: 'postgresql' }),
    cloudServer('ops.rafay.example ops-backend.rafay.example', {
      address: '203.0.113.20',
      ports: [443],
    }),
    cloudServer('salt.rafay.example', { address: '203.0.113.21', ports: [443, 4505, 4506] }),
    ...internetHosts(),
  ]
  world.platforms.rafay = {
    controllerHost: 'ops.rafay.example',
    saltMasterHost: 'salt.rafay.example',
    acceptedMinions: [...world.machines.keys()].filter(name => name !== world.home),
    tasksets: [
      {
        id: '1',
        status: 'PROVISION_TASKSET_STATUS_COMPLETE',
        tasks: [
          { type: 'ClusterCreation', name: 'mks-demo', status: 'PROVISION_TASK_STATUS_SUCCESS' },
          { type: 'NodegroupCreation', name: 'workers', status: 'PROVISION_TASK_STATUS_SUCCESS' },
          { type: 'BlueprintSync', name: 'minimal', status: 'PROVISION_TASK_STATUS_SUCCESS' },
        ],
      },
    ],
  }
  world.fabric.outside.push(
    siteServer('registry.example.internal', { address: '10.0.4.50', port: 443, speaks: 'https' }),
  )
  const cluster = clusterSetup(world)
  buildCluster(cluster, {
    namespaces: ['shop', 'rafay-system', 'local-path-storage'],
    objects: [...applicationObjects(cluster.registryHost), ...rafayObjects()],
  })
  const home = world.machines.get(world.home)
  if (home !== undefined) giveKubeconfig(cluster, home)
  for (const machine of world.machines.values())
    if (machine.role !== 'workstation') equipNode(machine, world.platforms.rafay)
  writeLogFiles(world, world.nowMs - firstBootMs)
  world.handles = {
    workstation: 'workstation',
    'control-plane': 'cp-1',
    'worker-1': 'worker-1',
    'worker-2': 'worker-2',
  }
  return world
}
