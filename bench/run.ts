import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { autoDrill } from './auto-drill.ts'
import { documents } from './documents.ts'
import { drillCommands } from './drill-commands.ts'
import { explainJournal } from './explain-journal.ts'
import type { Benchmark, Report } from './figure.ts'
import { firstFrame } from './first-frame.ts'
import { flood } from './flood.ts'
import { hostilePatterns } from './hostile-patterns.ts'
import { largeOutput } from './large-output.ts'
import { longSession } from './long-session.ts'
import { isBeyond, presentReport } from './present-report.ts'
import { root } from './program.ts'
import { searchKeys } from './search-keys.ts'
import { slopes } from './slopes.ts'
import { sshCommand } from './ssh-command.ts'
import { startUp } from './start-up.ts'
import { stopping } from './stopping.ts'
import { writeFigures } from './write-figures.ts'

/** Every benchmark by its name. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  'start-up': startUp,
  'first-frame': firstFrame,
  'drill-commands': drillCommands,
  'auto-drill': autoDrill,
  'explain-journal': explainJournal,
  'ssh-command': sshCommand,
  flood,
  'hostile-patterns': hostilePatterns,
  documents,
  'search-keys': searchKeys,
  stopping,
  slopes,
  'large-output': largeOutput,
  'long-session': longSession,
}

const usage = `npm run bench -- [NAME …] [--rounds N] [--short] [--json] [--docs]
--short leaves out what takes long, --docs puts the figures into docs/performance.md.
Names: ${Object.keys(benchmarks).join(', ')}. Figures are min/median/max; the exit code is 1 when a median is 25 % beyond its limit, in the short form when a ratio's is.`

const machine = () => ({
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  load: loadavg()[0]?.toFixed(1),
})

const run = async (names: readonly string[], rounds: number | undefined): Promise<Record<string, Report>> => {
  const reports: Record<string, Report> = {}
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (names.length > 0 && !names.includes(name)) continue
    const ofForm = form === 'short' ? benchmark.shortRounds : benchmark.rounds
    if (ofForm === undefined) continue
    reports[name] = await benchmark.run(rounds ?? ofForm, form)
    if (!values.json) console.log(presentReport(name, reports[name]))
  }
  return reports
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
})
const form = values.short ? 'short' : 'whole'
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
const isKnown = positionals.every(name => name in benchmarks)
if (!isKnown || (rounds !== undefined && !(rounds >= 1))) {
  console.error(usage)
  process.exitCode = 2
} else {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-stale'], { stdio: 'inherit' })
  if (!values.json) console.log(Object.values(machine()).join(', '))
  const reports = await run(positionals, rounds)
  if (values.json) console.log(JSON.stringify({ machine: machine(), reports }, undefined, 2))
  if (values.docs) writeFigures(reports, machine())
  const figures = Object.values(reports).flatMap(report => report.figures)
  // What is measured shortly, and on any machine, says something about ratios only.
  const judged = form === 'short' ? figures.filter(({ unit }) => unit === 'x') : figures
  if (judged.some(isBeyond)) process.exitCode = 1
}
