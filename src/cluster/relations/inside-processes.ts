import type { Container } from '../world/container.ts'
import { CHILD_AFTER } from './container-children.ts'
import type { Process } from './process.ts'

/** The first number that a process gets that another of its namespace begins. */
const FIRST_CHILD = 7

/** The number that a process of a container has within it. */
export const insideNumber = ({ pid: first }: Container, pid: number): number =>
  pid === first ? 1 : FIRST_CHILD + pid - first - CHILD_AFTER

/** The number that its machine has for a process that a container knows by another. */
export const outsideNumber = ({ pid: first }: Container, pid: number): number =>
  pid === 1 ? first : first + CHILD_AFTER + pid - FIRST_CHILD

/** A container's processes as they are numbered within it: the first is 1. */
export const numberedInside = (container: Container, processes: readonly Process[]): readonly Process[] => {
  const { pid: first } = container
  const inside = (pid: number): number => insideNumber(container, pid)
  const own = new Set(processes.map(({ pid }) => pid))
  return processes.map(process => ({
    ...process,
    pid: inside(process.pid),
    parentPid: process.pid === first ? 0 : own.has(process.parentPid) ? inside(process.parentPid) : 1,
  }))
}
