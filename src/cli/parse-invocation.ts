import { parseArgs } from 'node:util'
import { nearestWord } from '../base/index.ts'
import type { Command, Written } from './command.ts'
import { commonOptions, type Option, parserOptions } from './options.ts'
import { UserError } from './user-error.ts'

const usageError = (command: Command, message: string): UserError =>
  new UserError({
    code: 'E_CLI_USAGE',
    message,
    hint: `Usage: ${command.usage}. "runtree ${command.name} --help" says more.`.replace('  ', ' '),
  })

const unknownOption = (command: Command, rawName: string, known: readonly string[]): UserError => {
  const near = nearestWord(rawName.replace(/^-+/, ''), known)
  const meant = near === undefined ? '' : ` Did you mean --${near}?`
  return usageError(command, `There is no option ${rawName}.${meant}`)
}

type Token = ReturnType<typeof parseArgs>['tokens'] extends infer T ? NonNullable<T> : never

const readTokens = (args: readonly string[], own: readonly Option[]): Token => {
  const options = parserOptions([...commonOptions, ...own])
  return (
    parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true }).tokens ?? []
  )
}

/** Checks what was written against the command's options; throws a UserError that names what does not fit. */
export const parseInvocation = (command: Command, args: readonly string[]): Written => {
  const known = new Map([...commonOptions, ...command.options].map(o => [o.name, o]))
  const flags = new Set<string>()
  const values = new Map<string, readonly string[]>()
  const operands: string[] = []
  for (const token of readTokens(args, command.options)) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = known.get(token.name)
    if (option === undefined) throw unknownOption(command, token.rawName, [...known.keys()])
    if (option.value === undefined) {
      if (token.value !== undefined) throw usageError(command, `${token.rawName} takes no value.`)
      flags.add(token.name)
    } else {
      if (token.value === undefined) throw usageError(command, `${token.rawName} needs ${option.value}.`)
      values.set(token.name, [...(values.get(token.name) ?? []), token.value])
    }
  }
  return checkOperands(command, { operands, flags, values })
}

const checkOperands = (command: Command, written: Written): Written => {
  const { least, most } = command.operands
  const given = written.operands.length
  if (written.flags.has('help')) return written
  if (given < least) throw usageError(command, 'Something is missing.')
  if (given > most) throw usageError(command, `"${written.operands[most]}" is one word too many.`)
  return written
}

/** Where the first word stands that is neither an option nor the value of one, whichever of the commands these are of; -1 without any. */
export const firstOperandAt = (commands: readonly Command[], args: readonly string[]): number => {
  const options = commands.flatMap(command => command.options)
  return readTokens(args, options).find(token => token.kind === 'positional')?.index ?? -1
}
