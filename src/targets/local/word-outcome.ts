import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import type { NotStartedReason, Outcome } from '../../base/index.ts'
import type { Ending, Exit } from '../process/launch.ts'

// As a shell counts: a program ended by a signal has the code 128 and the signal's number.
const SIGNAL_BASE = 128

/** The exit code as a shell would give it. */
export const codeOf = ({ code, signal }: Exit): number =>
  code ?? SIGNAL_BASE + (signal === null ? 0 : constants.signals[signal])

/** An outcome that says why a command did not start. */
export const notStarted = (reason: NotStartedReason, message: string): Outcome => ({
  kind: 'not-started',
  reason,
  message,
})

const wordings: Readonly<Record<string, readonly [NotStartedReason, string]>> = {
  E2BIG: [
    'refused',
    'The command is longer than this machine accepts. Put it into a script file and run that.',
  ],
  EACCES: [
    'denied',
    'This machine does not let you run bash here. Check the rights on bash and on the working directory.',
  ],
  EPERM: [
    'denied',
    'This machine does not let you run bash here. Check the rights on bash and on the working directory.',
  ],
  EAGAIN: [
    'refused',
    'This machine cannot start another process now. Look for a limit (ulimit -u) or end some processes.',
  ],
  ENOMEM: [
    'refused',
    'This machine has no memory left for another process. Free some, then run the command again.',
  ],
  EMFILE: [
    'refused',
    'Too many files are open. Close other programs or raise the limit (ulimit -n), then run the command again.',
  ],
  ENFILE: ['refused', 'Too many files are open. Close other programs, then run the command again.'],
  ENOENT: [
    'not-found',
    'bash is gone from this machine. Install it, or put it back on the PATH, and start again.',
  ],
  ERR_INVALID_ARG_VALUE: [
    'refused',
    'The command holds a NUL character, which no shell can be given. Remove it.',
  ],
}

const codeOfError = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** What is known of a run when its end is worded: where it ran and where the next one will. */
export type Run = { readonly cwd: string; readonly nextCwd: string; readonly timeoutMs: number | undefined }

const wordFailure = (error: unknown, { cwd, nextCwd }: Run): Outcome => {
  const code = codeOfError(error)
  if (code === 'ENOENT' && !existsSync(cwd)) {
    return notStarted(
      'not-found',
      `The folder ${cwd} does not exist. Make it, or go on: the next command starts in ${nextCwd}.`,
    )
  }
  const [reason, message] = wordings[code] ?? [
    'refused',
    `The command could not be started (${code}). Run it by hand to see why.`,
  ]
  return notStarted(reason, message)
}

/** The outcome of a run, from how it ended. */
export const wordOutcome = (ending: Ending, run: Run): Outcome => {
  switch (ending.kind) {
    case 'exited':
      return { kind: 'exited', code: codeOf(ending.exit) }
    case 'timed-out':
      return { kind: 'timed-out', afterMs: run.timeoutMs ?? 0 }
    case 'canceled':
      return ending
    case 'failed':
      return wordFailure(ending.error, run)
  }
}
