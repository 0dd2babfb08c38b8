import { classify, type Effect } from '../../shell/index.ts'
import type { RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { readTextFile } from '../read-text-file.ts'
import { UserError } from '../user-error.ts'

const traits = (effect: Effect): string =>
  [effect.effect, ...(effect.interactive ? ['interactive'] : []), ...(effect.follow ? ['endless'] : [])].join(
    ', ',
  )

const presentEffect = (effect: Effect): string =>
  `${traits(effect).padEnd(12)} ${effect.command}\n${' '.repeat(13)}${effect.because}`

const readLines = (): readonly string[] =>
  readTextFile('-')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')

/** `runtree classify`: says what commands would do, without running them. */
export const runClassify: RunCommand = async ({ operands, flags }) => {
  const lines = flags.has('stdin') ? readLines() : operands.length > 0 ? [operands.join(' ')] : []
  if (lines.length === 0 && !flags.has('stdin')) {
    throw new UserError({
      code: 'E_CLI_USAGE',
      message: 'No command was given.',
      hint: "Give it in quotes, runtree classify 'ls -l', or one a line with --stdin.",
    })
  }
  const effects = lines.map(line => classify(line))
  for (const effect of effects) {
    if (flags.has('json')) print.json(JSON.stringify(effect))
    else print.out(presentEffect(effect))
  }
  return exitCodes.done
}
