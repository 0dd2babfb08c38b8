import { nearestWord } from '../base/index.ts'
import type { Command } from './command.ts'
import { commands, homeCommand } from './commands.ts'
import { exitCodes } from './exit-codes.ts'
import { presentCommandHelp, presentHelp } from './help.ts'
import { firstOperandAt, parseInvocation } from './parse-invocation.ts'
import { print } from './print.ts'
import { UserError } from './user-error.ts'
import { toolName } from './version.ts'

const findCommand = (word: string): Command => {
  const found = commands.find(c => c.name === word)
  if (found !== undefined) return found
  const near = nearestWord(
    word,
    commands.map(c => c.name),
  )
  throw new UserError({
    code: 'E_CLI_COMMAND_UNKNOWN',
    message: `There is no command "${word}".`,
    hint:
      near === undefined
        ? '"runtree --help" lists the commands; "runtree open FILE" opens a document.'
        : `Did you mean "runtree ${near}"?`,
  })
}

const runCommand = async (command: Command, args: readonly string[]): Promise<number> => {
  const written = parseInvocation(command, args)
  if (written.flags.has('help')) {
    print.out(command === homeCommand ? presentHelp() : presentCommandHelp(command))
    return exitCodes.done
  }
  if (written.flags.has('no-color')) process.env.NO_COLOR = '1'
  const run = await command.load()
  return run(written)
}

/** Runs what the arguments ask for; gives the exit code. What the user can mend is printed, anything else is thrown. */
export const run = async (args: readonly string[]): Promise<number> => {
  const [first = ''] = args
  try {
    if (first === '--version' || first === '-V') {
      print.out(toolName)
      return exitCodes.done
    }
    if (first === 'help' || first === '-h') return await runCommand(homeCommand, ['--help'])
    const at = firstOperandAt([homeCommand, ...commands], args)
    return at < 0
      ? await runCommand(homeCommand, args)
      : await runCommand(findCommand(args[at] ?? ''), args.toSpliced(at, 1))
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause
    print.error(`runtree: ${cause.message}\n${cause.hint}  [${cause.code}]`)
    return cause.exitCode
  }
}
