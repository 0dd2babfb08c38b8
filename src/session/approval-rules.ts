import type { PreparedRun } from './prepare-run.ts'
import type { Refusal, Session } from './types.ts'

/** The word that must be typed before a command with this effect runs: nothing for a read, the machine's name where something would be lost. */
export const wantedWord = (session: Session, { effect, machine }: PreparedRun): string | undefined => {
  if (effect === 'read') return undefined
  const host = effect === 'destructive' ? (machine ?? session.header)?.host.trim() : undefined
  return host || 'run'
}

/** In a read-only session everything but a read is refused. */
export const refuseReadOnly = (session: Session, { effect, because }: PreparedRun): Refusal | undefined =>
  session.header?.readOnly === true && effect !== 'read'
    ? {
        code: 'E_SESSION_READ_ONLY',
        text: `This session is read-only, and the command does not only read: ${because}. Start without --read-only to run it.`,
      }
    : undefined
