import { writeText } from '../../files/file-tree.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'
import { powerDown, startEnabledUnits } from '../power.ts'
import { shareFiles } from './share-files.ts'

/** What Planet has of its machine: the same objects and the same figures. */
const share = (host: Machine, planet: Machine): void => {
  host.nextPid = Math.max(host.nextPid, planet.nextPid)
  Object.assign(planet, {
    nextPid: host.nextPid,
    bootId: host.bootId,
    bootedMs: host.bootedMs,
    clockOffsetMs: host.clockOffsetMs,
    clockPast: host.clockPast,
    isTimeSynchronized: host.isTimeSynchronized,
    timezone: host.timezone,
    memoryBytes: host.memoryBytes,
    swap: host.swap,
    load: host.load,
    filesystems: host.filesystems,
    devices: host.devices,
    sysctls: host.sysctls,
    modules: host.modules,
    interfaces: host.interfaces,
    routes: host.routes,
    firewall: host.firewall,
    selinux: host.selinux,
  })
}

const setSubnet = (world: World, host: Machine, planet: Machine): void => {
  if (!isUnitRunning(planet, 'flanneld.service')) return
  const address = Object.entries(world.platforms.gravity?.advertiseAddresses ?? {}).find(
    ([name]) => name === host.name,
  )?.[1]
  const range = world.kube.objects.get(`Node//${address}`)?.spec?.podCIDR as string | undefined
  const text = `FLANNEL_NETWORK=${world.kube.podCidr}\nFLANNEL_SUBNET=${(range ?? world.kube.podCidr).replace(/\.0\//, '.1/')}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`
  if (planet.files.get('/run/flannel/subnet.env')?.text !== text)
    writeText(planet.files, '/run/flannel/subnet.env', { text, mtimeMs: world.nowMs })
}

/** The units of a machine that hold Planet, of whatever version. */
export const isPlanetRunning = (host: Machine): boolean =>
  host.isPowered &&
  [...host.units.values()].some(unit => unit.service === 'planet' && isUnitRunning(host, unit.name))

/** Planet lives as long as its unit on the host runs: it comes up with its units and goes down with all that is in it. */
export const keepPlanets: Law = world => {
  for (const host of world.machines.values()) {
    const { planet } = host
    if (planet === undefined) continue
    share(host, planet)
    shareFiles(host, planet)
    const isUp = isPlanetRunning(host)
    if (planet.isPowered && !isUp) powerDown(world, planet)
    else if (!planet.isPowered && isUp) {
      planet.isPowered = true
      host.nextPid += 1
      Object.assign(planet, { nextPid: host.nextPid, initPid: host.nextPid })
      startEnabledUnits(world, planet)
    }
    if (planet.isPowered) setSubnet(world, host, planet)
  }
}
