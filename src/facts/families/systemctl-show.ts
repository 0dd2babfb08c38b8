import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords, unitName } from './systemctl-command.ts'

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const signals: Readonly<Record<string, string>> = {
  '1': 'HUP',
  '2': 'INT',
  '3': 'QUIT',
  '4': 'ILL',
  '6': 'ABRT',
  '7': 'BUS',
  '8': 'FPE',
  '9': 'KILL',
  '11': 'SEGV',
  '13': 'PIPE',
  '14': 'ALRM',
  '15': 'TERM',
}

// The code says how the process ended: 1 by itself, 2 and 3 by a signal. Where it was not asked for the result tells.
const endOf = (fields: ReadonlyMap<string, string>) => {
  const [code, status] = [fields.get('ExecMainCode'), fields.get('ExecMainStatus')]
  const exited = code === undefined ? fields.get('Result') === 'exit-code' : code === '1' || code === 'exited'
  const killed = code === '2' || code === '3'
  return { exitCode: exited ? whole(status) : undefined, signal: killed ? signals[status ?? ''] : undefined }
}

const timestamps: Readonly<Record<string, string>> = {
  active: 'ActiveEnterTimestamp',
  reloading: 'ActiveEnterTimestamp',
  inactive: 'InactiveEnterTimestamp',
  failed: 'InactiveEnterTimestamp',
  activating: 'InactiveExitTimestamp',
  deactivating: 'ActiveExitTimestamp',
}

const sinceOf = (fields: ReadonlyMap<string, string>): string | undefined =>
  parseInstant(fields.get(timestamps[fields.get('ActiveState') ?? ''] ?? '') ?? '')

// systemd 219 prints the largest number that there is where it does not count.
const counted = (text: string | undefined): number | undefined =>
  text === '18446744073709551615' ? undefined : whole(text)

const unitOf = (fields: ReadonlyMap<string, string>): FactValue =>
  record({
    name: fields.get('Id'),
    load: fields.get('LoadState'),
    active: fields.get('ActiveState'),
    sub: fields.get('SubState'),
    enabled: fields.get('UnitFileState') || undefined,
    preset: fields.get('UnitFilePreset') || undefined,
    description: fields.get('Description'),
    result: fields.get('Result'),
    mainPid: whole(fields.get('MainPID')) || undefined,
    since: sinceOf(fields),
    ...endOf(fields),
    status: fields.get('StatusText') || undefined,
    restarts: whole(fields.get('NRestarts')),
    memory: counted(fields.get('MemoryCurrent')),
    tasks: counted(fields.get('TasksCurrent')),
  })

// Units are told apart by blank lines; their names stand in Id.
const blocksOf = (stdout: string): readonly Located<string>[] => {
  const lines = stdout.split('\n')
  const starts = lines.flatMap((text, index) =>
    text !== '' && (lines[index - 1] ?? '') === '' ? [index] : [],
  )
  return starts.map((start, index) => ({
    line: start + 1,
    value: lines.slice(start, starts[index + 1]).join('\n'),
  }))
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const given = systemctlWords(argv).slice(1)
  const rows = blocksOf(stdout).flatMap(({ line, value }, index): readonly Located<FactValue>[] => {
    const fields = new Map(
      [...value.matchAll(/^(\w+)=(.*)$/gm)].map(match => [match[1] ?? '', match[2] ?? '']),
    )
    if (!fields.has('Id') && given[index] !== undefined) fields.set('Id', unitName(given[index]))
    return fields.has('ActiveState') || fields.has('SubState') ? [{ line, value: unitOf(fields) }] : []
  })
  return rows.length === 0 ? nothing : listFact('units', rows)
}

/** Properties of units: `systemctl show`, with at least ActiveState or SubState among them. */
export const systemctlShow: Parser = {
  name: 'systemctl-show',
  gives: ['units'],
  recognises: argv => systemctlWords(argv)[0] === 'show',
  recognisesText: text => /^ActiveState=/m.test(text) && /^Id=/m.test(text),
  parse,
}
