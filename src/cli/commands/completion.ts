import type { Command, RunCommand } from '../command.ts'
import { drillNames } from '../drill/drills.ts'
import { exitCodes } from '../exit-codes.ts'
import { bundledRunbooks } from '../load-library.ts'
import { commonOptions } from '../options.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const optionsOf = (command: Command): readonly string[] =>
  [...command.options, ...commonOptions].map(({ name }) => `--${name}`)

/** The words that a command's usage holds for themselves, such as `list` of a drill or the names of the shells. */
const literalsOf = ({ name, usage }: Command): readonly string[] =>
  usage.split(/[^\w-]+/).filter(word => /^[a-z][a-z-]*$/.test(word) && word !== name && word !== 'runtree')

/** What may stand behind a command: its words, the names that its usage asks for, its options. */
const wordsOf = (command: Command): readonly string[] => [
  ...literalsOf(command),
  ...(command.usage.includes('RUNBOOK') ? bundledRunbooks().keys() : []),
  ...(command.name === 'drill' ? drillNames() : []),
  ...optionsOf(command),
]

type Commands = readonly Command[]

/** What may stand first; the options are those of the screen that opens without a command. */
const atStart = (commands: Commands): string =>
  [...commands.map(({ name }) => name), ...commonOptions.map(({ name }) => `--${name}`), '--version'].join(
    ' ',
  )

const bash = (commands: Commands): string => `_runtree() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words
  case "\${COMP_WORDS[1]}" in
${commands.map(command => `    ${command.name}) words="${wordsOf(command).join(' ')}" ;;`).join('\n')}
    *) words="${atStart(commands)}" ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${atStart(commands)}"
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _runtree runtree`

const zsh = (commands: Commands): string => `#compdef runtree
_runtree() {
  local -a choices
  case "$words[2]" in
${commands.map(command => `    ${command.name}) choices=(${wordsOf(command).join(' ')}) ;;`).join('\n')}
  esac
  (( CURRENT == 2 )) && choices=(${atStart(commands)})
  compadd -a choices
  _files
}
compdef _runtree runtree`

const fish = (commands: Commands): string =>
  [
    ...commands.map(
      ({ name, about }) =>
        `complete -c runtree -n __fish_use_subcommand -a ${name} -d '${about.replaceAll("'", "\\'")}'`,
    ),
    ...commands.map(
      command =>
        `complete -c runtree -n '__fish_seen_subcommand_from ${command.name}' -a '${wordsOf(command).join(' ')}'`,
    ),
  ].join('\n')

const shells: Readonly<Record<string, (commands: Commands) => string>> = { bash, zsh, fish }

/** `runtree completion`: a script that completes commands, options, runbooks and drills in a shell. */
export const completionOf =
  (commands: Commands): RunCommand =>
  async ({ operands }) => {
    const [name = ''] = operands
    const shell = Object.hasOwn(shells, name) ? shells[name] : undefined
    if (shell === undefined)
      throw new UserError({
        code: 'E_CLI_USAGE',
        message: `There is no completion for "${name}".`,
        hint: `Use ${Object.keys(shells).join(', ')}.`,
      })
    print.out(shell(commands))
    return exitCodes.done
  }
