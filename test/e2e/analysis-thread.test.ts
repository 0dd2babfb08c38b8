import { describe, expect, test } from 'vitest'
import type { CapturedOutput } from '../../src/base/index.ts'
import { analyseInThread } from '../../src/cli/analysis/analyse-apart.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { parsers } from '../../src/facts/index.ts'
import { analyseOutput, type EndedCommand } from '../../src/session/index.ts'

const inThread = analyseInThread(new URL('../../dist/launch-thread.js', import.meta.url))

const outputOf = (texts: readonly string[]): CapturedOutput => ({
  firstLine: 1,
  lines: texts.map((text, index) => ({
    number: index + 1,
    stream: index % 7 === 0 ? 'stderr' : 'stdout',
    text,
  })),
  totalLines: texts.length,
  totalBytes: 1_000,
})

const times = (count: number, lineAt: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => lineAt(index))

const clock = (index: number): string => `06:${10 + (index % 50)}:${10 + (index % 50)}`

const endedCommands: readonly (readonly [title: string, ended: EndedCommand])[] = [
  [
    'a journal with a full disk in it',
    {
      command: 'journalctl -u kubelet --no-pager',
      outcome: { kind: 'exited', code: 0 },
      at: '2026-11-29T06:59:59Z',
      output: outputOf([
        ...times(
          11_000,
          index => `Nov 29 ${clock(index)} cp-1 kubelet[812]: I1129 ${clock(index)} 812 pod_${index}.go`,
        ),
        'Nov 29 06:58:01 cp-1 kubelet[812]: E1129 06:58:01.120000 812 write /var/lib/kubelet/x: no space left on device',
      ]),
    },
  ],
  [
    'a table of ten thousand processes, cut off by a timeout',
    {
      command: 'ps aux',
      outcome: { kind: 'timed-out', afterMs: 30_000 },
      output: outputOf([
        'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
        ...times(
          10_000,
          index =>
            `root ${index + 1} 0.${index % 9} 0.1 167${index} 11904 ? Ss Nov28 0:0${index % 9} /sbin/é${index}`,
        ),
      ]),
    },
  ],
]

describe('a thread of its own', () => {
  test.each(endedCommands)('says of %s what is said without it', async (_, ended) => {
    const here = analyseOutput({ parsers, knowledge: loadKnowledge() }, ended)
    expect(await inThread(ended)).toEqual(here)
    expect(here.parser).toBeDefined()
  })

  test('that cannot be started is told as that', async () => {
    const missing = analyseInThread(new URL('../../dist/no-such-thread.js', import.meta.url))
    const [, ended] = endedCommands[0] ?? []
    if (ended === undefined) throw new Error('There is no command to analyse.')
    await expect(missing(ended)).rejects.toThrow('no-such-thread')
  })
})
