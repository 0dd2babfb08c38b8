import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { Connection } from './connect.ts'

/** Whether a process was stopped by a signal and has not been told to go on. */
export const isStopped = ({ stoppedPids }: Machine, pid: number): boolean =>
  stoppedPids?.includes(pid) === true

/** Whether a unit may take less of the processors than its work needs: what it is asked it does not get done in time. */
export const isStarved = (unit: Unit | undefined): boolean =>
  unit?.definition.cpuQuotaPercent !== undefined && unit.definition.cpuQuotaPercent < unit.usual.cpuPercent

/** Whether a connection was taken by the kernel for a process that is stopped: it is open, and nothing is ever answered. */
export const isMute = (connection: Extract<Connection, { kind: 'open' }>): boolean => {
  const { machine, held } = connection
  return machine !== undefined && held !== undefined && (isStopped(machine, held.pid) || isStarved(held.unit))
}
