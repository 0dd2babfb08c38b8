import type { IoPriority, Machine } from '../world/machine.ts'

const USUAL: IoPriority = { kind: 'none', level: 0 }

/** Before which others a process comes at a disk. */
export const ioPriorityOf = ({ ioPriorities }: Machine, pid: number): IoPriority =>
  ioPriorities?.[pid] ?? USUAL
