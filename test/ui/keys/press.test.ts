import type { Key } from 'ink'
import { describe, expect, it } from 'vitest'
import { pressesOf, splitKeys } from '../../../src/ui/keys/press.ts'

const plain: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
}

const names = (chunk: string, key: Partial<Key> = {}): readonly string[] => {
  const split = splitKeys(chunk, { ...plain, ...key })
  return split.kind === 'keys' ? split.presses.map(press => press.name) : [`paste of ${split.text.length}`]
}

describe('splitKeys', () => {
  it('takes a held key apart', () => {
    expect(names('jjj')).toEqual(['j', 'j', 'j'])
  })

  it('finds Enter at the end of fast typing', () => {
    expect(names('j\r')).toEqual(['j', 'enter'])
    expect(names('\r\r')).toEqual(['enter', 'enter'])
  })

  it('names a single Enter once, however it comes', () => {
    expect(names('\r', { return: true })).toEqual(['enter'])
    expect(names('\n')).toEqual(['enter'])
    expect(names('\r\n')).toEqual(['enter'])
  })

  it('names control keys alone and in a row', () => {
    expect(names('d', { ctrl: true })).toEqual(['ctrl-d'])
    expect(names('\x04\x04')).toEqual(['ctrl-d', 'ctrl-d'])
    expect(names('\x03')).toEqual(['ctrl-c'])
  })

  it('tells Tab from Shift-Tab', () => {
    expect(names('', { tab: true })).toEqual(['tab'])
    expect(names('', { tab: true, shift: true })).toEqual(['shift-tab'])
  })

  it('takes Escape and the key right after it apart', () => {
    expect(names('', { escape: true })).toEqual(['esc'])
    expect(names('', { escape: true, meta: true })).toEqual(['esc', 'esc'])
    expect(names('j', { meta: true })).toEqual(['esc', 'j'])
  })

  it('keeps upper case, CJK and emoji whole', () => {
    expect(names('G', { shift: true })).toEqual(['G'])
    expect(names('日本')).toEqual(['日', '本'])
    expect(names('👩‍👩‍👧x')).toEqual(['👩‍👩‍👧', 'x'])
  })

  it('takes more than eight characters at once for a paste', () => {
    expect(names('12345678')).toHaveLength(8)
    expect(names('123456789')).toEqual(['paste of 9'])
  })

  it('takes one key again and again for one that is held', () => {
    expect(names('j'.repeat(20))).toEqual(Array.from({ length: 20 }, () => 'j'))
  })

  it('ignores the release of a key', () => {
    expect(names('j', { eventType: 'release' })).toEqual([])
  })
})

describe('pressesOf', () => {
  it('gives the text that a key types, and none for keys that type nothing', () => {
    expect(pressesOf('a \x15')).toEqual([
      { name: 'a', text: 'a' },
      { name: 'space', text: ' ' },
      { name: 'ctrl-u' },
    ])
  })
})
