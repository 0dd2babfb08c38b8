import type { CommandRequest, Outcome } from '../../base/index.ts'

/** What a target is doing when it is asked to run something. */
export type Hold = { readonly isClosed: boolean; readonly isRunning: boolean }

const refused = (message: string): Outcome => ({ kind: 'not-started', reason: 'refused', message })

/** Why a target does not take a command now: it is closed, it is busy, or there is no terminal; `undefined` when it does. */
export const refuseRun = (request: CommandRequest, { isClosed, isRunning }: Hold): Outcome | undefined => {
  if (isClosed) return refused('This target is closed. Start a new session to run commands.')
  if (isRunning) return refused('Another command is running here. Wait for its end or stop it.')
  if (request.mode !== 'interactive' || (process.stdin.isTTY && process.stdout.isTTY)) return undefined
  return refused(
    'This command wants a terminal, and there is none. Run it by hand, or use a form that ends by itself.',
  )
}
