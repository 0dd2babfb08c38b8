import type { Machine } from '../world/machine.ts'
import { busyDisksOf, isSaturated, waitsForDisk } from './disk-load.ts'
import { kernelThreadsOf } from './kernel-threads.ts'
import { base, type Process } from './process.ts'

/** The kernel's threads that wait with what is written for disks that are busy all the time. */
const waitingThreads = (machine: Machine): readonly string[] => {
  const slow = busyDisksOf(machine).filter(isSaturated)
  if (slow.length === 0) return []
  const journals = slow.map(
    ({ name }) => `jbd2/${machine.devices.findLast(({ parent }) => parent === name)?.name ?? name}-8`,
  )
  return machine.processes.some(process => waitsForDisk(machine, process))
    ? journals
    : [...journals, 'kworker/0:1H', 'kworker/0:1H-kblockd']
}

/** The kernel's own threads as processes. */
export const ofKernel = (machine: Machine): readonly Process[] => {
  const waiting = waitingThreads(machine)
  return kernelThreadsOf(machine).map(([pid, name]) => ({
    ...base,
    kind: 'kernel',
    pid,
    parentPid: pid === 2 ? 0 : 2,
    name: name.slice(0, 15),
    command: `[${name}]`,
    startedMs: machine.bootedMs,
    state: waiting.includes(name)
      ? 'D'
      : /^(rcu_(gp|par)|slub|netns|kworker|mm_|inet_|writeback|k(integrityd|blockd|throtld)|md$|.*_wq$)/.test(
            name,
          )
        ? machine.os.kernel.startsWith('3.')
          ? 'S<'
          : 'I<'
        : 'S',
    openFiles: 0,
  }))
}
