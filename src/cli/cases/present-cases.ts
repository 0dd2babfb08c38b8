import type { CaseResult } from './run-cases.ts'
import type { UntestedBranch } from './untested-branches.ts'

/** A failed case as editors read it: `file:line`, the step, and below it what was wrong. */
export const presentCase = ({ path, line, runbook, step, wrong }: CaseResult): string =>
  [`${path}:${line}: ${runbook}#${step}`, ...wrong.map(text => `  ${text}`)].join('\n')

/** A branch that the cases leave open, in one line. */
export const presentUntested = ({
  runbook,
  step,
  when,
  lacks,
}: UntestedBranch & { readonly runbook: string }): string =>
  lacks === 'taken'
    ? `${runbook}#${step}: no case takes \`${when}\``
    : `${runbook}#${step}: no case passes \`${when}\` by`
