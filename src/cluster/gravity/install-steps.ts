import { readText } from '../files/file-tree.ts'
import { getObject, putObject } from '../kube/store.ts'
import { decodeCertificates } from '../relations/certificate.ts'
import { startUnit } from '../systemd/start-unit.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { addAccess } from '../worlds/access/add-access.ts'
import { gravityObjects, registryImages } from '../worlds/gravity/gravity-objects.ts'
import { provisionPlanet } from '../worlds/gravity/provision-planet.ts'
import { imagesIn, preloadImages } from '../worlds/kube/build-cluster.ts'
import { firstObjects } from '../worlds/kube/first-objects.ts'
import { kubernetesServiceIp } from '../worlds/kube/kube-setup.ts'
import { issueCertificate } from '../worlds/kube/pki.ts'
import { machineOf, makeFolderProblem, type Step } from './step.ts'

const STATE_FOLDERS = ['state', 'etcd', 'docker', 'registry', 'share', 'log'] as const

const objectsOf = (world: World) =>
  gravityObjects({
    clusterDns: world.kube.clusterDns,
    apiAddress: kubernetesServiceIp(world),
    siteAddress: '10.100.135.21',
    publicAddress: '10.100.212.64',
    leaderAddress:
      world.platforms.gravity?.advertiseAddresses[world.platforms.gravity.leader ?? ''] ?? '127.0.0.1',
    upstreams: world.fabric.liveResolvers,
  })

/** Why the folders of Planet's state cannot be made on a machine; makes them when they can. */
export const bootstrapProblem = (world: World, machine: Machine): string | undefined => {
  for (const folder of STATE_FOLDERS) {
    const problem = makeFolderProblem(world, machine, `/var/lib/gravity/planet/${folder}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Brings a machine into the cluster: its Planet with the cluster's authority and images, started. */
export const startPlanet = (world: World, host: Machine, version: string): void => {
  const { gravity } = world.platforms
  const others = [...world.machines.values()].flatMap(machine => machine.planet ?? [])
  const known = others.flatMap(planet =>
    decodeCertificates(readText(planet.files, '/var/state/root.cert')),
  )[0]
  const clusterName = gravity?.clusterName ?? 'telekube'
  const authority =
    known ??
    issueCertificate(world, undefined, { commonName: clusterName, notBeforeMs: world.nowMs - 60_000 })
  const order = { authority, clusterName, createdMs: world.nowMs, version, stands: 'dead' } as const
  const planet = provisionPlanet(world, host, order)
  const key = others
    .map(other => readText(other.files, '/var/state/root.key'))
    .find(text => text !== undefined)
  const own = planet.files.get('/var/state/root.key')
  if (own !== undefined && key !== undefined) own.text = key
  preloadImages(world, [planet], [...imagesIn(objectsOf(world)), ...registryImages])
  for (const unit of host.units.values())
    if (['planet', 'teleport'].includes(unit.service))
      startUnit(world, { machine: host, unit, atMs: world.nowMs })
}

/** How long after the start of its API server a cluster has the rights and kinds that its applications bring. */
const SETTLED_MS = 100_000

const createObjects = (world: World): void => {
  for (const object of objectsOf(world)) {
    const { name, namespace } = object.metadata
    if (getObject(world.kube, { kind: object.kind, namespace, name: name ?? '' }) === undefined)
      putObject(world, object)
  }
  addAccess(world, world.nowMs - SETTLED_MS)
}

const createRoles = (world: World): void => {
  const authority = [...world.machines.values()].flatMap(({ planet }) =>
    decodeCertificates(readText(planet?.files ?? new Map(), '/var/state/root.cert')),
  )[0]
  if (authority !== undefined)
    firstObjects(
      { world, createdMs: world.nowMs },
      { authority, clients: { client: authority }, namespaces: ['monitoring'] },
    )
}

/** Does what a phase of an installation does; gives the reason when it cannot. */
export const installStep = (step: Step): string | undefined => {
  const { world, operation, phase } = step
  const { id } = phase
  const machine = machineOf(step)
  if (id.startsWith('/bootstrap/')) return bootstrapProblem(world, machine)
  if (/^\/masters\/[^/]+\/planet$/.test(id)) {
    const problem = bootstrapProblem(world, machine)
    if (problem === undefined) startPlanet(world, machine, operation.targetVersion ?? '')
    return problem
  }
  if (id === '/wait' && machine.planet === undefined)
    return 'timeout waiting for Kubernetes to become available'
  if (id === '/rbac') createRoles(world)
  if (id === '/runtime/kubernetes') createObjects(world)
  return undefined
}
