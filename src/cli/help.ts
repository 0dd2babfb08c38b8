import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { commonOptions, type Option } from './options.ts'

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

const optionRow = (option: Option): readonly [string, string] => [
  `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`,
  option.about,
]

const exitCodeText = `Exit codes: 0 healthy, resolved or done; 1 a problem was found; 2 wrong usage or a bad document;
3 the target or a command could not be run; 4 stopped to ask a person; 130 interrupted.`

/** The help of the whole program. */
export const presentHelp = (): string =>
  [
    'runtree turns runbooks into guided decision trees.',
    'Usage: runtree [COMMAND] [OPTIONS]',
    table([['runtree', 'the home screen'], ...commands.map(c => [c.usage, c.about] as const)]),
    `Options\n${table([...commonOptions.map(optionRow), ['--version', 'print the version']])}`,
    'Every command has --help with an example.',
    exitCodeText,
  ].join('\n\n')

/** The help of one command, with an example. */
export const presentCommandHelp = (command: Command): string =>
  [
    `${command.usage}\n  ${command.about}`,
    `Options\n${table([...command.options, ...commonOptions].map(optionRow))}`,
    `Example\n  ${command.example}`,
  ].join('\n\n')
