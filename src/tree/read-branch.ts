import type { Condition } from '../base/index.ts'
import type { Inline } from '../document/index.ts'
import { readCondition } from './read-condition.ts'
import { type LinkBase, readDestination } from './read-destination.ts'
import { oneLine, trimSigns } from './trim-signs.ts'
import type { Branch } from './types.ts'

const arrow = /→|--?>/

/** The running text of a list item around its arrow. */
type Split = { readonly before: readonly Inline[]; readonly behind: readonly Inline[] }

const isText = (inline: Inline): boolean => inline.kind === 'text' || inline.kind === 'strong'

const splitAtArrow = (inlines: readonly Inline[]): Split | undefined => {
  const at = inlines.findIndex(inline => isText(inline) && arrow.test(inline.text))
  const found = inlines[at]
  const match = found === undefined ? null : arrow.exec(found.text)
  if (found === undefined || match === null) return undefined
  const head: Inline = { kind: 'text', text: found.text.slice(0, match.index) }
  const tail: Inline = { kind: 'text', text: found.text.slice(match.index + match[0].length) }
  return { before: [...inlines.slice(0, at), head], behind: [tail, ...inlines.slice(at + 1)] }
}

const textOf = (inlines: readonly Inline[]): string => oneLine(inlines.map(inline => inline.text).join(''))

const otherwise = /^otherwise\b[\s,:—–-]*/i

const tidy = (label: string): string => trimSigns(label, ' ,;:—–-', ' ,;:—–(-')

type Written = { readonly condition: Condition; readonly when: string; readonly label: string }

// Words that begin with "otherwise" say what they mean; code behind them is part of the reason.
const readBefore = (before: readonly Inline[]): Written => {
  const whole = textOf(before)
  if (before[0]?.kind !== 'code' && otherwise.test(whole))
    return { condition: { kind: 'otherwise' }, when: 'otherwise', label: tidy(whole.replace(otherwise, '')) }
  const code = before.find(inline => inline.kind === 'code')
  const prose = textOf(before.filter(inline => inline !== code)).replace(/\(\s*\)\s*/, '')
  if (code !== undefined)
    return { condition: readCondition(code.text), when: code.text.trim(), label: tidy(prose) }
  return { condition: { kind: 'choice' }, when: '', label: tidy(prose) }
}

/** A branch without its place, and the links in its prose that are not its target. */
export type ReadBranch = {
  readonly branch: Omit<Branch, 'line'>
  readonly others: readonly Inline[]
}

/**
 * Reads the text of a list item as a branch: an arrow, and behind it a link to a step. `undefined` when it is none. A branch
 * without prose is labelled with the text of its link.
 */
export const readBranch = (inlines: readonly Inline[], base: LinkBase): ReadBranch | undefined => {
  const split = splitAtArrow(inlines)
  if (split === undefined) return undefined
  const leads = (inline: Inline): boolean =>
    inline.kind === 'link' && readDestination(inline.href, base) !== undefined
  const target = split.behind.find(leads)
  const to = target?.kind === 'link' ? readDestination(target.href, base) : undefined
  if (target === undefined || to === undefined) return undefined
  const { condition, when, label } = readBefore(split.before)
  const rest = split.behind.filter(inline => inline !== target)
  const reason = [label, tidy(textOf(rest))].filter(text => text !== '').join(' — ')
  return { branch: { condition, when, label: reason || target.text, to }, others: [...split.before, ...rest] }
}

/** Whether the text has an arrow that a reader would take for a branch, though no link follows it. */
export const hasLooseArrow = (inlines: readonly Inline[]): boolean => splitAtArrow(inlines) !== undefined
