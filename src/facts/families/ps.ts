import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { memoryCell, programOf } from './process-rows.ts'

const auTitles = ['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME', 'COMMAND']
const efTitles = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD']

const isHeader = (text: string): boolean =>
  /(?:^|\s)PID(?:\s|$)/.test(text) && /(?:COMMAND|CMD|COMM)\s*$/.test(text)

// `grep` behind ps takes the header away; then the options tell which columns there are.
const titlesWithout = (argv: CommandWords): readonly string[] =>
  argv.some(word => /^-[a-zA-Z]*[ef]/.test(word)) ? efTitles : auTitles

// The last column is the command line with blanks in it; all before it are single words.
const cellsOf = (text: string, titles: readonly string[]): ReadonlyMap<string, string> | undefined => {
  const words = text.trim().split(/\s+/)
  if (words.length < titles.length) return undefined
  const last = titles.length - 1
  const pattern = new RegExp(String.raw`^\s*(?:\S+\s+){${last}}`)
  const command = text.replace(pattern, '')
  return new Map(titles.map((title, index) => [title, index === last ? command : (words[index] ?? '')]))
}

const processOf = (cells: ReadonlyMap<string, string>): FactValue | undefined => {
  const pid = parseNumber(cells.get('PID'))
  if (pid === undefined) return undefined
  const command = (cells.get('COMMAND') ?? cells.get('CMD') ?? cells.get('COMM') ?? '').trim()
  return record({
    pid,
    parentPid: parseNumber(cells.get('PPID')),
    user: cells.get('USER') ?? cells.get('UID'),
    cpuPercent: parseNumber(cells.get('%CPU')),
    memoryPercent: parseNumber(cells.get('%MEM')),
    memory: memoryCell(cells.get('RSS')),
    state: cells.get('STAT') ?? cells.get('S'),
    program: programOf(command),
    command,
  })
}

const rowsOf = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  let titles = titlesWithout(argv)
  const rows: Located<FactValue>[] = []
  for (const { number, text } of lines) {
    if (isHeader(text)) titles = text.trim().split(/\s+/)
    else {
      const cells = cellsOf(text, titles)
      const value = cells === undefined ? undefined : processOf(cells)
      if (value !== undefined) rows.push({ line: number, value })
    }
  }
  return rows
}

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  const rows = rowsOf(linesOf(stdout), argv)
  const filteredAway = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || filteredAway ? listFact('processes', rows) : nothing
}

/** Processes: `ps aux`, `ps -ef`, `ps -o …`; behind grep too, where the header is gone. */
export const ps: Parser = {
  name: 'ps',
  gives: ['processes'],
  recognises: argv => argv[0] === 'ps',
  recognisesText: text => isHeader(text.trimStart().split('\n', 1)[0] ?? ''),
  parse,
}
