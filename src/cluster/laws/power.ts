import { chanceHex } from '../chance.ts'
import { nodeAt, readText } from '../files/file-tree.ts'
import { kernelBootLines } from '../journal/boot-lines.ts'
import { CONTAINER_BOOT } from '../journal/boots.ts'
import { writeJournal, writeKernel } from '../journal/write-journal.ts'
import { setClockOffset } from '../relations/clock.ts'
import { type FstabEntry, readFstab } from '../relations/fstab.ts'
import { setHostname } from '../relations/hostname.ts'
import { dropLogins } from '../relations/logins.ts'
import { makeDevices } from '../relations/make-devices.ts'
import { makeTemporary } from '../relations/make-temporary.ts'
import { belongsTo, defaultTargetOf } from '../systemd/default-target.ts'
import { enablementOf } from '../systemd/enablement.ts'
import { findUnit, reloadUnits } from '../systemd/load-unit.ts'
import { startUnit } from '../systemd/start-unit.ts'
import { stopUnit } from '../systemd/stop-unit.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'
import { mountShares, restoreKernel } from './restore-kernel.ts'

const BOOT_MS = 42_000
/** How long before its units the kernel has started. */
const KERNEL_MS = 10_000

/** Shuts a machine down in order: its units stop, its containers end, it stays off. */
export const powerDown = (world: World, machine: Machine): void => {
  const atMs = world.nowMs
  writeJournal(machine, {
    atMs,
    identifier: 'systemd-logind',
    unit: 'systemd-logind.service',
    pid: machine.units.get('systemd-logind.service')?.mainPid,
    message: 'System is powering down.',
  })
  dropLogins(world, machine)
  for (const unit of [...machine.units.values()].filter(
    ({ name }) => name.endsWith('.service') && name !== 'systemd-journald.service',
  ))
    stopUnit(world, { machine, unit, atMs })
  writeJournal(machine, { atMs, identifier: 'systemd', pid: 1, message: 'Reached target System Power Off.' })
  for (const unit of machine.units.values())
    Object.assign(unit, {
      active: 'inactive',
      sub: 'dead',
      mainPid: 0,
      order: undefined,
      nextStartMs: undefined,
    })
  for (const container of machine.runtime?.containers ?? [])
    if (container.state === 'running')
      Object.assign(container, { state: 'exited', finishedMs: atMs, exitCode: 255, reason: 'Unknown' })
  for (const sandbox of machine.runtime?.sandboxes ?? []) sandbox.state = 'not-ready'
  delete machine.runtime?.podGroups
  machine.processes = []
  machine.isPowered = false
  machine.startsMs = undefined
}

/** Shuts a machine down to come up again after its boot time. */
export const reboot = (world: World, machine: Machine): void => {
  powerDown(world, machine)
  machine.startsMs = world.nowMs + BOOT_MS
}

/** What a boot has read. */
const BOOT_CACHE_BYTES = 640 * 1024 ** 2

/** Brings a machine up: kernel, then the units that are enabled. What was set by hand is gone, and what was made below /dev and /tmp. */
const boot = (world: World, machine: Machine): void => {
  const atMs = world.nowMs
  const bootedMs = atMs - KERNEL_MS
  machine.isPowered = true
  // The clock of the hardware has kept true time.
  setClockOffset(bootedMs, machine, 0)
  machine.formerBoots = [...(machine.formerBoots ?? []), { id: machine.bootId, bootedMs: machine.bootedMs }]
  Object.assign(machine, {
    bootedMs,
    bootId: chanceHex(world, 32),
    nextPid: 520,
    startsMs: undefined,
    load: [0.9, 0.3, 0.1],
    pageCacheBytes: BOOT_CACHE_BYTES,
    processorTime: { userMs: 0, systemMs: 0, waitMs: 0 },
    stalls: undefined,
    kernelRing: [],
    dmesgClearedMs: undefined,
  })
  makeDevices(machine)
  makeTemporary(machine)
  setHostname(machine, readText(machine.files, '/etc/hostname')?.trim() || 'localhost')
  restoreKernel(world, machine)
  reloadUnits(machine)
  resetUnits(machine)
  // What the kernel says before journald runs it takes over from the ring buffer.
  const journald = machine.units.get('systemd-journald.service')
  if (journald !== undefined) startUnit(world, { machine, unit: journald, atMs })
  tellBoot(machine)
  startWanted(world, machine)
  mountShares(world, machine)
  writeJournal(machine, {
    atMs,
    identifier: 'systemd',
    pid: 1,
    message: 'Startup finished in 3.914s (kernel) + 18.407s (userspace) = 22.321s.',
  })
}

/** What is said before any unit: by the kernel, or in a container, which has none, by its systemd. */
const tellBoot = (machine: Machine): void => {
  const { bootedMs } = machine
  for (const [seconds, message] of kernelBootLines(machine))
    writeKernel(machine, { atMs: bootedMs + seconds * 1000, message })
  if (machine.virtualization === 'lxc')
    writeJournal(machine, { atMs: bootedMs, identifier: 'systemd', pid: 1, message: CONTAINER_BOOT })
}

const resetUnits = (machine: Machine): void => {
  for (const unit of machine.units.values())
    Object.assign(unit, {
      active: 'inactive',
      sub: 'dead',
      restarts: 0,
      recentStartsMs: [],
      mainPid: 0,
      result: 'success',
      sinceMs: 0,
      lastExit: undefined,
      lastPid: 0,
      cpuMs: 0,
      wasUp: undefined,
    })
}

const waitedFor = /^\/dev\/(sd|vd|xvd|nvme|mapper\/|loop|md)/

/** What fstab wants mounted at a boot and whose disk is not there: without it there are no local file systems. */
const missingMounts = (machine: Machine): readonly FstabEntry[] =>
  machine.virtualization === 'lxc'
    ? []
    : readFstab(machine).filter(
        ({ device, type, options }) =>
          type !== 'swap' &&
          waitedFor.test(device) &&
          !options.includes('nofail') &&
          !options.includes('noauto') &&
          !machine.devices.some(({ name }) => `/dev/${name}` === device) &&
          nodeAt(machine.files, device) === undefined,
      )

const tellMissing = (machine: Machine, { device, mount }: FstabEntry, atMs: number): void => {
  const unit = `${escapedPath(device)}.device`
  const job = `${escapedPath(mount)}.mount`
  for (const message of [
    `${unit}: Job ${unit}/start timed out.`,
    `Timed out waiting for device ${device}.`,
    `Dependency failed for ${mount}.`,
    'Dependency failed for Local File Systems.',
    `local-fs.target: Job local-fs.target/start failed with result 'dependency'.`,
    'local-fs.target: Triggering OnFailure= dependencies.',
    `${job}: Job ${job}/start failed with result 'dependency'.`,
    'Reached target Emergency Mode.',
  ])
    writeJournal(machine, { atMs, identifier: 'systemd', pid: 1, message, priority: priorityOf(message) })
}

const priorityOf = (message: string): number =>
  message.startsWith('Timed out') ? 3 : message.startsWith('Dependency') ? 4 : 6

/** A path as a unit's name has it. */
const escapedPath = (path: string): string => path.slice(1).replaceAll('-', '\\x2d').replaceAll('/', '-')

const startWanted = (world: World, machine: Machine): void => {
  const missing = missingMounts(machine)
  const target = missing.length > 0 ? 'emergency.target' : defaultTargetOf(machine)
  for (const entry of missing) tellMissing(machine, entry, world.nowMs)
  const wanted = [...machine.units.values()].filter(unit => {
    const state = enablementOf(machine, unit)
    const isBase = state === 'static' && unit.isOwn !== true && !unit.name.endsWith('.service')
    if (!belongsTo(target, unit)) return false
    return unit.load === 'loaded' && (state === 'enabled' || isBase || /^(systemd-|dbus)/.test(unit.name))
  })
  const resting = findUnit(machine, target)
  if (missing.length > 0 && resting !== undefined && !wanted.includes(resting)) wanted.push(resting)
  for (const unit of wanted.filter(({ name }) => missing.length === 0 || name !== 'local-fs.target'))
    startUnit(world, { machine, unit, atMs: world.nowMs })
}

/** Starts what is enabled in a container with units of its own, from nothing. */
export const startEnabledUnits = (world: World, machine: Machine): void => {
  reloadUnits(machine)
  resetUnits(machine)
  startWanted(world, machine)
}

/** Machines that are to start again do so when their time has come. */
export const powerLaw: Law = world => {
  for (const machine of world.machines.values())
    if (!machine.isPowered && machine.startsMs !== undefined && machine.startsMs <= world.nowMs)
      boot(world, machine)
}
