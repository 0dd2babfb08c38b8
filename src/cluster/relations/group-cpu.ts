import type { Process } from './process.ts'

/** The processor time that a control group has had: what the processes of its units that have ended took stays counted. */
export const groupCpuMs = (members: readonly Process[]): number => {
  const units = new Set(members.flatMap(({ unit }) => (unit === undefined ? [] : [unit])))
  const others = members.filter(({ unit }) => unit === undefined)
  return [...units, ...others].reduce((sum, { cpuMs }) => sum + cpuMs, 0)
}
