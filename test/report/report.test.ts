import { describe, expect, it } from 'vitest'
import type { CapturedOutput } from '../../src/base/index.ts'
import {
  composeReport,
  presentJunit,
  presentPrometheus,
  presentReportHtml,
  presentReportMarkdown,
  presentReportText,
} from '../../src/report/index.ts'
import { begun, branch, command, contextOf, dfOutput, header, printed, step, tree } from '../session/kit.ts'

const hostile = '<script>alert(1)</script> | `x` \u001B[31mred\u001B[0m'
const context = contextOf(
  tree('node', [
    step('disk', {
      title: 'Disk & <space>',
      layer: 'node',
      commands: [command('disk/1', 'df -h'), command('disk/2', 'curl -X POST http://10.0.0.1/x | cat')],
      branches: [
        branch({ kind: 'cause', id: 'disk-full' }, 'free'),
        branch({ kind: 'cause', id: 'clock-step' }, 'network'),
        branch({ kind: 'otherwise' }, 'network'),
      ],
    }),
    step('free', { title: 'Free space' }),
    step('network', { title: 'Network' }),
  ]),
)

/** A triage that finds a full disk, deletes something with an approval, and goes on to the repair. */
const told = () => {
  const play = begun(context, 'disk')
  play.go({ type: 'run-command', commandId: 'disk/1' })
  play.finish(`${dfOutput(96)}${hostile}\n`)
  play.go({ type: 'run-command', commandId: 'disk/2' })
  play.go({ type: 'answer-approval', answer: 'run' })
  play.finish('', { kind: 'lost', message: 'the connection was lost' })
  play.go({ type: 'add-note', text: 'asked the *owner*' })
  play.go({ type: 'take-recommended' })
  play.go({ type: 'close', status: 'problem-found' })
  const outputs: Readonly<Record<string, CapturedOutput>> = { r1: printed(`${dfOutput(96)}${hostile}\n`) }
  return composeReport({
    header,
    events: play.events(),
    session: play.session(),
    library: context.library,
    outputOf: run => outputs[run.runId],
  })
}

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

  it('tells what was changed, on which machine, and that nobody wrote down how to undo it', () => {
    const report = told()
    expect(report.changes.map(({ line, host, outcome }) => ({ line, host, outcome }))).toEqual([
      {
        line: 'curl -X POST http://10.0.0.1/x | cat',
        host: 'worker-2',
        outcome: 'lost: the connection was lost',
      },
    ])
    expect(presentReportMarkdown(report)).toMatch(/on worker-2: `curl .*How to undo it is not written down/)
  })

  it('is the same for the same journal', () => {
    expect(told()).toEqual(told())
  })

  it('promises nothing about secrets', () => {
    for (const present of [presentReportMarkdown, presentReportText, presentReportHtml])
      expect(present(told())).toContain('read it before you send it')
  })
})

describe('the page', () => {
  const page = presentReportHtml(told())

  it('holds no script, and nothing that a browser would fetch', () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base)\b/i)
    expect(page).not.toMatch(/\b(?:src|srcset|action|formaction)\s*=|url\(|@import|http-equiv="refresh"/i)
    expect([...page.matchAll(/\bhref="([^"]*)"/g)].every(([, to]) => to?.startsWith('#'))).toBe(true)
    expect(page).toContain("default-src 'none'")
  })

  it('shows what outputs and titles hold as text', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | `x` red')
    expect(page).toContain('Disk &amp; &lt;space&gt;')
  })

  it('leads from each piece of evidence to the output that holds it', () => {
    const ids = new Set([...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id))
    for (const [, to] of page.matchAll(/\bhref="#([^"]*)"/g)) expect(ids).toContain(to)
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, close, name = '', rest = ''] of page.matchAll(
      /<(\/?)([a-z][a-z0-9]*)\b((?:[^>"]|"[^"]*")*)>/g,
    )) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (!rest.endsWith('/') && name !== 'meta') open.push(name)
    }
    expect(open).toEqual([])
  })
})

describe('the report in Markdown', () => {
  it('keeps tables and fences whole, whatever commands and outputs hold', () => {
    const text = presentReportMarkdown(told())
    expect(text).toContain('`curl -X POST http://10.0.0.1/x \\| cat`')
    expect(text).toContain('asked the \\*owner\\*')
    expect(text).toMatch(/^```text\n(?:.*\n)+?```$/m)
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
