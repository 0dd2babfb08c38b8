import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/session/index.ts'
import { osc52 } from '../../../src/ui/control/osc-52.ts'
import { oneLine } from '../../../src/ui/present/one-line.ts'
import { presentRule } from '../../../src/ui/present/present-rule.ts'
import { readText } from '../../../src/ui/present/read-text.ts'
import { row, rowText } from '../../../src/ui/present/span.ts'
import { stepName } from '../../../src/ui/present/step-name.ts'
import { fullDisk, nodeContext, testInstant } from '../../kit/render-runbook.ts'
import { createFakeStore } from '../../kit/render-store.ts'

const runOf = (line: string, output: string): Run | undefined => {
  const store = createFakeStore({
    context: nodeContext,
    at: { runbook: 'node-checks', step: 'disk' },
    now: () => testInstant,
  })
  store.dispatch({ type: 'run-ad-hoc', line })
  store.print('r1', output)
  store.end('r1')
  return store.getSnapshot().session.runs.get('r1')
}

describe('readText', () => {
  it('says as what an output was read and what was in it', () => {
    expect(readText(runOf('df -h', fullDisk))).toBe('read as df · filesystems: 4')
  })

  it('says that a line was searched in part', () => {
    const long = `${fullDisk}\n${'x'.repeat(5_000)}`
    expect(readText(runOf('df -h', long))).toBe('long lines searched in part · read as df · filesystems: 4')
    expect(readText(runOf('cat notes', 'x'.repeat(5_000)))).toBe('long lines searched in part')
    expect(readText(runOf('cat notes', `\u001b[1m${'x'.repeat(4_096)}\u001b[0m`))).toBe('')
  })

  it('says nothing of a command that never ran', () => {
    const run = runOf('df -h', fullDisk)
    const outcome = { kind: 'not-started', reason: 'unreachable', message: 'no route' } as const
    expect(readText(run && { ...run, outcome })).toBe('')
  })

  it('says nothing of an output that no parser reads', () => {
    expect([readText(runOf('true', '')), readText(undefined)]).toEqual(['', ''])
  })
})

describe('presentRule', () => {
  const rule = (title: string, remark: string, width: number): string =>
    rowText(presentRule({ title: row(title), remarks: [row(remark)], width, isFocused: false }))

  it('keeps the remark beside a title that is too long', () => {
    expect(rule('A title that is far too long for this', 'step 1', 40)).toBe(
      '─ A title that is far too lo… ─ step 1 ─',
    )
  })

  it('cuts the end of a long remark, whose beginning says where one is', () => {
    expect(rule('Output of a command', '1–22 of 10,000,000 lines, not following', 60)).toBe(
      '─ Output of a com… ─ 1–22 of 10,000,000 lines, not follow… ─',
    )
  })

  it('gives the remark up where too little of the title would be left', () => {
    expect(rule('A title that is far too long', 'a long remark', 30)).toBe('─ A title that is far too l… ─')
  })

  it('says the fullest remark that leaves the title whole, else the shortest', () => {
    const remarks = ['reads on  command 1 of 5  step 11 of 73', 'reads on  step 11 of 73', 'reads on'].map(
      text => row(text),
    )
    const drawn = (title: string): string =>
      rowText(presentRule({ title: row(title), remarks, width: 60, isFocused: false }))
    expect(drawn('Pods')).toMatch(/─ reads on {2}command 1 of 5 {2}step 11 of 73 ─$/)
    expect(drawn('Pods that stay Pending')).toMatch(
      /^─ Pods that stay Pending ─+ reads on {2}step 11 of 73 ─$/,
    )
    expect(drawn('Is the device file there, and is it what it should be?')).toMatch(/…─? ─ reads on ─$/)
    const narrow = presentRule({
      title: row('Crashing containers, here'),
      remarks,
      width: 36,
      isFocused: false,
    })
    expect(rowText(narrow)).toBe('─ Crashing containers, here ────────')
  })

  it('cuts a title whose opening says what it is for the fullest remark beside it', () => {
    const remarks = ['1–2 of 15 lines · not following', '1–2 of 15 lines'].map(text => row(text))
    const drawn = (width: number): string =>
      rowText(
        presentRule({
          title: row('Output  ls /very/long/path'),
          remarks,
          opening: 10,
          width,
          isFocused: false,
        }),
      )
    expect(drawn(60)).toBe('─ Output  ls /very/long… ─ 1–2 of 15 lines · not following ─')
    expect(drawn(40)).toBe('─ Output  ls /very/… ─ 1–2 of 15 lines ─')
  })

  it('is heavier where the keys go', () => {
    expect(rowText(presentRule({ title: row('Output'), remarks: [], width: 14, isFocused: true }))).toBe(
      '━ Output ━━━━━',
    )
  })
})

describe('oneLine', () => {
  it('shows line ends, and never a control character', () => {
    expect(oneLine('for i in 1\n  do\tx\x1b[2J')).toBe('for i in 1 ⏎ do x?[2J')
  })
})

describe('stepName', () => {
  it('puts the number in front once', () => {
    expect(stepName({ number: '2.2', title: 'Disk' })).toBe('2.2 Disk')
    expect(stepName({ number: '2.2', title: '2.2 Disk' })).toBe('2.2 Disk')
    expect(stepName({ number: undefined, title: 'Disk' })).toBe('Disk')
  })
})

describe('osc52', () => {
  it('carries any text to the clipboard in base64', () => {
    expect(osc52('日本 $x')).toBe(`\x1b]52;c;${Buffer.from('日本 $x').toString('base64')}\x07`)
  })
})
