import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords } from './systemctl-command.ts'

// A name does not begin with what draws the tree, so there is one way to read a line.
const row =
  /^([●○×↻*]?)[\s│├└─|`-]*([\w@:\\]\S*\.(?:service|socket|target|mount|automount|swap|timer|path|slice|scope|device))$/u

// Before version 247 only the colour of the one mark told the state.
const tellsStates = /^[○×↻]/mu

const activeOf: Readonly<Record<string, string>> = {
  '●': 'active',
  '○': 'inactive',
  '×': 'failed',
  '↻': 'activating',
}

const rowsOf = (stdout: string): readonly Located<FactValue>[] => {
  const isTold = tellsStates.test(stdout)
  return linesOf(stdout).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const [, mark = '', name] = row.exec(text) ?? []
    if (name === undefined) return []
    return [{ line: number, value: record({ name, active: isTold ? activeOf[mark] : undefined }) }]
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = rowsOf(stdout)
  return rows.length === 0 ? nothing : listFact('units', rows)
}

/** The units that a unit needs, itself first: `systemctl list-dependencies`, with the state that the mark tells since systemd 247. */
export const systemctlDependencies: Parser = {
  name: 'systemctl-dependencies',
  gives: ['units'],
  recognises: argv => systemctlWords(argv)[0] === 'list-dependencies',
  recognisesText: text => /^\S+\.(?:target|service)\n[●○×↻*]? [├└|`]/mu.test(text),
  parse,
}
