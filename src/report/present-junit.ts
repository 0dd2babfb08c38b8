import { escapeMarkup } from './escape-markup.ts'
import { runsAt } from './runs-at.ts'
import type { Report, ReportRun, ReportStep } from './types.ts'

// XML 1.0 takes no other control characters, not even as entities.
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const xml = (text: string): string => escapeMarkup(text.replace(forbidden, '?'))

const secondsOf = (runs: readonly ReportRun[]): string =>
  runs.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(3)

type Case = { readonly text: string; readonly failed: boolean; readonly broken: boolean }

/** A cause counts where it was shown first, so that a later step that shows it again does not fail a second time. */
const caseOf = ({ causes }: Report, step: ReportStep, runs: readonly ReportRun[]): Case => {
  const [runbook = ''] = step.id.split('#')
  const here = new Set(runs.map(run => run.id))
  const failures = causes.filter(({ evidence: [first] }) => first !== undefined && here.has(first.run))
  const broken = runs.filter(({ exit }) => exit === undefined)
  const body = [
    ...failures.map(
      ({ id: cause, title, evidence }) =>
        `<failure type="${xml(cause)}" message="${xml(title)}">${xml(evidence.map(({ text }) => text).join('\n'))}</failure>`,
    ),
    ...broken.map(({ line, outcome }) => `<error type="not-run" message="${xml(`${line}: ${outcome}`)}"/>`),
  ]
  const head = `<testcase classname="${xml(runbook)}" name="${xml(step.title)}" time="${secondsOf(runs)}"`
  return {
    text: body.length === 0 ? `    ${head}/>` : `    ${head}>${body.join('')}</testcase>`,
    failed: failures.length > 0,
    broken: broken.length > 0,
  }
}

/** A report as JUnit XML: a test case for each step, a failure for each cause, an error for each command that could not be run. */
export const presentJunit = (report: Report): string => {
  const { path } = report
  const cases = path.map((step, index) => {
    const isFirstVisit = path.findIndex(({ id }) => id === step.id) === index
    return caseOf(report, step, isFirstVisit ? runsAt(report, step) : [])
  })
  const count = (is: (one: Case) => boolean): number => cases.filter(is).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${xml(`runtree ${report.runbook.name}`)}" hostname="${xml(report.session.host)}" timestamp="${report.startedAt.slice(0, 19)}" tests="${cases.length}" failures="${count(({ failed }) => failed)}" errors="${count(({ broken }) => broken)}" time="${secondsOf(report.runs)}">`,
    ...cases.map(({ text }) => text),
    `    <system-out>${xml(report.summary.join('\n'))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
