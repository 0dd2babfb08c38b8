import { askedBefore } from './asked-before.ts'
import { behind, type FolderDesk, withFolders } from './folder-patterns.ts'
import { withBackslashes } from './kept-backslashes.ts'
import { mapped, type Node } from './mapped.ts'
import { openedFirst } from './opening.ts'
import type { Command, SimpleCommand, Statement } from './script.ts'
import { plainText } from './script.ts'
import { asked } from './select-loops.ts'

/** Shell text as statements. */
export type Parse = (text: string) => readonly Statement[]

type Pipeline = Statement['pipelines'][number]
type Word = Extract<Command, { type: 'SimpleCommand' }>['args'][number]
type Part = Word['parts'][number]

/** What rewritten-words.ts answers to, by the paths that are found whatever PATH says. */
const NOW = '/usr/bin/__now'
const TOOK = '/usr/bin/__took'
const CONNECT = '/usr/bin/__connect'
const FOLDERS = '/usr/bin/__folders'

const timely = new Set(['RANDOM', 'SRANDOM', 'SECONDS', 'EPOCHSECONDS', 'EPOCHREALTIME'])
const socketPath = /^\/dev\/(tcp|udp)\//

const statement = (pipelines: readonly Pipeline[], operators: Statement['operators'] = []): Statement => ({
  type: 'Statement',
  pipelines: [...pipelines],
  operators,
  background: false,
})

const group = (body: readonly Statement[]): Command => ({ type: 'Group', body: [...body], redirections: [] })

const substitution = (statements: readonly Statement[]): Part => ({
  type: 'CommandSubstitution',
  body: { type: 'Script', statements: [...statements] },
  legacy: false,
})

/** Whether it began anew with `SECONDS=0` is told by a variable of the shell. */
const askFor = (name: string): string => `${NOW} ${name}${name === 'SECONDS' ? ` "\${__since:-}"` : ''}`

const expansion = (node: Node, parse: Parse): unknown => {
  const asked = askFor(String(node.parameter))
  if (node.operation === null) return substitution(parse(asked))
  return substitution([
    ...parse(`__v=$(${asked})`),
    ...mapped(parse('printf %s "$__v"'), inner =>
      inner.type === 'ParameterExpansion' ? { ...inner, operation: node.operation } : inner,
    ),
  ])
}

/** Pipelines that are timed may lie within each other: when they began is a pile, from which the one that ends takes its own. */
const timed = (pipeline: Pipeline, parse: Parse): Pipeline => {
  const { timed: _timed, timePosix, ...untimed } = pipeline
  const begin = parse(`__began="$(${NOW} world) $__began"`)
  const end = parse(`__began=$(${TOOK} "$?" "$__began" ${timePosix === true ? 'posix' : 'usual'})`)
  const within = pipeline.commands.length === 0 ? [] : [statement([untimed])]
  return { type: 'Pipeline', commands: [group([...begin, ...within, ...end])], negated: false }
}

const socketOf = (command: Command): Word | undefined => {
  const words = command.redirections.flatMap(({ target }) => (target.type === 'Word' ? [target] : []))
  return words.find(({ parts: [first] }) => {
    const part = first?.type === 'DoubleQuoted' ? first.parts[0] : first
    return part?.type === 'Literal' && socketPath.test(part.value)
  })
}

/** A command that reads or writes a socket by bash's path for it, behind the attempt to connect. */
const connected = (command: Command, parse: Parse): Command => {
  const socket = socketOf(command)
  const [dial] = parse(`${CONNECT} x`)
  const [pipeline] = dial?.pipelines ?? []
  const [connect] = pipeline?.commands ?? []
  if (socket === undefined || pipeline === undefined || connect?.type !== 'SimpleCommand') return command
  const first: Pipeline = { ...pipeline, commands: [{ ...connect, args: [socket] }] }
  const then: Pipeline = { type: 'Pipeline', commands: [command], negated: false }
  return group([statement([first, then], ['&&'])])
}

/** The first conversion of a time in a format, and how many arguments those before it take. */
const timeIn = (
  format: string,
): { readonly whole: string; readonly text: string; readonly before: number } | undefined => {
  let before = 0
  for (const [whole, text] of format.matchAll(
    /%(?:-?\d*\(([^)]*)\)T|%|[-+ #0]*[\d*]*(?:\.[\d*]+)?[a-zA-Z])/g,
  )) {
    if (text !== undefined) return { whole, text, before }
    if (whole !== '%%') before += 1
  }
  return undefined
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** printf with a time in its format: the time is asked for as a text of its own. */
const printed = (command: Extract<Command, { type: 'SimpleCommand' }>, parse: Parse): Command => {
  const at = plainText(command.args[0] ?? null) === '-v' ? 2 : 0
  const format = plainText(command.args[at] ?? null)
  const found = format === undefined ? undefined : timeIn(format)
  if (format === undefined || found === undefined) return command
  const place = at + 1 + found.before
  const [ask] = parse(`${NOW} date ${quoted(found.text)} x`)
  const [model] = ask?.pipelines[0]?.commands ?? []
  if (ask === undefined || model?.type !== 'SimpleCommand') return command
  const given = command.args[place]
  const args = given === undefined ? model.args.slice(0, 2) : [...model.args.slice(0, 2), given]
  const asked = { ...ask, pipelines: [{ ...ask.pipelines[0], commands: [{ ...model, args }] }] } as Statement
  const words = [...command.args]
  words[at] = { type: 'Word', parts: [{ type: 'SingleQuoted', value: format.replace(found.whole, '%s') }] }
  words[place] = { type: 'Word', parts: [{ type: 'DoubleQuoted', parts: [substitution([asked])] }] }
  return printed({ ...command, args: words }, parse)
}

/** `SECONDS=0` begins its count anew. */
const assigned = (node: Node, parse: Parse): unknown => {
  if (node.name !== 'SECONDS' || node.value === null) return node
  const [ask] = parse(`${NOW} since x`)
  const [model] = ask?.pipelines[0]?.commands ?? []
  if (ask === undefined || model?.type !== 'SimpleCommand') return node
  const asked = {
    ...ask,
    pipelines: [{ ...ask.pipelines[0], commands: [{ ...model, args: [model.args[0], node.value] }] }],
  } as Statement
  return { ...node, name: '__since', value: { type: 'Word', parts: [substitution([asked])] } }
}

/** The interpreter knows no sockets: where one is asked for, that it is there counts. */
const asksForSocket = (command: Extract<Command, { type: 'SimpleCommand' }>): Command => {
  const at = command.args.findIndex(word => plainText(word) === '-S')
  const word: Word = { type: 'Word', parts: [{ type: 'Literal', value: '-e' }] }
  return at === -1 ? command : { ...command, args: command.args.with(at, word) }
}

const LIST = /^[@*]$|\[[@*]\]$/

/** Whether a word may become several: an expansion that is not quoted, or one of a list. */
const maySplit = ({ parts }: Word): boolean =>
  parts.some(
    part =>
      part.type === 'ParameterExpansion' ||
      part.type === 'CommandSubstitution' ||
      (part.type === 'DoubleQuoted' &&
        part.parts.some(inner => inner.type === 'ParameterExpansion' && LIST.test(inner.parameter))),
  )

/** A command whose name is the first word of an expansion: the interpreter would take all of it for the name. */
const named = (command: SimpleCommand, parse: Parse): Command => {
  const [whole] = parse('eval "$(for __w in x; do printf \'%q \' "$__w"; done)"')
  const [model] = whole?.pipelines[0]?.commands ?? []
  if (model?.type !== 'SimpleCommand' || command.name === null) return command
  const words = [command.name, ...command.args]
  const args = mapped(model.args, inner => (inner.type === 'For' ? { ...inner, words } : inner))
  return { ...command, name: model.name, args }
}

const folderDesk = (parse: Parse): FolderDesk => ({
  ask: (variable, words) =>
    mapped(parse(`eval "${variable}=($(${FOLDERS}))"`), inner =>
      inner.type === 'SimpleCommand' && plainText((inner as unknown as SimpleCommand).name) === FOLDERS
        ? { ...inner, args: words }
        : inner,
    ),
  kept: variable => {
    const [model] = parse(`: "\${${variable}[@]}"`)
    const [command] = model?.pipelines[0]?.commands ?? []
    const [word] = command?.type === 'SimpleCommand' ? command.args : []
    return word ?? { type: 'Word', parts: [] }
  },
})

/** A loop over the folders that a pattern finds. */
const overFolders = (loop: Extract<Command, { type: 'For' }>, parse: Parse): Command => {
  if (loop.words === null) return loop
  const found = withFolders(withBackslashes(loop.words), folderDesk(parse))
  return behind(found, asked({ ...loop, words: [...found.words] }, parse))
}

/** A command that is given the folders that a pattern finds, or keeps them in an array. */
const givenFolders = (command: SimpleCommand, parse: Parse): Command => {
  const found = withFolders(withBackslashes(command.args), folderDesk(parse))
  const [first, ...others] = command.assignments
  const given = { ...command, args: [...found.words] }
  if (found.before.length > 0) return behind(found, given)
  if (first?.array == null || others.length > 0 || command.name !== null) return given
  const kept = withFolders(withBackslashes(first.array), folderDesk(parse))
  const assignments = [{ ...first, array: [...kept.words] }]
  return behind(kept, { ...command, assignments })
}

const atNode = (node: Node, parse: Parse): unknown => {
  switch (node.type) {
    case 'ParameterExpansion':
      return timely.has(String(node.parameter)) ? expansion(node, parse) : node
    case 'ArithVariable':
    case 'ArithBracedExpansion': {
      const name = String(node.name ?? node.content)
      return timely.has(name) ? { type: 'ArithCommandSubst', command: askFor(name) } : node
    }
    case 'Assignment':
      return assigned(node, parse)
    case 'SimpleCommand': {
      const command = node as unknown as Extract<Command, { type: 'SimpleCommand' }>
      const [first] = command.name?.parts ?? []
      // A bracket alone reads as the beginning of a pattern.
      const name = first?.type === 'Glob' ? first.pattern : plainText(command.name)
      if (command.name !== null && maySplit(command.name)) return named(command, parse)
      if (name === 'printf') return printed(command, parse)
      if (name === 'test' || name === '[') return asksForSocket(command)
      return givenFolders(command, parse)
    }
    case 'For':
      return overFolders(node as unknown as Extract<Command, { type: 'For' }>, parse)
    case 'CondUnary':
      return node.operator === '-S' ? { ...node, operator: '-e' } : node
    case 'Pipeline': {
      const pipeline = node as unknown as Pipeline
      const commands = pipeline.commands.map(command => openedFirst(connected(command, parse), parse))
      const isSame = commands.every((command, index) => command === pipeline.commands[index])
      const done = isSame ? pipeline : { ...pipeline, commands }
      return pipeline.timed === true ? timed(done, parse) : done
    }
    default:
      return node
  }
}

/** A script in which the interpreter's clock, chance and sockets are those of the simulated machine. */
export const inWorldTerms = <T>(script: T, parse: Parse): T =>
  mapped(script, node => {
    const hoisted = askedBefore(node, parse)
    return hoisted === node ? atNode(node, parse) : inWorldTerms(hoisted, parse)
  })
