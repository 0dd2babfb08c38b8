import type { Sandbox } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import { anonymousBytes } from './resident-memory.ts'
import { isStopped } from './stopped.ts'

/** What all processes of a machine come to. Laws ask for this in every step, so no list of processes is made for it. */
export type ProcessSums = {
  readonly memoryBytes: number
  /** Of that what no file stands behind. */
  readonly anonymousBytes: number
  /** Percent of one core. */
  readonly cpuPercent: number
  /** Threads, those of the kernel aside. */
  readonly threads: number
  /** Processes that wait for a disk. */
  readonly waiting: number
}

const MIB = 1024 ** 2
const INIT_BYTES = 11.8 * MIB

/** The resident bytes of the shim of a sandbox, and of its pause process. */
export const SHIM_BYTES = 14 * MIB
export const PAUSE_BYTES = 0.8 * MIB

/** The threads of a container's main process, and of the shim of its sandbox. */
export const CONTAINER_THREADS = 12
const PAUSE_THREADS = 1

/** Whether a sandbox has its shim, and the process that holds its namespaces: from its first container until its own end. */
export const isHeld = ({ state, firstPid }: Sandbox): boolean => state === 'ready' && firstPid !== undefined

const runtimes = (machine: Machine) => [machine.runtime, machine.planet?.runtime]

/** Adds up memory and processor time of a machine's units, containers and free processes. */
export const processSums = (machine: Machine): ProcessSums => {
  let memoryBytes = INIT_BYTES
  let anonymous = anonymousBytes(INIT_BYTES)
  const add = (bytes: number): void => {
    memoryBytes += bytes
    anonymous += anonymousBytes(bytes)
  }
  let cpuPercent = 0
  let threads = 1
  let waiting = 0
  for (const unit of [...machine.units.values(), ...(machine.planet?.units.values() ?? [])])
    if (unit.mainPid !== 0) {
      add(unit.memoryBytes)
      if (!isStopped(machine, unit.mainPid)) cpuPercent += unit.cpuPercent
      threads += Math.max(1, unit.tasks)
    }
  for (const runtime of runtimes(machine)) {
    for (const container of runtime?.containers ?? [])
      if (container.state === 'running') {
        add(container.memoryBytes)
        if (!isStopped(machine, container.pid)) cpuPercent += container.cpuMillis / 10
        threads += CONTAINER_THREADS
      }
    const held = (runtime?.sandboxes ?? []).filter(isHeld).length
    memoryBytes += held * (SHIM_BYTES + PAUSE_BYTES)
    anonymous += held * anonymousBytes(SHIM_BYTES + PAUSE_BYTES)
    threads += held * (CONTAINER_THREADS + PAUSE_THREADS)
  }
  for (const process of machine.processes) {
    add(process.memoryBytes)
    if (!isStopped(machine, process.pid)) cpuPercent += process.cpuPercent
    threads += process.threads
    if (process.state === 'D') waiting += 1
  }
  return { memoryBytes, anonymousBytes: anonymous, cpuPercent, threads, waiting }
}
