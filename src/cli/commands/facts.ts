import { isatty } from 'node:tty'
import type { Diagnostic } from '../../base/index.ts'
import { type DerivedFacts, deriveFacts, outputTexts, parsers } from '../../facts/index.ts'
import { lastValue, type RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { presentFactsText } from '../explain/present-facts-text.ts'
import { readOutput } from '../explain/read-output.ts'
import { requireInput } from '../explain/require-input.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const presentComplaint = ({ severity, code, message, advice }: Diagnostic): string =>
  `runtree: ${severity}: ${message}. ${advice}  [${code}]`.replace('..', '.')

const presentOthers = ([first, ...more]: readonly string[]): string =>
  `runtree: the output of ${first}${more.length > 0 ? ` and of ${more.length} more` : ''} was left out; runtree explain --json reads all.`

const requireFacts = ({ facts, parser, diagnostics }: DerivedFacts): void => {
  if (Object.keys(facts).length > 0) return
  const [reason] = diagnostics
  throw new UserError({
    code: reason?.code ?? 'E_FACTS_UNKNOWN_OUTPUT',
    message:
      reason?.message ??
      (parser === undefined
        ? 'No parser reads this output.'
        : `There are no facts of ${parser} in this output.`),
    hint: 'Give the whole output as it was printed, and the command exactly as it was typed with --command.',
  })
}

/** `runtree facts`: the facts in an output; 2 when there are none, with the reason. */
export const runFacts: RunCommand = async invocation => {
  const { operands, flags } = invocation
  requireInput({ operands, isTerminal: isatty(0), example: "df -h | runtree facts --command 'df -h'" })
  const [operand] = operands
  const path = operand === '-' ? undefined : operand
  const { command, output, others } = await readOutput({ path }, lastValue(invocation, 'command'))
  const { stdout } = outputTexts(output)
  const derived = deriveFacts(parsers, { command, stdout, stderr: '', exitCode: undefined })
  requireFacts(derived)
  for (const diagnostic of derived.diagnostics) print.error(presentComplaint(diagnostic))
  if (others.length > 0) print.error(presentOthers(others))
  const { parser, facts } = derived
  if (flags.has('json')) print.json(JSON.stringify({ command: command ?? '', parser, facts }, undefined, 2))
  else print.out(presentFactsText(facts))
  return exitCodes.done
}
