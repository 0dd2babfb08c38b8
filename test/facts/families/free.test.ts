import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('free', name)
const kib = 1024
const mib = 1024 ** 2
const gib = 1024 ** 3

describe('free', () => {
  test('-m gives bytes and the share that is available', () => {
    const { facts, lines } = recorded('mebibytes')
    expect(facts).toEqual({
      memory: {
        total: 24105 * mib,
        used: 1016 * mib,
        free: 22109 * mib,
        shared: 141 * mib,
        buffCache: 1420 * mib,
        available: 23089 * mib,
        availablePercent: 95.8,
      },
      swap: { total: 0, used: 0, free: 0 },
    })
    expect([...lines]).toEqual(
      expect.arrayContaining([
        ['memory', 2],
        ['swap', 3],
      ]),
    )
  })

  test.each([
    ['plain', { total: 24684100 * kib }],
    ['bytes-total', { total: 25276518400, available: 23580590080 }],
    ['lowhigh', { total: 24684100 * kib, available: 23027988 * kib }],
    ['human', { total: 23 * gib }],
    [
      'wide',
      { total: 23 * gib, buffCache: Math.round(12 * mib) + Math.round(1.1 * gib), available: 21 * gib },
    ],
  ])('%s counts in its own unit and takes the right row', (name, memory) => {
    expect(recorded(name).facts.memory).toMatchObject(memory)
    expect(recorded(name).facts.swap).toMatchObject({ total: 0 })
  })

  test('the old layout with buffers and cached tells what is available on its second line', () => {
    const stdout = `             total       used       free     shared    buffers     cached
Mem:       8061528    7642684     418844      12344     201232    3015240
-/+ buffers/cache:    4426212    3635316
Swap:      2097148     524288    1572860
`
    expect(factsOf('free', stdout).facts).toEqual({
      memory: {
        total: 8061528 * kib,
        used: 7642684 * kib,
        free: 418844 * kib,
        shared: 12344 * kib,
        buffers: 201232 * kib,
        cache: 3015240 * kib,
        buffCache: (201232 + 3015240) * kib,
        available: 3635316 * kib,
        availablePercent: 45.1,
      },
      swap: { total: 2097148 * kib, used: 524288 * kib, free: 1572860 * kib, usedPercent: 25 },
    })
  })

  test('reads other languages', () => {
    const stdout = `               gesamt       benutzt     frei      gemns.  Puffer/Cache verfügbar
Speicher:        15Gi        14Gi       310Mi       1,2Gi       1,1Gi       402Mi
Swap:           2,0Gi       1,9Gi       100Mi
`
    expect(factsOf('free -h', stdout).facts).toMatchObject({
      memory: { total: 15 * gib, available: 402 * mib, availablePercent: 2.6 },
      swap: { total: 2 * gib },
    })
  })

  test('one row is enough, the other fact stays unknown', () => {
    const { facts } = factsOf('free -h | grep Mem', 'Mem:   7.6Gi   6.9Gi   201Mi   12Mi   512Mi   410Mi\n')
    expect(facts.memory).toMatchObject({ available: 410 * mib })
    expect(facts).not.toHaveProperty('swap')
  })

  test('text that is something else is a diagnostic', () => {
    const { facts, diagnostics } = factsOf('free -h', 'hello\n')
    expect(facts).toEqual({})
    expect(diagnostics.map(d => d.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})
