import { isatty } from 'node:tty'
import type { Diagnostic } from '../../base/index.ts'
import { mergeFacts } from '../../facts/index.ts'
import { lastValue, type RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { presentFactsText } from '../explain/present-facts-text.ts'
import { presentSkipped } from '../explain/present-skipped.ts'
import { type OutputFacts, type ReadFacts, readFacts } from '../explain/read-facts.ts'
import { requireInput } from '../explain/require-input.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const presentComplaint = ({ severity, code, message, advice }: Diagnostic): string =>
  `runtree: ${severity}: ${message}. ${advice}  [${code}]`.replace('..', '.')

const hasFacts = ({ facts }: OutputFacts): boolean => Object.keys(facts).length > 0

const nameOf = ({ command, file }: OutputFacts): string =>
  [
    command === '' ? 'an output without a command' : command,
    ...(file === undefined ? [] : [`in ${file}`]),
  ].join(' ')

const requireFacts = ({ outputs }: ReadFacts): void => {
  if (outputs.some(hasFacts)) return
  const [first] = outputs
  const [reason] = first?.diagnostics ?? []
  throw new UserError({
    code: reason?.code ?? 'E_FACTS_UNKNOWN_OUTPUT',
    message:
      reason?.message ??
      (first?.parser === undefined
        ? 'No parser reads this output.'
        : `There are no facts of ${first.parser} in this output.`),
    hint: 'Give the whole output as it was printed, and the command exactly as it was typed with --command.',
  })
}

const presentJson = (outputs: readonly OutputFacts[]): string => {
  const [only] = outputs
  const whole =
    only !== undefined && outputs.length === 1
      ? { command: only.command, parser: only.parser, facts: only.facts }
      : {
          command: '',
          facts: mergeFacts(outputs.map(({ facts }) => facts)),
          outputs: outputs.map(({ command, parser, file, facts }) => ({ command, parser, file, facts })),
        }
  return JSON.stringify(whole, undefined, 2)
}

const presentText = (outputs: readonly OutputFacts[]): string =>
  outputs.length === 1
    ? presentFactsText(outputs[0]?.facts ?? {})
    : outputs.map(output => `# ${nameOf(output)}\n\n${presentFactsText(output.facts)}`).join('\n\n')

/** `runtree facts`: the facts in one output or in several; 2 when there are none at all, with the reason. */
export const runFacts: RunCommand = async invocation => {
  const { operands, flags } = invocation
  requireInput({ operands, isTerminal: isatty(0), example: "df -h | runtree facts --command 'df -h'" })
  const read = await readFacts({ operands, command: lastValue(invocation, 'command') })
  requireFacts(read)
  presentSkipped(read.skipped).forEach(print.error)
  for (const output of read.outputs) {
    for (const diagnostic of output.diagnostics) print.error(presentComplaint(diagnostic))
    if (!hasFacts(output)) print.error(`runtree: there are no facts in the output of ${nameOf(output)}`)
  }
  const outputs = read.outputs.filter(hasFacts)
  if (flags.has('json')) print.json(presentJson(outputs))
  else print.out(presentText(outputs))
  return exitCodes.done
}
