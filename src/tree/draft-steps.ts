import type { Block, LineRange, ListBlock, ListItem, RunbookDocument, Section } from '../document/index.ts'
import { type Claims, claim } from './explanation.ts'
import type { LinkBase } from './read-destination.ts'
import { claimSignposts } from './signposts.ts'
import { createStepParts, holdsCommands, readBlocks, type StepParts, takeSpecialItem } from './step-parts.ts'
import { subStepTitle } from './sub-step-title.ts'

/** A step before it knows its neighbours. `range` is what its explanation is made of, moved left by `indent`. */
export type Draft = {
  readonly id: string
  readonly title: string
  readonly level: number
  readonly parent: string | undefined
  readonly lines: LineRange
  readonly range: LineRange
  readonly indent: number
  readonly claims: Claims
  readonly parts: StepParts
  /** How many sub-steps there are so far. */
  subSteps: number
}

type Drafting = {
  readonly document: RunbookDocument
  readonly base: LinkBase
  readonly ids: Set<string>
  readonly drafts: Draft[]
  /** The sections that are open, outermost first. */
  readonly open: { readonly id: string; readonly level: number }[]
}

const freeId = (ids: Set<string>, wanted: string): string => {
  let id = wanted
  for (let count = 1; ids.has(id); count += 1) id = `${wanted}-${count}`
  ids.add(id)
  return id
}

const readingOf = ({ document, base }: Drafting, claims: Claims) => ({ lines: document.lines, base, claims })

const isSubStepList = (block: Block): block is ListBlock =>
  block.kind === 'list' && block.ordered && block.items.some(item => holdsCommands(item.blocks))

const draftItem = (drafting: Drafting, parent: Draft, item: ListItem): void => {
  const order = parent.subSteps + 1
  parent.subSteps = order
  const claims: Claims = new Map()
  const parts = createStepParts()
  readBlocks(parts, readingOf(drafting, claims), item.blocks)
  claim(parent.claims, item.lines)
  const { title, rest } = subStepTitle(item, order)
  if (rest !== undefined) claim(claims, { first: item.lines.first, last: rest - 1 })
  drafting.drafts.push({
    id: freeId(drafting.ids, `${parent.id}-${order}`),
    title,
    level: parent.level + 1,
    parent: parent.id,
    lines: item.lines,
    range: item.lines,
    indent: item.indent,
    claims,
    parts,
    subSteps: 0,
  })
}

const draftList = (drafting: Drafting, parent: Draft, list: ListBlock): void => {
  const reading = readingOf(drafting, parent.claims)
  for (const item of list.items) {
    const plain = holdsCommands(item.blocks) || !takeSpecialItem(parent.parts, reading, item)
    if (plain) draftItem(drafting, parent, item)
  }
}

const draftSection = (drafting: Drafting, section: Section): void => {
  const { open, drafts } = drafting
  while (open.length > 0 && (open.at(-1)?.level ?? 0) >= section.level) open.pop()
  const draft: Draft = {
    id: section.slug,
    title: section.title || drafting.document.frontMatter.title || 'Introduction',
    level: section.level,
    parent: open.at(-1)?.id,
    lines: section.lines,
    range: section.body,
    indent: 0,
    claims: new Map(),
    parts: createStepParts(),
    subSteps: 0,
  }
  if (section.level > 0) open.push({ id: draft.id, level: draft.level })
  drafts.push(draft)
  for (const block of section.blocks) {
    if (isSubStepList(block)) draftList(drafting, draft, block)
    else readBlocks(draft.parts, readingOf(drafting, draft.claims), [block])
  }
  claimSignposts(draft.claims, section.blocks)
}

/** Makes a draft of every section and, below it, of every item of its ordered lists that hold commands. In document order. */
export const draftSteps = (document: RunbookDocument): readonly Draft[] => {
  const base: LinkBase = { runbook: document.name, anchors: document.anchors }
  const ids = new Set(document.sections.map(section => section.slug))
  const drafting: Drafting = { document, base, ids, drafts: [], open: [] }
  for (const section of document.sections) draftSection(drafting, section)
  return drafting.drafts
}
