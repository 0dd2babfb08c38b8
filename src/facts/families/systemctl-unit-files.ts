import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { listAt, parseJson, textAt } from './json-value.ts'
import { systemctlWords, unitFileStates } from './systemctl-command.ts'

const rowPattern = new RegExp(
  String.raw`^(\S+\.[a-z]+)\s+(${unitFileStates})(?:\s+(enabled|disabled|ignored|-))?\s*$`,
)

const unitOf = (
  name: string | undefined,
  enabled: string | undefined,
  preset: string | undefined,
): FactValue => record({ name, enabled, preset: preset === '-' || preset === '' ? undefined : preset })

const fromText = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const [, name, enabled, preset] = rowPattern.exec(text) ?? []
    return name === undefined ? [] : [{ line: number, value: unitOf(name, enabled, preset) }]
  })

const fromJson = (stdout: string): readonly Located<FactValue>[] => {
  return listAt(parseJson(stdout)).flatMap(entry => {
    const name = textAt(entry, 'unit_file')
    if (name === undefined) return []
    return [{ line: 1, value: unitOf(name, textAt(entry, 'state'), textAt(entry, 'preset')) }]
  })
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const text = stdout.trim()
  const rows = text.startsWith('[') ? fromJson(text) : fromText(linesOf(stdout))
  const none = /^0 unit files listed/m.test(text) || (text === '' && exitCode === 1)
  return rows.length > 0 || none ? listFact('units', rows) : nothing
}

/** Which units start at boot: `systemctl list-unit-files`, of systemd with and without the preset column, -o json; filtered too. */
export const systemctlUnitFiles: Parser = {
  name: 'systemctl-unit-files',
  gives: ['units'],
  recognises: argv => systemctlWords(argv)[0] === 'list-unit-files',
  recognisesText: text => /^UNIT FILE\s+STATE\b/m.test(text) || /^\d+ unit files listed/m.test(text),
  parse,
}
