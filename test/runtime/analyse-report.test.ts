import { describe, expect, test } from 'vitest'
import type { CapturedOutput, OutputLine } from '../../src/base/index.ts'
import { compileKnowledge } from '../../src/diagnosis/index.ts'
import { parsers } from '../../src/facts/index.ts'
import { analyseReport, type Report } from '../../src/runtime/analyse-report.ts'
import { lazyLines } from '../../src/runtime/lazy-lines.ts'
import { type Analysis, analyseOutput } from '../../src/session/index.ts'

const tools = { parsers, knowledge: compileKnowledge([]) }
const command = 'uptime'
const said = ' 06:17:42 up 12 days,  3:04,  1 user,  load average: 9.50, 4.25, 2.00'

/** An output of so many lines, of which only the last says something; its lines are made when they are looked at. */
const reportOf = (length: number): Report => {
  const line = (index: number): OutputLine => ({
    number: index + 1,
    stream: 'stdout',
    text: index === length - 1 ? said : `line ${index}`,
  })
  const output: CapturedOutput = {
    firstLine: 1,
    lines: lazyLines(length, line),
    totalLines: length,
    totalBytes: 1,
  }
  return {
    type: 'report-outcome',
    runId: 'r1',
    output,
    outcome: { kind: 'exited', code: 0 },
    body: undefined,
    at: '2026-11-29T06:17:43Z',
  }
}

const elsewhere: Analysis = { parser: undefined, facts: {}, lines: new Map(), diagnostics: [], findings: [] }

describe('a report on a command', () => {
  test('of a few lines is left to whoever decides, with its lines made', async () => {
    const analysed = await analyseReport(tools, command, reportOf(3))
    expect(analysed.analysis).toBeUndefined()
    expect(analysed.output.lines.map(({ text }) => text)).toEqual(['line 0', 'line 1', said])
  })

  test('of many lines says what they say', async () => {
    const report = reportOf(3_000)
    const { analysis } = await analyseReport(
      { ...tools, analyseApart: async () => elsewhere },
      command,
      report,
    )
    expect(analysis).toEqual(analyseOutput(tools, { command, ...report }))
    expect(analysis).not.toEqual(elsewhere)
  })

  test('of very many is analysed apart', async () => {
    const asked: number[] = []
    const analyseApart = async ({ output }: { readonly output: CapturedOutput }): Promise<Analysis> => {
      asked.push(output.lines.length)
      return elsewhere
    }
    const analysed = await analyseReport({ ...tools, analyseApart }, command, reportOf(30_000))
    expect(analysed.analysis).toBe(elsewhere)
    expect(asked).toEqual([30_000])
  })

  test('of very many is analysed here where that fails', async () => {
    const report = reportOf(12_000)
    const analyseApart = async (): Promise<Analysis> => Promise.reject(new Error('no thread'))
    const { analysis } = await analyseReport({ ...tools, analyseApart }, command, report)
    expect(analysis).toEqual(analyseOutput(tools, { command, ...report }))
  })
})
