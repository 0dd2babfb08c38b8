import { describe, expect, it } from 'vitest'
import { askTrust } from '../../../src/cli/plain/ask-trust.ts'
import type { PlainDesk } from '../../../src/cli/plain/follow-entry.ts'
import type { LineReader } from '../../../src/cli/plain/line-reader.ts'

/** Asks with an answer; gives whether it may run, and the lines that are to be read on with. */
const asked = async (answer: string) => {
  const trusted: string[] = []
  const left: string[] = []
  const desk = {
    store: { dispatch: ({ runbook }: { runbook: string }) => void trusted.push(runbook) },
    context: { library: { trees: new Map(), outside: new Map([['theirs', '/srv/theirs.md']]) } },
    out: () => undefined,
  } as unknown as PlainDesk
  const reader = { ask: async () => answer, giveBack: (line: string) => void left.push(line) }
  const may = await askTrust(desk, 'theirs', reader as unknown as LineReader)
  return { may, trusted, left }
}

describe('the question whether commands from outside may run', () => {
  it('is answered by yes', async () => {
    for (const yes of ['yes', 'y', ' Y '])
      expect(await asked(yes)).toEqual({ may: true, trusted: ['theirs'], left: [] })
  })

  it('is answered by n, which goes nowhere then', async () => {
    for (const no of ['n', ' N', 'no', ''])
      expect((await asked(no)).left.filter(line => line !== '')).toEqual([])
    expect((await asked('n')).may).toBe(false)
  })

  it('leaves the next line of a script to be read', async () => {
    expect(await asked('g etcd')).toEqual({ may: false, trusted: [], left: ['g etcd'] })
  })
})
