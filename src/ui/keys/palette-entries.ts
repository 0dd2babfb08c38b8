import { rankTexts } from '../../base/index.ts'
import { type Action, change } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import { type Focus, focuses } from '../state/ui-state.ts'
import type { AppBinding } from './app-binding.ts'
import { type Scope, tags } from './binding.ts'
import { keyNames } from './key-names.ts'
import { whereWords } from './present-keys.ts'
import { scopesOf } from './scopes-of.ts'

/** An action as it can be chosen from a list. */
export type PaletteEntry = {
  readonly id: string
  /** The keys that bring it about, as people read them. */
  readonly keys: string
  readonly text: string
  readonly tag: AppBinding['tag']
  /** Why it cannot be done now. */
  readonly reason: string | undefined
  /** What brings it about, in order; to be carried out once the list is closed. */
  readonly actions: () => readonly Action[]
}

/** The moment as it is without what lies over the screen: what a list of actions is about. */
export const momentBelow = (moment: Moment): Moment => ({
  ...moment,
  ui: { ...moment.ui, overlay: undefined },
})

const isFocus = (scope: Scope): scope is Focus => (focuses as readonly Scope[]).includes(scope)

/** The part of the screen that has to get the keys first, for its actions to be about what is seen. */
const focusFor = ({ scene, ui }: Moment, scope: Scope): Focus | undefined => {
  if (!isFocus(scope) || ui.place.kind !== 'step' || ui.focus === scope) return undefined
  return scene?.layout.panes[scope === 'commands' ? 'explanation' : scope] === undefined ? undefined : scope
}

type Asked = { readonly below: Moment; readonly scopes: readonly Scope[] }

const reasonFor = ({ below, scopes }: Asked, binding: AppBinding, key: string): string | undefined => {
  const isHere = scopes.includes(binding.scope) || focusFor(below, binding.scope) !== undefined
  if (!isHere) return `Counts ${whereWords[binding.scope]}.`
  return binding.disabledReason?.(below, key)
}

const entryFor = (asked: Asked, binding: AppBinding, keys: readonly string[]): PaletteEntry => {
  const key = keys[0] ?? ''
  const focus = focusFor(asked.below, binding.scope)
  // What one of several keys does is not what all of them do.
  const told = keys.length === 1 ? binding.describe?.(asked.below, key) : undefined
  return {
    id: binding.id,
    keys: keyNames(keys),
    text: told ?? binding.description,
    tag: binding.tag,
    reason: reasonFor(asked, binding, key),
    actions: () => [
      ...(focus === undefined ? [] : [change({ type: 'focus', focus })]),
      binding.action(asked.below, key),
    ],
  }
}

/** A binding whose keys do different things is listed key by key, as far as they do something. */
const entriesFor = (asked: Asked, binding: AppBinding): readonly PaletteEntry[] => {
  const told = binding.keys.filter(key => binding.describe?.(asked.below, key) !== undefined)
  return told.length === 0
    ? [entryFor(asked, binding, binding.keys)]
    : told.map(key => entryFor(asked, binding, [key]))
}

const matched = (entries: readonly PaletteEntry[], wanted: string): readonly PaletteEntry[] => {
  const texts = entries.map(({ text, id, keys, tag }) =>
    `${text} ${id.replaceAll('-', ' ')} ${keys} ${tag}`.toLowerCase(),
  )
  return rankTexts(texts, wanted).flatMap(at => entries[at] ?? [])
}

/** What pagers and editors are left with after their colon. */
const wordsToLeave = /^(?:q!|qa!?|wq!?|x!?|exit|bye)$/

const fitting = (entries: readonly PaletteEntry[], wanted: string): readonly PaletteEntry[] => {
  const words = wanted.trim()
  if (words === '') return entries
  return matched(entries, wordsToLeave.test(words) ? 'quit' : words)
}

/** Every action of the program that fits what is typed: those that can be done now first, the closest first. */
export const paletteEntries = (moment: Moment, wanted: string): readonly PaletteEntry[] => {
  const below = momentBelow(moment)
  const asked = { below, scopes: scopesOf(below) }
  const entries = fitting(
    moment.services.bindings.flatMap(binding => entriesFor(asked, binding)),
    wanted,
  )
  return [
    ...entries.filter(({ reason }) => reason === undefined),
    ...entries.filter(({ reason }) => reason !== undefined),
  ]
}

const byTag = (here: readonly AppBinding[]): readonly AppBinding[] =>
  tags.flatMap(tag => here.filter(binding => binding.tag === tag))

/** The actions whose keys count at the moment, by group, as far as they fit what is typed. */
export const helpEntries = (moment: Moment, wanted: string): readonly PaletteEntry[] => {
  const below = momentBelow(moment)
  const asked = { below, scopes: scopesOf(below) }
  const here = moment.services.bindings.filter(binding => asked.scopes.includes(binding.scope))
  const entries = byTag(here).map(binding => entryFor(asked, binding, binding.keys))
  const fits = new Set(fitting(entries, wanted))
  return entries.filter(entry => fits.has(entry))
}
