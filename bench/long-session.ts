import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeEvent, encodeHeader, type SessionEvent } from '../src/session/index.ts'
import type { Benchmark, Figure } from './figure.ts'
import { spreadOf } from './interleave.ts'
import { freshFolder, runtree } from './program.ts'
import { peakMegabytes, runForCost } from './run-process.ts'

const COMMANDS = 2_000
const OUTPUT_BYTES = 1e9 / COMMANDS
const MOST_RESUME_MS = 1_000
const MOST_REPORT_MS = 3_000
const MOST_MEGABYTES = 200

const stateDir = freshFolder()
const sessionId = '2026-11-21T10-20-30-000-long'
const folder = join(stateDir, 'sessions', sessionId)
const at = '2026-11-21T10:20:30.000Z'
const ref = { runbook: 'mks-node', step: 'disk' }
const header = {
  sessionId,
  tool: 'runtree 0.1.0',
  runbook: ref.runbook,
  digest: '',
  target: 'local',
  host: 'worker-2',
  startedAt: at,
  readOnly: false,
}

const line = (n: number): string =>
  `Nov 21 10:20:30 worker-2 kubelet[2214]: I1121 10:20:30.${n}    2214 kubelet.go:2460] "SyncLoop (PLEG): event for pod" pod="shop/cart-${n}"\n`

/** Half a megabyte of log lines, with a first one that makes it differ from every other. */
const outputOf = (run: number, rest: string): Buffer => Buffer.from(`run ${run}\n${rest}`)

const eventsOf = (run: number, text: Buffer): readonly SessionEvent[] => {
  const runId = `r${run}`
  const digest = createHash('sha256').update(text).digest('hex')
  writeFileSync(join(folder, 'bodies', `${digest}.txt`), text)
  const totalLines = text.toString('latin1').split('\n').length - 1
  const request = {
    runId,
    ref,
    commandId: undefined,
    line: `journalctl -u kubelet --since -${run}min`,
    effect: 'read',
    because: 'journalctl: reads the journal',
    place: undefined,
    mode: 'batch',
    timeoutMs: 30_000,
    cwd: undefined,
  } as const
  return [
    { type: 'run-requested', run: request },
    { type: 'run-started', runId },
    {
      type: 'run-finished',
      runId,
      outcome: { kind: 'exited', code: 0 },
      totalLines,
      totalBytes: text.length,
      body: { digest, stderrLines: [] },
    },
    { type: 'facts-derived', runId, parser: 'journalctl', facts: {}, lines: {}, diagnostics: [] },
    { type: 'findings-derived', runId, findings: [] },
    { type: 'branches-judged', ref, judgement: { verdicts: [], recommended: undefined } },
  ]
}

const writeSession = (): void => {
  mkdirSync(join(folder, 'bodies'), { recursive: true })
  let rest = ''
  for (let n = 0; rest.length < OUTPUT_BYTES; n += 1) rest += line(n)
  const events: SessionEvent[] = [
    { type: 'session-opened', header },
    { type: 'step-entered', ref, reason: 'start' },
  ]
  for (let run = 1; run <= COMMANDS; run += 1) events.push(...eventsOf(run, outputOf(run, rest)))
  const lines = events.map((event, index) => encodeEvent({ ...event, seq: index + 1, at }))
  writeFileSync(join(folder, 'journal.jsonl'), `${[encodeHeader(header), ...lines].join('\n')}\n`)
}

const report = (format: string): readonly string[] => [
  ...runtree,
  ...['report', sessionId, '--state-dir', stateDir, '--format', format],
  ...['--output', join(stateDir, 'report')],
]

// The end of the input leaves the session again at once: what is measured is getting there.
const resume = [...runtree, 'resume', sessionId, '--plain', '--target', 'local', '--state-dir', stateDir]

/** Whole processes over a session of 2,000 commands and 1 GB of output: time and memory of going on with it and of its reports. */
export const longSession: Benchmark = {
  rounds: 5,
  run: rounds => {
    writeSession()
    const figures: Figure[] = []
    const skipped: string[] = []
    const works = [
      { name: 'resume', argv: resume, limit: MOST_RESUME_MS },
      { name: 'report --format md', argv: report('md'), limit: MOST_REPORT_MS },
      { name: 'report --format html', argv: report('html'), limit: MOST_REPORT_MS },
    ]
    for (const { name, argv, limit } of works) {
      const title = `${name}, ${COMMANDS} commands and 1 GB of output`
      const costs = Array.from({ length: rounds }, () => runForCost(argv))
      const cpu = costs.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]))
      figures.push({ name: title, unit: 'ms', spread: spreadOf(costs.map(({ ms }) => ms)), limit })
      if (cpu.length > 0)
        figures.push({ name: `${title}, processor time`, unit: 'ms', spread: spreadOf(cpu) })
      const megabytes = peakMegabytes(argv)
      if (megabytes === undefined) skipped.push(`memory of ${name}: /usr/bin/time is missing`)
      else
        figures.push({
          name: `${title}, memory at most`,
          unit: 'MB',
          spread: spreadOf([megabytes]),
          limit: MOST_MEGABYTES,
        })
    }
    return { figures, skipped }
  },
}
