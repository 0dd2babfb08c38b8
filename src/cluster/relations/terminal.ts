import type { Process } from './processes.ts'

/** The terminal of whoever is logged in. */
export const TERMINAL = '/dev/pts/0'

/** Whether a process was begun at a terminal. */
export const hasTerminal = ({ free }: Pick<Process, 'free'>): boolean => free?.hasTerminal === true
