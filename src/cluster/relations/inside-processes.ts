import type { Container } from '../world/container.ts'
import { CHILD_AFTER } from './container-children.ts'
import type { Process } from './process.ts'

/** The first number that a process gets that another of its namespace begins. */
const FIRST_CHILD = 7

/** A container's processes as they are numbered within it: the first is 1. */
export const numberedInside = (
  { pid: first }: Container,
  processes: readonly Process[],
): readonly Process[] => {
  const inside = (pid: number): number => (pid === first ? 1 : FIRST_CHILD + pid - first - CHILD_AFTER)
  const own = new Set(processes.map(({ pid }) => pid))
  return processes.map(process => ({
    ...process,
    pid: inside(process.pid),
    parentPid: process.pid === first ? 0 : own.has(process.parentPid) ? inside(process.parentPid) : 1,
  }))
}
