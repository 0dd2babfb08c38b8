import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { autoDrill } from './auto-drill.ts'
import { drillCommands } from './drill-commands.ts'
import { explainJournal } from './explain-journal.ts'
import type { Benchmark, Report } from './figure.ts'
import { firstFrame } from './first-frame.ts'
import { isBeyond, presentReport } from './present-report.ts'
import { root } from './program.ts'
import { sshCommand } from './ssh-command.ts'
import { startUp } from './start-up.ts'

/** Every benchmark by its name. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  'start-up': startUp,
  'first-frame': firstFrame,
  'drill-commands': drillCommands,
  'auto-drill': autoDrill,
  'explain-journal': explainJournal,
  'ssh-command': sshCommand,
}

const usage = `npm run bench -- [NAME …] [--rounds N] [--json]
Names: ${Object.keys(benchmarks).join(', ')}. Figures are min/median/max; the exit code is 1 when a median is 25 % beyond its limit.`

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
    reports[name] = await benchmark.run(rounds ?? benchmark.rounds)
    if (!values.json) console.log(presentReport(name, reports[name]))
  }
  return reports
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } },
})
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
  const figures = Object.values(reports).flatMap(report => report.figures)
  if (figures.some(isBeyond)) process.exitCode = 1
}
