import type { Container } from '../world/container.ts'
import type { FreeProcess } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

/** A process as ps shows it. Memory is resident bytes. What it belongs to says how to end it. */
export type Process = {
  readonly pid: number
  readonly parentPid: number
  readonly user: string
  /** The name of the program as the kernel knows it, at most 15 characters. */
  readonly name: string
  readonly command: string
  readonly startedMs: number
  readonly cpuPercent: number
  readonly cpuMs: number
  readonly memoryBytes: number
  readonly virtualBytes: number
  readonly state: string
  readonly threads: number
  readonly openFiles: number
  readonly kind: 'init' | 'kernel' | 'unit' | 'child' | 'shim' | 'pause' | 'container' | 'helper' | 'free'
  /** The sandbox of a shim, a pause or a container. */
  readonly sandboxId: string | undefined
  readonly unit: Unit | undefined
  /** The control group that a shim, a pause, a container or what a login began lies in, as its path below /sys/fs/cgroup. */
  readonly group: string | undefined
  readonly container: Container | undefined
  readonly free: FreeProcess | undefined
}

/** What holds for a process of which nothing else is known. */
export const base = {
  parentPid: 1,
  user: 'root',
  cpuPercent: 0,
  cpuMs: 0,
  memoryBytes: 0,
  virtualBytes: 0,
  state: 'S',
  threads: 1,
  openFiles: 8,
  sandboxId: undefined,
  unit: undefined,
  group: undefined,
  container: undefined,
  free: undefined,
} as const

const k3sRole = /^\S*\/k3s (server|agent)(?: |$)/

/** The name of the program that a command line runs, as the kernel keeps it. k3s gives itself one by what it is. */
export const nameOf = (command: string): string => {
  const role = k3sRole.exec(command)?.[1]
  return role === undefined
    ? (command.split(/\s+/)[0]?.split('/').at(-1) ?? '').replace(/^-|:$/g, '').slice(0, 15)
    : `k3s-${role}`
}
