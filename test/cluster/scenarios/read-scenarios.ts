import { readFileSync } from 'node:fs'
import type { WorldName } from '../../../src/cluster/index.ts'

/** A line typed at a machine, and what its output must and must not show. */
export type TypedLine = {
  readonly on: string
  readonly line: string
  readonly shows: readonly RegExp[]
  readonly lacks: readonly RegExp[]
  readonly exit: number | undefined
}

/** A fault that no drill has: what is typed to bring it about, to look at it from all sides, and to undo it. */
export type Scenario = {
  readonly name: string
  readonly world: WorldName
  readonly lines: readonly TypedLine[]
}

type Draft = { -readonly [Key in keyof TypedLine]: TypedLine[Key] }

const expectation = (line: Draft, text: string): void => {
  const [, sign = '', wanted = ''] = /^ {2}([+-]|exit) (.*)$/.exec(text) ?? []
  if (sign === '+') line.shows = [...line.shows, new RegExp(wanted, 'm')]
  else if (sign === '-') line.lacks = [...line.lacks, new RegExp(wanted, 'm')]
  else if (sign === 'exit') line.exit = Number(wanted)
  else throw new Error(`neither a line to type nor an expectation: ${text}`)
}

const readScenario = (block: string): Scenario => {
  const [title = '', ...rows] = block.split('\n').filter(row => row !== '')
  const [, name = '', world = 'mks'] = /^(.*?)(?: \((mks|k3s|gravity)\))?$/.exec(title) ?? []
  const lines: Draft[] = []
  for (const row of rows) {
    const typed = /^([\w-]+)\$ (.*)$/.exec(row)
    const last = lines.at(-1)
    if (typed !== null)
      lines.push({ on: typed[1] ?? '', line: typed[2] ?? '', shows: [], lacks: [], exit: undefined })
    else if (last !== undefined) expectation(last, row)
  }
  return { name, world: world as WorldName, lines }
}

/**
 * Reads a file of scenarios: `# name (world)` begins one; `handle$ line` is typed at a machine, `{handle}` standing for a host name;
 * below it `  + pattern` must be seen, `  - pattern` must not, and `  exit N` is its status.
 */
export const readScenarios = (file: string): readonly Scenario[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^# /m)
    .slice(1)
    .map(readScenario)
