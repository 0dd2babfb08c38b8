import { describe, expect, it } from 'vitest'
import { entryHelp } from '../../../src/cli/plain/entry-help.ts'
import { parseEntry } from '../../../src/cli/plain/parse-entry.ts'
import { plainWays } from '../../../src/cli/plain/plain-ways.ts'
import { homeHelp } from '../../../src/cli/plain/present-home-text.ts'
import { presentKeys } from '../../../src/ui/index.ts'

const ids = presentKeys().map(({ id }) => id)
const typedBy = (where: RegExp): readonly string[] =>
  presentKeys()
    .filter(key => where.test(key.where))
    .flatMap(({ id }) => {
      const way = plainWays[id]
      return way !== undefined && 'type' in way ? way.type.split(/ {2}/) : []
    })

describe('the ways of linear text', () => {
  it('hold one for each action of the screens, or say why there is nothing to do', () => {
    expect(ids.filter(id => !Object.hasOwn(plainWays, id))).toEqual([])
  })

  it('hold none for an action that there is no longer', () => {
    expect(Object.keys(plainWays).filter(id => !ids.includes(id))).toEqual([])
  })

  it('name only what a session understands', () => {
    const words = typedBy(/^(?:on a step|in the (?:commands|output|findings|ways on|path|report|journal))/)
    const entries = words.filter(word => !/^Ctrl/.test(word))
    expect(entries.length).toBeGreaterThan(30)
    expect(entries.filter(word => parseEntry(word).kind === 'unknown')).toEqual([])
  })
})

const firstOf = (word: string): string => word.split(' ')[0] ?? ''

describe('the help of the list', () => {
  it('names what the keys of the home screen are told to be there', () => {
    const told = homeHelp.flatMap(line => {
      const [, keys = '', about = ''] = /^ {2}(.{15})(.*)$/.exec(line) ?? []
      const quoted = [...about.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word)
      return [...keys.trim().split(/ {2}/).map(firstOf), ...quoted]
    })
    const words = typedBy(/^(?:on the home screen|when a target|everywhere)/)
      .map(word => firstOf(word).replace(/,$/, ''))
      .filter(word => !/^Ctrl/.test(word))
    expect(words.length).toBeGreaterThan(10)
    expect(words.filter(word => !told.includes(word))).toEqual([])
  })
})

describe('the help of a session', () => {
  const helped = entryHelp.flatMap(([keys, about]) => [
    ...keys.split(/ {2}/),
    ...[...about.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word),
  ])

  it('names only what a session understands', () => {
    expect(helped.length).toBeGreaterThan(30)
    expect(helped.filter(word => word !== 'Ctrl-C' && parseEntry(word).kind === 'unknown')).toEqual([])
  })

  it('names what the keys of the screens are told to be here', () => {
    const told = helped.map(firstOf)
    const words = typedBy(/^(?:on a step|in the (?:commands|output|findings|ways on|path|report|journal))/)
    expect(words.map(firstOf).filter(word => !told.includes(word))).toEqual([])
  })
})
