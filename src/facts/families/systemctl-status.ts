import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { capture } from '../text/capture.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { readJournal } from './journal-lines.ts'
import { systemctlWords, unitName } from './systemctl-command.ts'

type Block = { readonly name: string; readonly description: string; readonly lines: readonly TextLine[] }

const title = /^[●○×↻✘*✓x]?\s*(\S+\.[a-z]+)(?: - (.*))?$/
// Where a text was copied the indentation may be gone.
const loadedLine = /^\s*Loaded: /
const activeLine = /^\s*Active: \S/

const blocksOf = (lines: readonly TextLine[]): readonly Block[] => {
  const starts = lines.flatMap((line, index) =>
    title.test(line.text) && loadedLine.test(lines[index + 1]?.text ?? '') ? [index] : [],
  )
  return starts.map((start, index) => {
    const match = title.exec(lines[start]?.text ?? '')
    const name = match?.[1] ?? ''
    return { name, description: match?.[2] ?? name, lines: lines.slice(start, starts[index + 1]) }
  })
}

const keyed = /^\s*([A-Z][A-Za-z ]*?|IP|IO|CPU): +(.*)$/

const fieldsOf = (block: Block): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  for (const { text } of block.lines) {
    const match = keyed.exec(text)
    if (match?.[1] !== undefined && !fields.has(match[1])) fields.set(match[1], match[2] ?? '')
  }
  return fields
}

const toNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

// `Loaded: loaded (/etc/systemd/system/x.service; enabled; preset: enabled)`
const loadOf = (loaded: string) => ({
  load: capture(loaded, /^(\S+)/),
  enabled: capture(loaded, /^loaded \([^;)]*; ([\w-]+)[;)]/),
  preset: capture(loaded, /; (?:vendor )?preset: ([\w-]+)\)/),
})

// `Active: activating (auto-restart) (Result: exit-code) since Sat 2026-11-21 06:10:39 UTC; 9s ago`
const activeOf = (line: string) => {
  const active = capture(line, /^(\S+)/)
  return {
    active,
    sub: capture(line, /^\S+ \((?!Result)([\w-]+)\)/) ?? (active === 'failed' ? 'failed' : undefined),
    result: capture(line, /\(Result: ([\w-]+)\)/),
    since: parseInstant(capture(line, /since (.*?)(?:;|$)/) ?? ''),
  }
}

const processOf = (fields: ReadonlyMap<string, string>) => {
  const main = fields.get('Main PID')
  const exited = main ?? fields.get('Process')
  return {
    mainPid: toNumber(capture(main, /^(\d+)/)),
    exitCode: toNumber(capture(exited, /code=exited, status=(\d+)/)),
    signal: capture(exited, /code=(?:killed|dumped), signal=(\w+)/),
  }
}

const unitOf = (block: Block): FactValue => {
  const fields = fieldsOf(block)
  const text = block.lines.map(line => line.text).join('\n')
  // The lines of a slice or of init.scope speak of other units too.
  const counters = [...text.matchAll(/ (\S+): Scheduled restart job, restart counter is at (\d+)/g)].filter(
    ([, unit]) => unit === block.name,
  )
  return record({
    name: block.name,
    ...loadOf(fields.get('Loaded') ?? ''),
    ...activeOf(fields.get('Active') ?? ''),
    description: block.description,
    ...processOf(fields),
    restarts: toNumber(counters.at(-1)?.[2]),
    status: capture(fields.get('Status'), /^"?(.+?)"?$/),
    memory: parseSize(capture(fields.get('Memory'), /^(\S+)/) ?? ''),
    tasks: toNumber(capture(fields.get('Tasks'), /^(\d+)/)),
  })
}

const unitRow = (block: Block): Located<FactValue> => {
  const said = block.lines.find(line => activeLine.test(line.text))
  return { line: said?.number ?? block.lines[0]?.number ?? 0, value: unitOf(block) }
}

const absentPattern = /Unit (\S+?) could not be found|Unit (\S+?) not found/g

const absentUnits = ({ stdout, stderr }: ParserInput): readonly Located<FactValue>[] =>
  [...`${stderr}\n${stdout}`.matchAll(absentPattern)].map(match => {
    const name = unitName(match[1] ?? match[2] ?? '')
    return { line: 0, value: { name, load: 'not-found', active: 'inactive', sub: 'dead' } }
  })

// `systemctl status a b | grep Active` leaves one line a unit, in the order in which they were named.
const activeAlone = (lines: readonly TextLine[], { argv }: ParserInput): readonly Located<FactValue>[] => {
  const units = systemctlWords(argv).slice(1)
  const found = lines.filter(({ text }) => activeLine.test(text))
  if (found.length !== units.length) return []
  return found.map(({ number, text }, index) => ({
    line: number,
    value: record({ name: unitName(units[index] ?? ''), ...activeOf(text.replace(/^\s*Active: /, '')) }),
  }))
}

// Without a unit it tells of the machine.
const machine = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^ +State: [a-z]+$/.test(text))
  return line === undefined
    ? nothing
    : singleFact('systemState', { line: line.number, value: line.text.replace(/^ +State: /, '') })
}

const parse = (input: ParserInput): Parsed => {
  const lines = linesOf(input.stdout)
  const blocks = blocksOf(lines).map(unitRow)
  const rows = [...(blocks.length > 0 ? blocks : activeAlone(lines, input)), ...absentUnits(input)]
  return rows.length === 0 ? machine(lines) : combine([listFact('units', rows), readJournal(lines)])
}

/** One or more units with their newest journal lines: `systemctl status`, systemd 219 and newer; units that do not exist too. */
export const systemctlStatus: Parser = {
  name: 'systemctl-status',
  gives: ['units', 'journal', 'systemState'],
  recognises: argv => systemctlWords(argv)[0] === 'status',
  recognisesText: text => /^[ \t]*Loaded: \S/m.test(text) && /^[ \t]*Active: \S/m.test(text),
  parse,
}
