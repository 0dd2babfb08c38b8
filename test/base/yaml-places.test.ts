import { describe, expect, it } from 'vitest'
import { LineCounter, parseDocument } from 'yaml'
import { createYamlPlaces } from '../../src/base/index.ts'

const placesIn = (text: string) => {
  const counter = new LineCounter()
  return createYamlPlaces(parseDocument(text, { lineCounter: counter }), counter)
}

const text = `first: 1
list:
  - name: one
  - name: two
    7: seven
`

describe('the places of a YAML text', () => {
  it('are those of an entry, at its key or at its value', () => {
    const { of } = placesIn(text)
    expect(of(['list', 1, 'name'], 'key')).toEqual({ line: 4, column: 5 })
    expect(of(['list', 1, 'name'], 'value')).toEqual({ line: 4, column: 11 })
    expect(of(['list', 0], 'key')).toEqual({ line: 3, column: 5 })
    expect(of(['list', 1, '7'], 'key')).toEqual({ line: 5, column: 5 })
  })

  it('are those of what holds an entry that is not there, at last the beginning', () => {
    const { of } = placesIn(text)
    expect(of(['list', 1, 'colour', 'hue'], 'value')).toEqual({ line: 4, column: 5 })
    expect(of(['list', 5], 'key')).toEqual({ line: 2, column: 1 })
    expect(of(['nothing'], 'key')).toEqual({ line: 1, column: 1 })
    expect(placesIn('').of(['nothing'], 'value')).toEqual({ line: 1, column: 1 })
    expect(placesIn('- ~\n-\n').of([1, 'name'], 'key')).toEqual({ line: 2, column: 2 })
  })

  it('tell the first trouble in one sentence without its place, and where it is', () => {
    const { trouble } = placesIn('first: 1\nfirst: 2\n')
    expect(trouble).toEqual({ message: 'Map keys must be unique', at: { line: 2, column: 1 } })
    expect(placesIn(text).trouble).toBeUndefined()
  })
})
