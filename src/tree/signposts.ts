import type { Block } from '../document/index.ts'
import { type Claims, claim } from './explanation.ts'

const LONGEST_SIGNPOST_WORDS = 5

/** Whether a paragraph says no more than that a list follows, such as "Look for:". */
const isSignpost = (block: Block | undefined): block is Extract<Block, { kind: 'prose' }> => {
  if (block?.kind !== 'prose' || block.inlines.some(inline => inline.kind !== 'text')) return false
  const text = block.inlines.map(inline => inline.text).join('')
  return /:\s*$/.test(text) && text.trim().split(/\s+/).length <= LONGEST_SIGNPOST_WORDS
}

const isTaken = (block: Block, claims: Claims): boolean =>
  block.kind === 'list' && !block.ordered && block.items.every(item => claims.has(item.lines.first))

/** Leaves a signpost out of the explanation when the list that it leads to is shown elsewhere, whole. */
export const claimSignposts = (claims: Claims, blocks: readonly Block[]): void => {
  blocks.forEach((block, index) => {
    const before = blocks[index - 1]
    if (isTaken(block, claims) && isSignpost(before)) claim(claims, before.lines)
  })
}
