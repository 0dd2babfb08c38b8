import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { benchExplainJournal } from './explain-journal.ts'

/** Every benchmark by its name. Names on the command line choose; figures are min/median/max of interleaved runs. */
const benchmarks: Readonly<Record<string, () => void>> = { 'explain-journal': benchExplainJournal }

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}`,
  )
  process.exitCode = 2
} else {
  const build = fileURLToPath(new URL('../scripts/build.ts', import.meta.url))
  execFileSync(process.execPath, [build, '--if-stale'], { stdio: 'inherit' })
  for (const [name, run] of Object.entries(benchmarks))
    if (wanted.length === 0 || wanted.includes(name)) run()
}
