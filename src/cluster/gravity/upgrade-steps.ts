import { dropNode } from '../files/file-tree.ts'
import { listObjects, touchObject } from '../kube/store.ts'
import { deletePod } from '../laws/controllers/make-pod.ts'
import { keepPlanets } from '../laws/gravity/keep-planets.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { gravityNodes } from '../relations/gravity-probes.ts'
import { startUnit } from '../systemd/start-unit.ts'
import { stopUnit } from '../systemd/stop-unit.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { teleportUnit } from '../worlds/gravity/host-units.ts'
import { installPlanetUnit } from '../worlds/gravity/provision-planet.ts'
import { installUnit } from '../worlds/node/install-units.ts'
import { machineOf, makeFolderProblem, type Step } from './step.ts'
import { planetUnitName, releaseOf, teleportUnitName } from './versions.ts'

const nodeObject = ({ world }: Step, machine: Machine): KubeObject | undefined =>
  world.kube.objects.get(`Node//${mainAddressOf(machine)}`)

const setCordon = (step: Step, isCordoned: true | undefined): void => {
  const node = nodeObject(step, machineOf(step))
  if (node === undefined) return
  node.spec = { ...node.spec, unschedulable: isCordoned }
  if (isCordoned === undefined) delete node.spec.unschedulable
  touchObject(step.world, node)
}

const drain = (step: Step): string | undefined => {
  setCordon(step, true)
  const name = mainAddressOf(machineOf(step))
  for (const pod of listObjects(step.world.kube, 'Pod')) {
    const isDaemon = pod.metadata.ownerReferences?.some(owner => owner.kind === 'DaemonSet') ?? false
    if (pod.spec?.nodeName === name && !isDaemon) deletePod(step.world, pod)
  }
  return undefined
}

const dropUnits = (world: World, host: Machine, service: string): void => {
  for (const unit of [...host.units.values()].filter(one => one.service === service)) {
    stopUnit(world, { machine: host, unit, atMs: world.nowMs })
    host.units.delete(unit.name)
    dropNode(host.files, unit.fragmentPath)
    dropNode(host.files, `/etc/systemd/system/multi-user.target.wants/${unit.name}`)
  }
}

const startNamed = (world: World, host: Machine, name: string): void => {
  const unit = host.units.get(name)
  if (unit !== undefined) startUnit(world, { machine: host, unit, atMs: world.nowMs })
}

const switchTeleport = (world: World, host: Machine, version: string): void => {
  const release = releaseOf(version)
  const name = teleportUnitName(release.teleport)
  if (host.units.has(name)) return
  dropUnits(world, host, 'teleport')
  installUnit(host, { ...teleportUnit(release), stands: 'dead' })
  startNamed(world, host, name)
}

/** Swaps the versions of Planet and Teleport that a host runs: the old units stop and are taken away, the new ones start. */
const switchPlanet = (step: Step, version: string): string | undefined => {
  const { world } = step
  const host = machineOf(step)
  const { planet } = releaseOf(version)
  const folder = makeFolderProblem(
    world,
    host,
    `/var/lib/gravity/local/packages/unpacked/gravitational.io/planet/${planet}`,
  )
  if (folder !== undefined) return folder
  dropUnits(world, host, 'planet')
  keepPlanets(world, 0)
  installPlanetUnit(host, version, 'dead')
  startNamed(world, host, planetUnitName(planet))
  keepPlanets(world, 0)
  switchTeleport(world, host, version)
  if (world.platforms.gravity !== undefined)
    world.platforms.gravity.planetUnits[host.name] = planetUnitName(planet)
  return undefined
}

const checks = ({ world, at }: Step): string | undefined => {
  const failed = gravityNodes(world, at).flatMap(({ name, status, failed: probes }) =>
    status === 'offline'
      ? [`[×] node ${name} is offline`]
      : probes.map(({ detail, error }) => `[×] ${name}: ${detail} (${error})`),
  )
  return failed.length === 0 ? undefined : `The following checks failed:\n\t${failed.join('\n\t')}`
}

const etcdStep = (step: Step, version: string): undefined => {
  const host = machineOf(step)
  for (const member of step.world.etcd.members)
    if (member.machine === host.name) member.version = releaseOf(version).etcd
}

const setVersion = ({ world, operation }: Step, version: string): undefined => {
  const { gravity } = world.platforms
  if (gravity === undefined) return
  gravity.version = version
  gravity.appVersion = version
  operation.progress = { message: 'upgrading the application', percent: 90 }
}

/** Does what a phase of an upgrade does; gives the reason when it cannot. */
export const upgradeStep = (step: Step): string | undefined => {
  const { world, operation, phase } = step
  const target = operation.targetVersion ?? ''
  const { id } = phase
  if (id === '/init') return makeFolderProblem(world, step.at, '/var/lib/gravity/site/update')
  if (id === '/checks') return checks(step)
  if (id.startsWith('/bootstrap/'))
    return makeFolderProblem(world, machineOf(step), '/var/lib/gravity/site/update/agent')
  if (id.endsWith('/drain')) return drain(step)
  if (id.endsWith('/system-upgrade')) return switchPlanet(step, target)
  if (id.endsWith('/uncordon')) {
    setCordon(step, undefined)
    return undefined
  }
  if (/\/elect-/.test(id) && world.platforms.gravity !== undefined) {
    world.platforms.gravity.leader = id.slice(id.indexOf('elect-') + 6)
    world.kube.version = releaseOf(target).kubernetes
  }
  if (id.startsWith('/etcd/upgrade/')) return etcdStep(step, target)
  if (id.startsWith('/app/')) return setVersion(step, target)
  return undefined
}

/** Undoes what a phase of an upgrade did; gives the reason when it cannot. */
export const undoUpgradeStep = (step: Step): string | undefined => {
  const { world, phase } = step
  const install = world.platforms.gravity?.operations.find(({ kind }) => kind === 'install')
  const before = install?.targetVersion ?? world.platforms.gravity?.version ?? ''
  if (phase.id.endsWith('/system-upgrade')) return switchPlanet(step, before)
  if (phase.id.includes('/elect-')) world.kube.version = releaseOf(before).kubernetes
  if (phase.id.endsWith('/drain')) setCordon(step, undefined)
  if (phase.id.startsWith('/etcd/upgrade/')) return etcdStep(step, before)
  if (phase.id.startsWith('/app/')) return setVersion(step, before)
  return undefined
}
