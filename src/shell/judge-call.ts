import type { Field } from './field.ts'
import { findRule, isListed } from './find-rule.ts'
import { namesOf } from './names-of.ts'
import { type SortedWords, sortWords } from './sort-words.ts'
import { strictness } from './strictest.ts'
import type { Call, Impact, Input, OptionUse, Started, Tool } from './tool.ts'
import type { EffectKind } from './types.ts'

/** What a call does by itself, and which commands it starts. */
export type CallVerdict = {
  readonly effect: EffectKind
  readonly because: string
  readonly interactive: boolean
  readonly follow: boolean
  readonly starts: readonly Started[]
}

/** A call to be judged: the words behind the program's name, and where its input comes from. */
export type CallQuestion = { readonly argv0: string; readonly words: readonly Field[]; readonly input: Input }

/** Judges a call by a tool's table. Words `...`, as documents write for what they leave out, are passed over. */
export const judgeCall = (tool: Tool, question: CallQuestion): CallVerdict => {
  const words = question.words.filter(word => word.text !== '...' && word.text !== '…')
  const sorted = sortWords(tool, words)
  if (tool.subcommands === undefined) return conclude(tool, { ...question, words }, sorted)
  return judgeSubcommand(tool, tool.subcommands, { question: { ...question, words }, sorted })
}

type Situation = { readonly question: CallQuestion; readonly sorted: SortedWords }

const judgeSubcommand = (
  tool: Tool,
  subcommands: NonNullable<Tool['subcommands']>,
  { question, sorted }: Situation,
): CallVerdict => {
  const name = sorted.operands[0]
  if (name === undefined) return conclude({ ...tool, ...bareOf(tool, sorted) }, question, sorted)
  const stranger = findStranger(tool, sortWords({ ...tool, optionsFirst: true }, question.words).options)
  if (stranger !== undefined) return plain('unknown', `${stranger.name} before the subcommand is not known`)
  const sub = findSubcommand(subcommands, name.text)
  if (sub === undefined) return plain('unknown', `${name.source}: not a known subcommand`)
  const words = question.words.filter(word => word !== name)
  return judgeCall(inherit(tool, sub), { ...question, words })
}

const isOnlyHelp = (name: string): boolean => name === '--help' || name === '--version'

const bareOf = (tool: Tool, sorted: SortedWords): Impact =>
  sorted.options.some(option => isOnlyHelp(option.name))
    ? { effect: 'read', because: 'prints its help' }
    : (tool.bare ?? { effect: 'unknown', because: 'no subcommand' })

/** A subcommand by name; the key `*` stands for any other. */
const findSubcommand = (
  subcommands: NonNullable<Tool['subcommands']>,
  name: string | undefined,
): Tool | undefined => {
  if (name === undefined) return undefined
  const entry = Object.entries(subcommands).find(([names]) => namesOf(names).has(name))
  return entry?.[1] ?? subcommands['*']
}

const join = (a: string | undefined, b: string | undefined): string => [a, b].filter(Boolean).join(' ')

/** A subcommand takes the options of the commands above it too. */
const inherit = (tool: Tool, sub: Tool): Tool => ({
  ...sub,
  valued: join(sub.valued, tool.valued),
  flags: join(sub.flags, tool.flags),
  options: { ...tool.options, ...sub.options },
  ...(tool.wordOptions === true ? { wordOptions: true } : {}),
})

const plain = (effect: EffectKind, because: string): CallVerdict => ({
  effect,
  because,
  interactive: false,
  follow: false,
  starts: [],
})

const conclude = (tool: Tool, question: CallQuestion, sorted: SortedWords): CallVerdict => {
  const call: Call = { ...question, ...sorted }
  const impacts = [...listDoubts(tool, sorted), ...listImpacts(tool, call)]
  const interactive = settle(
    tool.interactive,
    impacts.map(impact => impact.interactive),
  )
  const follow = settle(
    tool.follow,
    impacts.map(impact => impact.follow),
  )
  return {
    ...rank(tool, impacts),
    interactive,
    follow: follow && !interactive,
    starts: tool.starts?.(call) ?? [],
  }
}

const listImpacts = (tool: Tool, call: Call): readonly Impact[] => {
  const rules = call.options.map(option => findRule(tool, option)).filter(impact => impact !== undefined)
  const isWhole = call.options.every(option => isKnown(tool, option))
  const judged = tool.judge?.(call)
  return [
    ...rules.filter(({ effect, always }) => effect !== 'read' || isWhole || always === true),
    ...(judged === undefined ? [] : [judged]),
  ]
}

/** What makes a call unknown whatever its table says. */
const listDoubts = (tool: Tool, sorted: SortedWords): readonly Impact[] => {
  const stranger = tool.onlyListed === true ? findStranger(tool, sorted.options) : undefined
  return [
    ...(stranger === undefined ? [] : [doubt(`${stranger.name} is not known`)]),
    ...(sorted.uncertain && hasHazards(tool) ? [doubt('a word that cannot be told may be an option')] : []),
  ]
}

const doubt = (because: string): Impact => ({ effect: 'unknown', because })

const isKnown = (tool: Tool, option: OptionUse): boolean =>
  findRule(tool, option) !== undefined || isListed(tool, option.name) || isOnlyHelp(option.name)

/** An option of which the table does not tell whether it takes the next word. */
const findStranger = (tool: Tool, options: readonly OptionUse[]): OptionUse | undefined =>
  options.find(option => option.value === undefined && !isKnown(tool, option))

/** A flag is on when anything sets it and nothing clears it. */
const settle = (own: boolean | undefined, said: readonly (boolean | undefined)[]): boolean =>
  !said.includes(false) && (own === true || said.includes(true))

const hasHazards = (tool: Tool): boolean =>
  tool.plainOperands !== true &&
  (tool.judge !== undefined ||
    Object.values(tool.options ?? {}).some(impact => impact.effect !== undefined && impact.effect !== 'read'))

type Ranked = { readonly effect: EffectKind; readonly because: string }

const rank = (tool: Tool, impacts: readonly Impact[]): Ranked => {
  const said = impacts.flatMap(({ effect, because }) =>
    effect === undefined ? [] : [{ effect, because: because ?? tool.because }],
  )
  const lowered = said.find(item => item.effect === 'read')
  const base: Ranked = lowered ?? { effect: tool.effect, because: tool.because }
  return said.reduce((top, item) => (strictness(item.effect) > strictness(top.effect) ? item : top), base)
}
