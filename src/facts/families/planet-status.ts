import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { isObject, lineOf, listAt, numberAt, parseJson, textAt } from './json-value.ts'

const probeOf = (probe: unknown): FactValue =>
  record({
    checker: textAt(probe, 'checker'),
    detail: textAt(probe, 'detail'),
    error: textAt(probe, 'error'),
    severity: textAt(probe, 'severity'),
  })

const nodeOf = (node: unknown): FactValue => {
  const status = textAt(node, 'status')
  return record({
    name: textAt(node, 'name'),
    ip: textAt(node, 'member_status', 'tags', 'publicip'),
    role: textAt(node, 'member_status', 'tags', 'role'),
    memberStatus: textAt(node, 'member_status', 'status'),
    status,
    healthy: status === 'running',
    failedProbes: listAt(node, 'probes')
      .filter(probe => textAt(probe, 'status') === 'failed')
      .map(probeOf),
  })
}

// Seconds since 1970, as the agent encodes an instant in some releases.
const instantOf = (document: unknown): string | undefined => {
  const seconds = numberAt(document, 'timestamp', 'seconds')
  if (seconds === undefined) return textAt(document, 'timestamp')
  return seconds < 8e12 ? new Date(seconds * 1000).toISOString() : undefined
}

const fromDocument = (document: unknown, text: string): Parsed => {
  const nodes = listAt(document, 'nodes').length > 0 ? listAt(document, 'nodes') : [document]
  const status = textAt(document, 'status')
  const value = record({
    status,
    healthy: status === 'running',
    summary: textAt(document, 'summary'),
    time: instantOf(document),
  })
  return combine([
    singleFact('planet', { line: 1, value }),
    listFact(
      'planetNodes',
      nodes.map(node => ({ line: lineOf(text, textAt(node, 'name') ?? ''), value: nodeOf(node) })),
    ),
  ])
}

const memberPattern = /^(\S+)\s+(\d[\d.]+):\d+\s+(alive|failed|left|leaving)\s*(\S*)/

// `10_0_0_1.prod  10.0.0.1:7496  alive  role=master,publicip=10.0.0.1`
const memberRows = (stdout: string): readonly Located<FactValue>[] =>
  linesOf(stdout).flatMap(({ number, text }) => {
    const match = memberPattern.exec(text)
    if (match === null) return []
    const [, name, ip, memberStatus, tags = ''] = match
    const role = /role=([^,]+)/.exec(tags)?.[1]
    return [{ line: number, value: record({ name, ip, memberStatus, role }) }]
  })

const parse = ({ stdout }: ParserInput): Parsed => {
  const members = memberRows(stdout)
  if (members.length > 0) return listFact('planetNodes', members)
  // A prompt or a warning may stand around the document.
  const document = parseJson(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1))
  return isObject(document) && textAt(document, 'status') !== undefined
    ? fromDocument(document, stdout)
    : nothing
}

/** What Satellite's agents find on Gravity's machines: `planet status`, with --pretty and --local; `serf members`. */
export const planetStatus: Parser = {
  name: 'planet-status',
  gives: ['planet', 'planetNodes'],
  recognises: argv =>
    (argv[0] === 'planet' && argv[1] === 'status') || (argv[0] === 'serf' && argv[1] === 'members'),
  recognisesText: text =>
    (/"member_status"/.test(text) && /"probes"/.test(text)) ||
    /^\S+\s+\d[\d.]+:7496\s+(?:alive|failed|left|leaving)/m.test(text),
  parse,
}
