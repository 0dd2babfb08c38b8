import type { Moment } from '../state/moment.ts'
import type { AppBinding } from './app-binding.ts'
import { keyNames } from './key-names.ts'
import { resolveKey } from './resolve-key.ts'
import { isTyping, scopesOf } from './scopes-of.ts'

/** A key and the one or two words that say what it does now. */
export type KeyHint = { readonly key: string; readonly text: string; readonly rank: number }

/** Tells whether the first key of a binding really leads to it at a moment, and not to one of a more special scope. */
const isReached = (moment: Moment, binding: AppBinding): boolean => {
  const name = binding.keys[0] ?? ''
  if (isTyping(moment) && name.length === 1) return false
  const found = resolveKey(moment.services.bindings, {
    scopes: scopesOf(moment),
    press: { name },
    context: moment,
  })
  return found.kind === 'action' && found.bindingId === binding.id
}

/** What the footer says: the keys that count now, most useful first. Two bindings with the same words are said once. */
export const keyHints = (moment: Moment): readonly KeyHint[] => {
  const hints = moment.services.bindings
    .filter(({ short, isTimely }) => short !== undefined && isTimely?.(moment) !== false)
    .filter(binding => isReached(moment, binding))
    .map(({ keys, label, short = '', shortNow, rank = 50 }) => ({
      key: label ?? keyNames(keys.slice(0, 1)),
      text: shortNow?.(moment) ?? short,
      rank,
    }))
    .sort((one, other) => one.rank - other.rank)
  return hints.filter((hint, at) => hints.findIndex(other => other.text === hint.text) === at)
}
