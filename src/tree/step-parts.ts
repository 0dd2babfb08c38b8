import type { Block, CommandBlock, Inline, ListItem } from '../document/index.ts'
import { type Claims, claim } from './explanation.ts'
import { hasLooseArrow, readBranch } from './read-branch.ts'
import { type LinkBase, readDestination } from './read-destination.ts'
import { readLookFor } from './read-look-for.ts'
import { claimSignposts } from './signposts.ts'
import { oneLine } from './trim-signs.ts'
import type { Branch, Link, LookFor } from './types.ts'

/** What the blocks of one step gave, in document order. */
export type StepParts = {
  readonly blocks: CommandBlock[]
  readonly lookFor: LookFor[]
  readonly branches: Branch[]
  readonly links: Link[]
  /** Lines of list items with an arrow that leads nowhere. */
  readonly looseArrows: number[]
}

/** What reading the blocks of a document needs. Claims are shared by all its steps. */
export type Reading = {
  readonly lines: readonly string[]
  readonly base: LinkBase
  readonly claims: Claims
}

/** A step without parts. */
export const createStepParts = (): StepParts => ({
  blocks: [],
  lookFor: [],
  branches: [],
  links: [],
  looseArrows: [],
})

const findOn = (lines: readonly string[], text: string, range: { first: number; last: number }): number => {
  for (let line = range.first; line <= range.last; line += 1) if (lines[line - 1]?.includes(text)) return line
  return range.first
}

const addLinks = (parts: StepParts, { lines, base }: Reading, at: InlinesAt): void => {
  let from = at.lines.first
  for (const inline of at.inlines) {
    const to = inline.kind === 'link' ? readDestination(inline.href, base) : undefined
    if (inline.kind !== 'link' || to === undefined) continue
    from = findOn(lines, inline.href, { first: from, last: at.lines.last })
    parts.links.push({ text: inline.text, to, line: from })
  }
}

type InlinesAt = { readonly inlines: readonly Inline[]; readonly lines: ListItem['lines'] }

const firstProse = (item: ListItem): Extract<Block, { kind: 'prose' }> | undefined => {
  const [first] = item.blocks
  return first?.kind === 'prose' ? first : undefined
}

const isSpecial = ({ base }: Reading, item: ListItem): boolean => {
  const inlines = firstProse(item)?.inlines ?? []
  return readBranch(inlines, base) !== undefined || readLookFor(inlines) !== undefined
}

/** The prose below an item's first paragraph belongs to what the item says, except for items that say something of their own. */
const proseBelow = (reading: Reading, blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(block => {
    if (block.kind === 'prose') return [block.inlines.map(inline => inline.text).join('')]
    if (block.kind === 'quote') return proseBelow(reading, block.blocks)
    if (block.kind !== 'list') return []
    const plain = block.items.filter(item => !isSpecial(reading, item))
    return plain.flatMap(item => proseBelow(reading, item.blocks))
  })

const withMore = (text: string, reading: Reading, item: ListItem): string => {
  const more = proseBelow(reading, item.blocks.slice(1)).map(oneLine)
  return [text, ...more.filter(one => one !== '')].join(' ')
}

const columnOf = ({ lines }: Reading, line: number): number => {
  const at = lines[line - 1]?.search(/`+/) ?? -1
  const ticks = /`+ ?/.exec(lines[line - 1] ?? '')?.[0].length ?? 0
  return at < 0 ? 1 : at + ticks + 1
}

/** Reads an item as a branch or a look-for item; `false` when it is neither. */
const readSpecialItem = (parts: StepParts, reading: Reading, item: ListItem): boolean => {
  const prose = firstProse(item)
  if (prose === undefined) return false
  const place = { line: prose.lines.first, column: columnOf(reading, prose.lines.first) }
  const found = readBranch(prose.inlines, reading.base)
  if (found !== undefined) {
    parts.branches.push({ ...found.branch, label: withMore(found.branch.label, reading, item), ...place })
    addLinks(parts, reading, { inlines: found.others, lines: prose.lines })
    return true
  }
  const lookFor = readLookFor(prose.inlines)
  if (lookFor !== undefined)
    parts.lookFor.push({ ...lookFor, means: withMore(lookFor.means, reading, item), ...place })
  else if (hasLooseArrow(prose.inlines)) parts.looseArrows.push(prose.lines.first)
  return lookFor !== undefined
}

/** An item that was taken for a branch keeps the commands, branches and signs that are nested in it. */
const readBelow = (parts: StepParts, reading: Reading, blocks: readonly Block[]): void => {
  for (const block of blocks) {
    if (block.kind === 'commands') readBlock(parts, reading, block)
    else if (block.kind === 'quote') readBelow(parts, reading, block.blocks)
    else if (block.kind === 'list') for (const item of block.items) readNestedItem(parts, reading, item)
  }
}

const readNestedItem = (parts: StepParts, reading: Reading, item: ListItem): void => {
  const special = readSpecialItem(parts, reading, item)
  readBelow(parts, reading, special ? item.blocks.slice(1) : item.blocks)
}

/** Reads an item whole when it is a branch or a look-for item, with what is nested in it; `false` when it is neither. */
export const takeSpecialItem = (parts: StepParts, reading: Reading, item: ListItem): boolean => {
  const special = readSpecialItem(parts, reading, item)
  if (special) {
    readBelow(parts, reading, item.blocks.slice(1))
    claim(reading.claims, item.lines)
  }
  return special
}

const readItem = (parts: StepParts, reading: Reading, item: ListItem): void => {
  if (!takeSpecialItem(parts, reading, item)) readBlocks(parts, reading, item.blocks)
}

/** Text of a command fence that is no command stays readable, in a fence of its own. */
const keepTexts = ({ parts, prefix }: CommandBlock): readonly string[] =>
  parts.flatMap(part => {
    if (part.kind !== 'text') return []
    const mark = part.text.includes('```') ? '~~~' : '```'
    return [`${mark}text`, ...part.text.split('\n'), mark, ''].map(line => `${prefix}${line}`.trimEnd())
  })

const readBlock = (parts: StepParts, reading: Reading, block: Block): void => {
  if (block.kind === 'commands') {
    parts.blocks.push(block)
    claim(reading.claims, block.lines, keepTexts(block))
  } else if (block.kind === 'hidden') claim(reading.claims, block.lines)
  else if (block.kind === 'prose') addLinks(parts, reading, block)
  else if (block.kind === 'quote') readBlocks(parts, reading, block.blocks)
  else for (const item of block.items) readItem(parts, reading, item)
}

/** Reads blocks into a step: commands, look-for items, branches, links; what they took is claimed from the explanation. */
export const readBlocks = (parts: StepParts, reading: Reading, blocks: readonly Block[]): void => {
  for (const block of blocks) readBlock(parts, reading, block)
  claimSignposts(reading.claims, blocks)
}

/** Whether a command that can be run stands somewhere in the blocks. */
export const holdsCommands = (blocks: readonly Block[]): boolean =>
  blocks.some(block => {
    if (block.kind === 'commands') return block.parts.some(part => part.kind === 'command')
    if (block.kind === 'list') return block.items.some(item => holdsCommands(item.blocks))
    return block.kind === 'quote' && holdsCommands(block.blocks)
  })
