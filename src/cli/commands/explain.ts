import { isatty } from 'node:tty'
import { lastValue, type RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Examined, examineInputs } from '../explain/examine-inputs.ts'
import { isHealthy, presentExplainJson } from '../explain/present-explain-json.ts'
import { presentExplainText } from '../explain/present-explain-text.ts'
import { presentSkipped } from '../explain/present-skipped.ts'
import { requireInput } from '../explain/require-input.ts'
import { textStyleOf } from '../explain/text-style.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const requireText = ({ outputs }: Examined): void => {
  if (outputs.length > 0) return
  throw new UserError({
    code: 'E_EXPLAIN_EMPTY',
    message: 'There is no output to explain: nothing but blank lines came.',
    hint: 'Did the command in front of the pipe fail? Say with --command CMD what printed nothing, and it counts as its answer.',
  })
}

const styleHere = () => textStyleOf({ env: process.env, columns: process.stdout.columns })

/** `runtree explain`: diagnoses output that was collected already; 1 when a finding is a warning or worse. */
export const runExplain: RunCommand = async invocation => {
  const { operands, flags } = invocation
  requireInput({ operands, isTerminal: isatty(0), example: 'journalctl -u kubelet | runtree explain' })
  const command = lastValue(invocation, 'command')
  const examined = await examineInputs({ operands, command, knowledge: loadKnowledge() })
  requireText(examined)
  if (flags.has('json')) print.json(presentExplainJson(examined))
  else print.styled(presentExplainText(examined, styleHere()))
  presentSkipped(examined.skipped).forEach(print.error)
  return isHealthy(examined) ? exitCodes.done : exitCodes.problem
}
