import type { Command, Statement } from 'unbash'
import { expandWord } from '../expand-word.ts'
import { parseShell } from '../parse-shell.ts'
import { quoteWord } from '../quote-word.ts'

/** A program with its words, all of them known. `before` is what goes in front to run another program the same way: `sudo -n `, `ETCDCTL_API=3 `. */
export type PlainCall = { readonly argv0: string; readonly words: readonly string[]; readonly before: string }

const nothing: ReadonlyMap<string, string> = new Map()

/** The programs that a line runs one after another, as far as their words are known; nothing of loops, functions and other shells. */
export const listCalls = (line: string): readonly PlainCall[] => {
  const { script, problems } = parseShell(line)
  return problems.length > 0
    ? []
    : script.commands.flatMap(statement => commandsIn(statement.command)).flatMap(callOf)
}

const commandsIn = (node: Statement['command']): readonly Command[] => {
  switch (node.type) {
    case 'Command':
      return [node]
    case 'AndOr':
    case 'Pipeline':
      return node.commands.flatMap(commandsIn)
    default:
      return []
  }
}

const callOf = (command: Command): readonly PlainCall[] => {
  const parts = [command.name, ...command.args].flatMap(part =>
    part?.type === 'Word' ? expandWord(part, nothing) : [],
  )
  const count = command.args.filter(arg => arg.type === 'Word').length + 1
  const words = parts.flatMap(({ text, globbed }) => (text === undefined || globbed ? [] : [text]))
  if (words.length < count) return []
  const assigned = command.prefix.flatMap(part => (part.type === 'Assignment' ? [`${part.text} `] : []))
  return withoutSudo(words, assigned.join(''))
}

const sudoValues = ['-u', '-g', '--user', '--group']

/** sudo and its options go in front of what is advised too. */
const withoutSudo = (words: readonly string[], assigned: string): readonly PlainCall[] => {
  if (words[0] !== 'sudo') return named(words, assigned)
  let at = 1
  while (words[at]?.startsWith('-') || /^[A-Za-z_]\w*=/.test(words[at] ?? ''))
    at += sudoValues.includes(words[at] ?? '') ? 2 : 1
  return named(words.slice(at), `${assigned}${words.slice(0, at).map(quoteWord).join(' ')} `)
}

const named = ([name, ...words]: readonly string[], before: string): readonly PlainCall[] =>
  name === undefined ? [] : [{ argv0: name.slice(name.lastIndexOf('/') + 1), words, before }]
