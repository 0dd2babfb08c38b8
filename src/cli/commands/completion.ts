import type { Command, RunCommand } from '../command.ts'
import { loadDrills } from '../drill/drills.ts'
import { exitCodes } from '../exit-codes.ts'
import { bundledRunbooks } from '../load-library.ts'
import { commonOptions } from '../options.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const runbookCommands = ['open', 'auto', 'tree', 'doctor']
const drillWords = ['list', 'start', 'exec', 'solve', 'scores']

const optionsOf = (command: Command): readonly string[] =>
  [...command.options, ...commonOptions].map(({ name }) => `--${name}`)

/** What may stand behind a command: its options and the names that it takes. */
const wordsOf = (command: Command): readonly string[] => {
  if (runbookCommands.includes(command.name)) return [...bundledRunbooks().keys(), ...optionsOf(command)]
  if (command.name === 'drill')
    return [...drillWords, ...loadDrills().map(({ name }) => name), ...optionsOf(command)]
  if (command.name === 'completion') return [...Object.keys(shells), ...optionsOf(command)]
  return optionsOf(command)
}

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
