export { failedChecks, isRepaired } from './is-repaired.ts'
export { inject, openDrill } from './open-drill.ts'
export { parseDrill } from './parse-drill.ts'
export type { Drill } from './types.ts'
