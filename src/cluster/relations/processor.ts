import type { Machine } from '../world/machine.ts'
import { busyDisksOf, isSaturated, waitsForDisk } from './disk-load.ts'
import { processSums } from './process-sums.ts'

/** How busy a machine's processors are, in percent of all cores together. */
export type ProcessorUse = {
  readonly user: number
  readonly system: number
  readonly idle: number
  readonly wait: number
  /** Processes that want to run now, and those that wait for a disk. */
  readonly runnable: number
  readonly blocked: number
}

/** Of what is busy the part within the kernel. */
export const SYSTEM_SHARE = 0.28
/** What the kernel itself keeps busy, and how long processors usually wait for disks, in percent. */
export const BASE_PERCENT = 1.4
export const USUAL_WAIT = 0.2

/** Disks that are busy all the time. */
const slowDisks = (machine: Machine): number => busyDisksOf(machine).filter(isSaturated).length

/** How busy the processors are: what is asked for up to what there is; busy disks make processes wait. */
export const processorOf = (machine: Machine): ProcessorUse => {
  const { cpuPercent, waiting } = processSums(machine)
  const busy = Math.min(100, cpuPercent / machine.cpu.cores + BASE_PERCENT)
  const blocked = waiting + slowDisks(machine) * 2
  const wait = Math.min(100 - busy, blocked === 0 ? USUAL_WAIT : (blocked * 100) / machine.cpu.cores / 1.6)
  const system = busy * SYSTEM_SHARE
  const running = machine.processes.filter(
    process => process.state === 'R' && !waitsForDisk(machine, process),
  ).length
  return {
    user: busy - system,
    system,
    idle: Math.max(0, 100 - busy - wait),
    wait,
    runnable: Math.max(1, running, Math.round(cpuPercent / 100)),
    blocked,
  }
}

/** What the load averages move towards: processes that run or want to, and those that wait for a disk. */
export const loadDemand = (machine: Machine): number => {
  const { cpuPercent, waiting } = processSums(machine)
  return cpuPercent / 100 + waiting + slowDisks(machine) * 2.5
}

/** Over how long the three load averages are taken. */
export const LOAD_WINDOWS_MS = [60_000, 300_000, 900_000] as const

/** What processes ask for swells and ebbs by so much, in so long. */
const SWELL = 0.16
const PERIOD_MS = 7.3 * 60_000

/** Small work comes in slower waves too, of which a machine that has much to do shows little. */
const waves = [
  { size: 0.42, periodMs: 23 * 60_000 },
  { size: 0.3, periodMs: 97 * 60_000 },
] as const
const IDLE_WORK = 0.05
const MOST_SMALL_WORK = 0.6

/** How far a wave of size 1 that has begun at 0 lifts an average over a time. */
const liftOf = (sinceMs: number, periodMs: number, windowMs: number): number => {
  const pace = (2 * Math.PI) / periodMs
  const phase = pace * (sinceMs % periodMs)
  const lag = pace * windowMs
  return (Math.sin(phase) - lag * Math.cos(phase)) / (1 + lag * lag)
}

/** Where an average over a time stands for good while the demand stays: that of one which swells and ebbs about it. */
export const loadLevel = (
  { bootedMs, machineId }: Machine,
  { demand, windowMs, atMs }: { readonly demand: number; readonly windowMs: number; readonly atMs: number },
): number => {
  const sinceMs = atMs - bootedMs
  const ownMs = Number.parseInt(machineId.slice(0, 6), 16) || 0
  const small = Math.min(MOST_SMALL_WORK, demand + IDLE_WORK)
  const slow = waves.map(({ size, periodMs }) => size * liftOf(sinceMs + ownMs, periodMs, windowMs))
  return (
    demand * (1 + SWELL * liftOf(sinceMs, PERIOD_MS, windowMs)) +
    small * slow.reduce((sum, lift) => sum + lift, 0)
  )
}
