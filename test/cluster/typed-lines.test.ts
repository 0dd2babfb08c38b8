import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openShell } from './kit.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/cluster/text-tools/${name}`, import.meta.url), 'utf8')

/** A line as it was typed, and what bash and the GNU tools of Debian 12 answered; jq is that of jq 1.6. */
type Recorded = {
  readonly line: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** `$` stands before a line, `|` and `!` before what it printed on each stream, `~` where the last line had no end, `=` before its status. */
const readRecorded = (block: string): Recorded => {
  const [line = '', ...rows] = block.split('\n').filter((row, at) => at === 0 || row !== '')
  const printed = (mark: string): string =>
    rows.flatMap(row => (row.startsWith(mark) ? [`${row.slice(2)}\n`] : [])).join('')
  const stdout = rows.includes('~') ? printed('|').replace(/\n$/, '') : printed('|')
  const exit = rows.find(row => row.startsWith('='))
  return { line, stdout, stderr: printed('!'), exit: Number(exit?.slice(2) ?? 0) }
}

it('answers what was typed in a folder of small files as the real tools did', async () => {
  const shell = openShell()
  await shell.run(`mkdir -p /tmp/dtx; cd /tmp/dtx\n${fixture('files.sh')}`)
  const recorded = fixture('recorded.txt').split(/^\$ /m).slice(1).map(readRecorded)
  for (const { line, ...wanted } of recorded)
    expect({ line, ...(await shell.run(line)) }).toMatchObject({ line, ...wanted })
}, 60_000)
