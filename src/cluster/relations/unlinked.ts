import { isBelow } from '../files/paths.ts'
import { takenBy } from '../files/tree-totals.ts'
import type { Machine, UnlinkedFile } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { openFilesOf } from './open-files.ts'
import { processesOf } from './processes.ts'
import { loseSockets } from './unix-sockets.ts'

/** What is about to be removed at a path and below it stays on its disk for as long as a process holds it open; a socket takes those alone who have come to it. */
export const keepOpenFiles = (world: World, machine: Machine, path: string): void => {
  loseSockets(world, machine, path)
  const removed = [...machine.files].filter(([found, { kind }]) => kind === 'file' && isBelow(found, path))
  if (removed.length === 0) return
  const holders = processesOf(world, machine).map(process => ({
    pid: process.pid,
    open: new Set(openFilesOf(machine, process)),
  }))
  const kept = removed.flatMap(([found, node]): readonly UnlinkedFile[] => {
    const pids = holders.filter(({ open }) => open.has(found)).map(({ pid }) => pid)
    return pids.length === 0 ? [] : [{ path: found, bytes: takenBy(node), pids }]
  })
  if (kept.length > 0) machine.unlinked = [...(machine.unlinked ?? []), ...kept]
}

/** Whether a process that may hold files is still there. */
const isThere = ({ units, planet, processes, runtime }: Machine, pid: number): boolean =>
  [...units.values(), ...(planet?.units.values() ?? [])].some(({ mainPid }) => mainPid === pid) ||
  processes.some(process => process.pid === pid) ||
  [...(runtime?.containers ?? []), ...(planet?.runtime?.containers ?? [])].some(
    container => container.state === 'running' && container.pid === pid,
  )

/** The files that have no name any more and that processes still hold. */
export const unlinkedOf = (machine: Machine): readonly UnlinkedFile[] =>
  (machine.unlinked ?? []).filter(({ pids }) => machine.isPowered && pids.some(pid => isThere(machine, pid)))

/** Those that one process holds. */
export const unlinkedHeldBy = (machine: Machine, pid: number): readonly UnlinkedFile[] =>
  unlinkedOf(machine).filter(({ pids }) => pids.includes(pid))
