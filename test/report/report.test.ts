import { describe, expect, it } from 'vitest'
import {
  presentJunit,
  presentPrometheus,
  presentReportHtml,
  presentReportMarkdown,
  presentReportText,
} from '../../src/report/index.ts'
import { begun, dfOutput } from '../session/kit.ts'
import { context, reportOf, told } from './kit.ts'

describe('a report', () => {
  it('tells the cause with what shows it, the way with what was ruled out, and what is not known', () => {
    const report = told()
    expect(report).toMatchObject({
      status: 'problem-found',
      causes: [{ id: 'disk-full', evidence: [{ text: expect.stringContaining('96'), run: 'r1' }] }],
      path: [
        {
          id: 'node#disk',
          layer: 'node',
          ways: [
            { to: 'Free space', status: 'holds', taken: true },
            { to: 'Network', status: 'fails', taken: false },
            { taken: false },
          ],
        },
        { id: 'node#free' },
      ],
      notes: [{ text: 'asked the *owner*', step: 'disk' }],
    })
    expect(report.unknown).toContain(
      'What "curl -X POST http://10.0.0.1/x | cat" would have shown: lost: the connection was lost.',
    )
  })

  it('says of a way that was ruled out no more than why, and nothing of the way for all other cases', () => {
    const text = presentReportMarkdown(told())
    expect(text).toContain('ruled out, no sign of it: ')
    expect(text).not.toContain('another branch holds')
  })

  it('tells what was changed, on which machine, and that nobody wrote down how to undo it', () => {
    const report = told()
    expect(report.changes.map(({ line, host, outcome }) => ({ line, host, outcome }))).toEqual([
      {
        line: 'curl -X POST http://10.0.0.1/x | cat',
        host: 'worker-2',
        outcome: 'lost: the connection was lost',
      },
    ])
    expect(presentReportMarkdown(report)).toMatch(
      /on worker-2, r2: `curl .*May have changed something. How to undo it is not written down/,
    )
  })

  it('tells when the cause showed, that nobody looked since, and what to hand over', () => {
    const { times, impact, handOver, rootCause, redaction } = told()
    expect(rootCause).toBe('disk-full')
    expect(times).toMatchObject({ firstSign: '2026-11-21T10:20:31.000Z', goneSince: undefined })
    expect(impact[0]).toMatch(
      /^A filesystem is full: seen on worker-2, last shown at .* and not looked at since/,
    )
    expect(handOver.join('\n')).toMatch(/It stands at "Free space" \(node#free\)/)
    expect(handOver.join('\n')).toContain('r2 on worker-2: curl -X POST')
    expect(redaction.complete).toBe(false)
  })

  it('says that a cause is gone only when a command that had shown it was run again without it', () => {
    const again = (usePercent: number) => {
      const play = begun(context, 'disk')
      for (const percent of [96, usePercent]) {
        play.go({ type: 'run-command', commandId: 'disk/1' })
        play.finish(dfOutput(percent))
      }
      return reportOf({ events: play.events(), session: play.session() }).causes[0]
    }
    expect(again(40)).toMatchObject({ lastSeen: { run: 'r1' }, goneSince: { run: 'r2' } })
    expect(again(97)).toMatchObject({ lastSeen: { run: 'r2' }, goneSince: undefined })
  })

  it('tells what was refused, and that an output is no longer kept', () => {
    const play = begun(context, 'disk')
    play.go({ type: 'run-command', commandId: 'disk/1' })
    play.finish(dfOutput(40))
    play.go({ type: 'run-command', commandId: 'disk/2' })
    play.go({ type: 'answer-approval', answer: 'no' })
    const report = reportOf({ events: play.events(), session: play.session() })
    expect(report.refused).toMatchObject([{ line: 'curl -X POST http://10.0.0.1/x | cat', host: 'worker-2' }])
    expect(report.changes).toEqual([])
    expect(presentReportMarkdown(report)).toMatch(/Refused: .*`curl[\s\S]*2 lines no longer kept/)
    expect(presentReportHtml(report)).toContain('2 lines, no longer kept.')
  })

  it('is the same for the same journal', () => {
    expect(told()).toEqual(told())
  })

  it('promises nothing about secrets', () => {
    for (const present of [presentReportMarkdown, presentReportText, presentReportHtml])
      expect(present(told())).toContain('read it before you send it')
  })
})

describe('what other programs read', () => {
  it('is JUnit XML with a case for each step, a failure for each cause, and an error for what could not be run', () => {
    const xml = presentJunit(told())
    expect(xml).toContain('tests="2" failures="1" errors="1"')
    expect(xml).toMatch(
      /<testcase classname="node" name="Disk &amp; &lt;space&gt;"[^>]*><failure type="disk-full"/,
    )
    expect(xml).toContain(
      '<error type="not-run" message="curl -X POST http://10.0.0.1/x | cat: lost: the connection was lost"/>',
    )
    expect(xml).toMatch(/<testcase classname="node" name="Free space" time="0\.000"\/>/)
  })

  it.each([
    ['a step of the same id in another runbook', 'other#disk'],
    ['another visit', 'node#disk'],
  ])('counts a run once, not again at %s', (_, id) => {
    const report = told()
    const [first] = report.path
    const xml = presentJunit({
      ...report,
      path: first === undefined ? [] : [...report.path, { ...first, title: 'Again', id }],
    })
    expect(xml).toContain('tests="3" failures="1" errors="1"')
    expect(xml).toMatch(/name="Again" time="0\.000"\/>/)
  })

  it('is metrics with a sample for each cause', () => {
    const text = presentPrometheus(told())
    expect(text).toContain(
      'runtree_finding{runbook="node",host="worker-2",cause="disk-full",layer="infra",severity="error"} 1\n',
    )
    expect(text).toMatch(/^runtree_end_time_seconds\{runbook="node",host="worker-2"\} \d+(?:\.\d+)?$/m)
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+\{[^}]*\} \S+)$/)
  })
})
