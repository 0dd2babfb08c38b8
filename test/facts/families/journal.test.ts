import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

type Entry = {
  readonly level?: string
  readonly message: string
  readonly unit: string
  readonly time: string
}

const journal = (name: string): readonly Entry[] =>
  (factsOfRecorded('journalctl', name).facts.journal ?? []) as unknown as readonly Entry[]

describe('journal lines', () => {
  test('the short form keeps its time as printed, for it names no year', () => {
    expect(journal('apiserver-down')).toHaveLength(45)
    expect(journal('apiserver-down')[1]).toEqual({
      time: 'Nov 21 06:30:16',
      host: 'box4',
      unit: 'kubelet',
      pid: 181,
      level: 'info',
      message: 'I1121 06:30:16.182980     181 server.go:412] "Kubelet version" kubeletVersion="v1.26.5"',
    })
  })

  test('the iso form gives instants', () => {
    expect(journal('iso')).toHaveLength(50)
    expect(journal('iso')[0]).toMatchObject({
      time: '2026-11-21T06:09:26.146154+00:00',
      unit: 'systemd',
      message: "kubelet.service: Failed with result 'exit-code'.",
    })
  })

  test('json gives instants and, where the message has no level, that of its priority', () => {
    expect(journal('json')[0]).toMatchObject({
      time: '2026-11-21T06:10:38.896Z',
      unit: 'systemd',
      level: 'info',
      message: 'Started kubelet.service - kubelet: The Kubernetes Node Agent.',
    })
  })

  test('no entries are an empty list', () => {
    expect(factsOfRecorded('journalctl', 'none').facts).toEqual({ journal: [] })
  })

  test('a word of refusal inside an entry does not make the journal unread', () => {
    expect(factsOfRecorded('journalctl', 'errors')).toMatchObject({ diagnostics: [] })
    expect(journal('errors')).toHaveLength(4)
  })

  test.each([
    ['E0101 10:00:00.000001    1234 kubelet.go:1] "x"', 'error'],
    ['time="2026-01-01T00:00:00Z" level=warning msg="x"', 'warning'],
    ['{"level":"warn","ts":"2026-01-01T00:00:00.000Z","msg":"x"}', 'warning'],
    ['2026-01-01 00:00:00.000000 C | etcdmain: x', 'fatal'],
    ['[ERROR   ] DNS lookup failed', 'error'],
    ['2026-01-01 00:00:00,000 [salt.minion      :1085][ERROR   ][1234] x', 'error'],
    ['2026/01/01 00:00:00 client: Connected', undefined],
  ])('tells the level of %s', (message, level) => {
    const { facts } = factsOf('journalctl -u x', `Jan 01 00:00:00 h x[1]: ${message}\n`)
    expect((facts.journal as unknown as readonly Entry[])[0]?.level).toBe(level)
  })

  test('a very long journal keeps its newest entries', () => {
    const line = (n: number) => `Jan 01 00:00:00 h x[1]: message ${n}`
    const stdout = Array.from({ length: 20_000 }, (_, n) => line(n)).join('\n')
    const { facts, lines } = factsOf('journalctl', stdout)
    const entries = facts.journal as unknown as readonly Entry[]
    expect(entries).toHaveLength(500)
    expect(entries.at(-1)?.message).toBe('message 19999')
    expect(lines.get('journal[499]')).toBe(20_000)
  })
})
