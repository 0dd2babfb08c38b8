import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { inStep } from './in-step.ts'
import { kernelThreadsOf } from './kernel-threads.ts'
import { wantedMemory } from './memory.ts'
import { processSums } from './process-sums.ts'

/** What a kubelet finds short on its machine, by the thresholds that it has without configuration. */
export type Pressures = {
  readonly memory: boolean
  readonly disk: boolean
  readonly pid: boolean
  /** Free memory in bytes. */
  readonly freeBytes: number
  /** What of the disk is short: `nodefs`, `imagefs`, `inodes`. */
  readonly diskSignal: 'ephemeral-storage' | 'inodes' | undefined
}

const LEAST_FREE_BYTES = 100 * 1024 ** 2
const NODEFS_LEAST = 0.1
const IMAGEFS_LEAST = 0.15
const INODES_LEAST = 0.05
const PID_LEAST = 0.1

const freeShare = (machine: Machine, filesystem: Filesystem): { bytes: number; inodes: number } => {
  const { usedBytes, usedInodes } = filesystemUse(machine, filesystem)
  return {
    bytes: (filesystem.sizeBytes - filesystem.reservedBytes - usedBytes) / filesystem.sizeBytes,
    inodes: filesystem.inodes === 0 ? 1 : 1 - usedInodes / filesystem.inodes,
  }
}

/** The memory that a machine has left: what its processes and its kernel have not taken. */
export const freeMemoryOf = (machine: Machine): number => machine.memoryBytes - wantedMemory(machine)

const diskSignalOf = (host: Machine): Pressures['diskSignal'] => {
  const seen = [
    { path: '/var/lib/kubelet', least: NODEFS_LEAST },
    { path: '/var/lib/containerd', least: IMAGEFS_LEAST },
  ].flatMap(({ path, least }) => {
    const filesystem = filesystemOf(host, path)
    return filesystem === undefined ? [] : [{ share: freeShare(host, filesystem), least }]
  })
  if (seen.some(({ share, least }) => share.bytes < least)) return 'ephemeral-storage'
  return seen.some(({ share }) => share.inodes < INODES_LEAST) ? 'inodes' : undefined
}

/** What is short on a machine now. */
export const nodePressures = (world: World, host: Machine): Pressures =>
  inStep(world, `pressures/${host.name}`, () => measure(host))

const measure = (host: Machine): Pressures => {
  const freeBytes = freeMemoryOf(host)
  const diskSignal = diskSignalOf(host)
  const mostPids = Number(host.sysctls.get('kernel.pid_max') ?? 4_194_304)
  const threads = host.isPowered ? processSums(host).threads + kernelThreadsOf(host).length : 0
  return {
    memory: freeBytes < LEAST_FREE_BYTES,
    disk: diskSignal !== undefined,
    pid: threads > mostPids * (1 - PID_LEAST),
    freeBytes,
    diskSignal,
  }
}
