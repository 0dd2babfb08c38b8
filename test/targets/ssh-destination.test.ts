import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDestination } from '../../src/targets/ssh/parse-destination.ts'

describe('a destination', () => {
  it.each([
    ['node-1', { host: 'node-1' }],
    ['ops@node-1.example.org', { host: 'node-1.example.org', user: 'ops' }],
    ['ops@node-1:2222', { host: 'node-1', user: 'ops', port: 2222 }],
    ['[fe80::1%eth0]:22', { host: 'fe80::1%eth0', port: 22 }],
    ['[::1]', { host: '::1' }],
  ])('%s is read', (text, expected) => {
    expect(parseDestination(text)).toEqual(expected)
  })

  it.each([
    '',
    '-oProxyCommand=x',
    'ops@-x',
    '-l@node',
    'a b',
    'node:0',
    'node:65536',
    'node:',
    'node:ssh',
    'a;b',
    '$(x)',
    'node\n',
    '@node',
    '[::1',
  ])('%j is none', text => {
    expect(parseDestination(text)).toBeUndefined()
  })

  it('never holds what a shell or ssh would take for more than a name', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const destination = parseDestination(text)
        const words = destination === undefined ? [] : [destination.host, destination.user ?? 'user']
        expect(words.every(word => /^[\w.:][\w.:%@+-]*$/.test(word))).toBe(true)
      }),
    )
  })
})
