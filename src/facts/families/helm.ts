import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { lineOf, listAt, numberAt, parseJson, textAt } from './json-value.ts'
import { carriedWords } from './kubectl-command.ts'
import { asNumber, asText, matching } from './row-readers.ts'
import { type TableKind, tableFacts } from './table-facts.ts'

const tables: readonly TableKind[] = [
  {
    fact: 'releases',
    header: /^NAME\|(?:NAMESPACE\|)?REVISION\|UPDATED\|STATUS/,
    columns: {
      NAME: asText('name'),
      NAMESPACE: asText('namespace'),
      REVISION: asNumber('revision'),
      // Helm 2 prints `Tue Apr 30 21:34:10 2019`, Helm 3 an instant with its zone.
      UPDATED: cell => ({ updated: parseInstant(cell) ?? cell }),
      STATUS: matching(/^[A-Za-z_-]+$/, cell => ({ status: cell.toLowerCase().replaceAll('_', '-') })),
      CHART: asText('chart'),
      'APP VERSION': asText('appVersion'),
    },
    standard: 'NAME|NAMESPACE|REVISION|UPDATED|STATUS|CHART|APP VERSION',
  },
]

const releaseOf = (release: unknown): FactValue => {
  const updated = textAt(release, 'updated')
  return record({
    name: textAt(release, 'name'),
    namespace: textAt(release, 'namespace'),
    revision: numberAt(release, 'revision'),
    updated: updated === undefined ? undefined : (parseInstant(updated) ?? updated),
    status: textAt(release, 'status'),
    chart: textAt(release, 'chart'),
    appVersion: textAt(release, 'app_version'),
  })
}

const jsonRows = (stdout: string): readonly Located<FactValue>[] =>
  listAt({ list: parseJson(stdout) }, 'list').map(release => ({
    line: lineOf(stdout, textAt(release, 'name') ?? ''),
    value: releaseOf(release),
  }))

const parse = ({ stdout, stderr, exitCode }: ParserInput): Parsed => {
  if (/^\s*\[/.test(stdout)) return listFact('releases', jsonRows(stdout))
  // Helm 2 prints nothing at all where there is no release.
  if (stdout.trim() === '' && stderr.trim() === '' && exitCode === 0) return listFact('releases', [])
  return /^\s*$/.test(stdout) && exitCode !== 1
    ? nothing
    : tableFacts({ tables, lines: linesOf(stdout), asked: 'releases', exitCode })
}

/** Releases of charts: `helm ls` (`list`) of Helm 2 and 3, with -A, -a and -o json. */
export const helm: Parser = {
  name: 'helm',
  gives: ['releases'],
  recognises: argv => {
    const words = carriedWords(argv)
    return /^helm3?$/.test(words[0] ?? '') && words.some(word => word === 'ls' || word === 'list')
  },
  recognisesText: text => /^NAME\s+(?:NAMESPACE\s+)?REVISION\s+UPDATED\s+STATUS/m.test(text),
  parse,
}
