import type { Invocation, Written } from './command.ts'
import { UserError } from './user-error.ts'

/** How a session is shown: the full screen, or linear text. */
export type ViewKind = 'screen' | 'plain'

/** Chooses the view: plain when asked for, for a screen reader, and where the terminal cannot take a full screen. */
export const chooseView = ({ settings }: Invocation): ViewKind => {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
  const asked = settings.values.plain || process.env.INK_SCREEN_READER === 'true'
  return asked || !isTerminal || process.env.TERM === 'dumb' ? 'plain' : 'screen'
}

/** Refuses `--json` where a person is to sit in front of the program. */
export const refuseJson = ({ flags }: Written): void => {
  if (!flags.has('json')) return
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: 'The guided triage prints no JSON.',
    hint: '"runtree auto RUNBOOK --json" walks a runbook for machines; "runtree tree RUNBOOK --json" shows it.',
  })
}
