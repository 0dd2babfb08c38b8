import { complain, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern =
  /^([\^=#])([*+?x~-]) (\S+)\s+(\d+)\s+(-?\d+)\s+([0-7]+)\s+(\S+)\s+([+-]?[\d.]+)([mun]?s)\[\s*[+-]?[\d.]+[mun]?s\]\s+\+\/-\s*([\d.]+)([mun]?s)/

const modes: Readonly<Record<string, string>> = { '^': 'server', '=': 'peer', '#': 'local' }

const states: Readonly<Record<string, string>> = {
  '*': 'selected',
  '+': 'combined',
  '-': 'not-combined',
  '?': 'unusable',
  x: 'falseticker',
  '~': 'too-variable',
}

const shares: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 }

const ages: Readonly<Record<string, number>> = { '': 1, m: 60, h: 3600, d: 86400, y: 31536000 }

const secondsOf = (amount = '', unit = 's'): number => Number(amount) / (shares[unit] ?? 1)

const ageOf = (text = ''): number | undefined => {
  const [, amount, unit = ''] = /^(\d+)([mhdy]?)$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * (ages[unit] ?? 1)
}

const sourceOf = (text: string): FactValue | undefined => {
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [, mode = '', state = '', name, stratum, poll, reach = '', last, offset, unit, error, errorUnit] =
    match
  return record({
    name,
    mode: modes[mode],
    state: states[state],
    stratum: Number(stratum),
    pollSeconds: 2 ** Number(poll),
    reachable: !/^0+$/.test(reach),
    lastSampleSeconds: ageOf(last),
    offsetSeconds: secondsOf(offset, unit),
    errorSeconds: secondsOf(error, errorUnit),
  })
}

const statisticsPattern =
  /^(\S+)\s+\d+\s+\d+\s+\d+[mhdy]?\s+[+-]?[\d.]+\s+[\d.]+\s+([+-]?[\d.]+)([mun]?s)\s+([\d.]+)([mun]?s)\s*$/

const statisticsOf = (text: string): FactValue | undefined => {
  const [, name, offset, unit, deviation, deviationUnit] = statisticsPattern.exec(text) ?? []
  if (name === undefined) return undefined
  const deviationSeconds = secondsOf(deviation, deviationUnit)
  return record({ name, offsetSeconds: secondsOf(offset, unit), deviationSeconds })
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  if (/^506 Cannot talk to daemon/m.test(stdout))
    return complain('E_FACTS_NO_ANSWER', 'The clock service does not answer')
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const value = sourceOf(text) ?? statisticsOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const none = /^(?:MS|\.-) .*Name\/IP|^MS Name\/IP|Number of sources = 0/m.test(stdout)
  const filteredAway = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || none || filteredAway ? listFact('timeSources', rows) : nothing
}

/** The servers that chrony asks for the time: `chronyc sources`, `chronyc sourcestats`, with -v or -n. */
export const chronySources: Parser = {
  name: 'chrony-sources',
  gives: ['timeSources'],
  recognises: argv =>
    argv[0] === 'chronyc' && argv.some(word => word === 'sources' || word === 'sourcestats'),
  recognisesText: text => /^MS Name\/IP address\s+Stratum Poll Reach/m.test(text),
  parse,
}
