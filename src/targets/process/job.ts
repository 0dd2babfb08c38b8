/** The variable by which a run's processes are known, also those that left its session. Each run has a value of its own. */
export const markerName = 'RUNTREE_RUN'

/**
 * A program that we started, and all that it started in turn. `own` is a session and process group of its own, named by its
 * process id; `shared` means that it runs in ours, in the foreground of the terminal.
 */
export type Job = { readonly pid: number; readonly marker: string; readonly session: 'own' | 'shared' }
