import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('conntrack', name)

const unanswered = {
  protocol: 'udp',
  source: '127.0.0.1',
  sourcePort: 36139,
  destination: '127.0.0.2',
  destinationPort: 8472,
  replySource: '127.0.0.2',
  replySourcePort: 8472,
  unreplied: true,
  assured: false,
}

describe('conntrack', () => {
  it('reads connections and how many there are', () => {
    const { facts, lines } = recorded('flows')
    expect(facts.conntrack).toEqual({ count: 3 })
    expect(facts.connections).toEqual([
      {
        protocol: 'tcp',
        state: 'CLOSE_WAIT',
        source: '127.0.0.1',
        sourcePort: 43060,
        destination: '127.0.0.1',
        destinationPort: 6443,
        replySource: '127.0.0.1',
        replySourcePort: 6443,
        unreplied: false,
        assured: true,
        timeoutSeconds: 58,
      },
      expect.objectContaining({ state: 'ESTABLISHED', timeoutSeconds: 431998 }),
      { ...unanswered, timeoutSeconds: 28 },
    ])
    expect(lines.get('connections[2]')).toBe(3)
  })

  it('reads connections without ports', () => {
    expect(recorded('one').facts.connections).toEqual([
      {
        protocol: 'icmp',
        source: '10.1.0.2',
        destination: '10.2.0.2',
        replySource: '10.2.0.2',
        unreplied: false,
        assured: false,
        timeoutSeconds: 29,
      },
    ])
  })

  it.each(['proc', 'extended'])('reads the longer form in %s', name => {
    expect(recorded(name).facts.connections).toMatchObject([{ state: 'CLOSE_WAIT' }, {}, unanswered])
  })

  it('does not take a part for the whole table', () => {
    expect(recorded('filtered').facts).toEqual({ connections: [{ ...unanswered, timeoutSeconds: 28 }] })
  })

  it('reads the count alone', () => {
    expect(recorded('count').facts).toEqual({ conntrack: { count: 3 } })
  })

  it('adds up what all processors counted', () => {
    const text = `cpu=0   \tfound=12 invalid=3 insert=0 insert_failed=40 drop=40 early_drop=1 error=0 search_restart=2
cpu=1   \tfound=1 invalid=0 insert=0 insert_failed=2 drop=2 early_drop=0 error=0 search_restart=0
`
    expect(factsOf('conntrack -S', text).facts.conntrackStatistics).toEqual({
      found: 13,
      invalid: 3,
      insert: 0,
      insertFailed: 42,
      drop: 42,
      earlyDrop: 1,
      error: 0,
      searchRestart: 2,
    })
    expect(recorded('statistics').facts.conntrackStatistics).toMatchObject({ drop: 0, clashResolve: 0 })
  })
})
