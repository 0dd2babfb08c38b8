import type { Machine } from '../../world/machine.ts'

/** Whether a free process of a machine holds a TCP port, so that another cannot listen on it. */
export const isPortTaken = (machine: Machine, port: number): boolean =>
  machine.processes.some(({ listens }) =>
    listens.some(listener => listener.protocol === 'tcp' && listener.port === port),
  )
