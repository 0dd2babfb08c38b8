import type { Machine } from '../../world/machine.ts'
import { filesystemOf, filesystemUse } from '../filesystem-use.ts'
import { K3S_DATA } from './k3s-units.ts'

/** Why the database beside a k3s server takes no writes, in SQLite's words; `undefined` when it takes them. */
export const datastoreProblem = (machine: Machine): string | undefined => {
  const system = filesystemOf(machine, `${K3S_DATA}/server/db`)
  if (system === undefined) return undefined
  if (system.isReadOnly) return 'attempt to write a readonly database'
  return filesystemUse(machine, system).usedBytes >= system.sizeBytes - system.reservedBytes
    ? 'database or disk is full'
    : undefined
}
