import type { Key } from 'ink'
import { graphemes } from '../present/cells.ts'

/** One key as bindings name it (`j`, `G`, `enter`, `ctrl-d`, `shift-tab`), with the text that it types, if any. */
export type Press = { readonly name: string; readonly text?: string }

/** What a chunk of terminal input was: keys in order, or a paste that came without the terminal's paste marks. */
export type Chunk =
  | { readonly kind: 'keys'; readonly presses: readonly Press[] }
  | { readonly kind: 'paste'; readonly text: string }

const longestTyping = 8

const special: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]

const controlNames: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\t': 'tab',
  '\x1b': 'esc',
  '\x7f': 'backspace',
  '\b': 'backspace',
}

/** The key that a character from the terminal stands for. */
const pressOf = (character: string): Press => {
  const known = controlNames[character]
  if (known !== undefined) return { name: known }
  const code = character.charCodeAt(0)
  if (code < 32) return { name: `ctrl-${String.fromCharCode(code + 96)}` }
  return { name: character === ' ' ? 'space' : character, text: character }
}

const specialPress = (key: Key): Press | undefined => {
  const name = special.find(([flag]) => key[flag] === true)?.[1]
  if (name === undefined) return undefined
  if (name === 'tab' && key.shift) return { name: 'shift-tab' }
  if (key.ctrl && (name === 'left' || name === 'right')) return { name: `ctrl-${name}` }
  return { name }
}

/** The keys that a text from the terminal stands for, in order. */
export const pressesOf = (text: string): readonly Press[] => graphemes(text).map(pressOf)

/**
 * The keys in what the terminal sent at once. Held keys, fast typing over a slow line and terminals that batch put several into a
 * chunk. Text of more than eight characters is a paste, unless it is one key again and again, which was held. Escape and a key right after it arrive as one and are taken apart again.
 */
export const splitKeys = (chunk: string, key: Key): Chunk => {
  if (key.eventType === 'release') return { kind: 'keys', presses: [] }
  const escapes: readonly Press[] = key.escape || key.meta ? [{ name: 'esc' }] : []
  if (key.escape) return { kind: 'keys', presses: key.meta ? [...escapes, ...escapes] : escapes }
  const named = specialPress(key)
  if (named !== undefined) return { kind: 'keys', presses: [...escapes, named] }
  if (key.ctrl && /^[a-z]$/.test(chunk)) return { kind: 'keys', presses: [{ name: `ctrl-${chunk}` }] }
  const characters = graphemes(chunk)
  if (characters.length > longestTyping && new Set(characters).size > 1) return { kind: 'paste', text: chunk }
  return { kind: 'keys', presses: [...escapes, ...pressesOf(chunk)] }
}
