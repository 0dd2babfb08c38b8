import type { CloseStatus } from '../session/index.ts'

/** The exit codes of every command; the table is part of the contract with scripts. */
export const exitCodes = {
  /** Healthy, resolved or done. */
  done: 0,
  /** A problem was found or is unresolved. */
  problem: 1,
  /** Wrong usage or a bad document. */
  usage: 2,
  /** The target or a command could not be run. */
  target: 3,
  /** Stopped to ask a person. */
  asked: 4,
  interrupted: 130,
} as const

const codeOfStatus: Readonly<Record<CloseStatus, number>> = {
  healthy: exitCodes.done,
  resolved: exitCodes.done,
  left: exitCodes.done,
  'problem-found': exitCodes.problem,
  escalated: exitCodes.problem,
  failed: exitCodes.target,
  asked: exitCodes.asked,
  interrupted: exitCodes.interrupted,
}

/** The exit code that tells a script how a session ended. */
export const exitCodeOf = (status: CloseStatus): number => codeOfStatus[status]
