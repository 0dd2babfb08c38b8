import type { Container } from '../world/container.ts'
import { CHILD_AFTER } from './child-process.ts'
import type { Process } from './process.ts'

/** The first number that a process gets that another of its namespace begins. */
const FIRST_CHILD = 7

/** A container's processes as they are numbered within it: the first is 1. */
export const numberedInside = (
  { pid: first }: Container,
  processes: readonly Process[],
): readonly Process[] =>
  processes.map(process => ({
    ...process,
    pid: process.pid === first ? 1 : FIRST_CHILD + process.pid - first - CHILD_AFTER,
    parentPid: process.pid === first ? 0 : 1,
  }))
