import { optionValue } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const stateOf = ({ stdout, stderr }: ParserInput): Parsed => {
  const state = /^(?:FirewallD is )?(not )?running$/m.exec(`${stdout.trim()}\n${stderr.trim()}`)
  return state === null ? nothing : singleFact('firewalldRunning', { line: 1, value: state[1] === undefined })
}

const wordsIn = (text: string | undefined): readonly string[] | undefined =>
  text?.split(/\s+/).filter(word => word !== '')

const yesNo = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : text === 'yes'

const titlePattern = /^([A-Za-z][\w-]*)(?: \(([\w, ]+)\))?$/

const zoneOf = ([title, ...lines]: readonly TextLine[]): FactValue => {
  const [, name, marks = ''] = titlePattern.exec(title?.text.trim() ?? '') ?? []
  const fields = new Map(
    lines.flatMap(({ text }) => {
      const [, key, value = ''] = /^\s+([a-z][a-z -]*?):(?: (.*))?$/.exec(text) ?? []
      return key === undefined ? [] : [[key, value.trim()] as const]
    }),
  )
  const active = marks.includes('active') || (wordsIn(fields.get('interfaces')) ?? []).length > 0
  return record({
    name,
    active: active ? true : undefined,
    default: marks.includes('default') ? true : undefined,
    target: fields.get('target'),
    interfaces: wordsIn(fields.get('interfaces')),
    sources: wordsIn(fields.get('sources')),
    services: wordsIn(fields.get('services')),
    ports: wordsIn(fields.get('ports')),
    forward: yesNo(fields.get('forward')),
    masquerade: yesNo(fields.get('masquerade')),
    forwardPorts: wordsIn(fields.get('forward-ports')),
    richRules: lines.filter(({ text }) => /^\s+rule\b/.test(text)).map(({ text }) => text.trim()),
  })
}

const zonesIn = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const starts = lines.flatMap(({ text }, index) =>
    titlePattern.test(text.trim()) && !/^\s/.test(text) && /^\s+\S+:/.test(lines[index + 1]?.text ?? '')
      ? [index]
      : [],
  )
  return starts.map((start, index) => ({
    line: lines[start]?.number ?? 0,
    value: zoneOf(lines.slice(start, starts[index + 1])),
  }))
}

const lists: Readonly<Record<string, string>> = {
  '--list-ports': 'ports',
  '--list-services': 'services',
  '--list-sources': 'sources',
  '--list-interfaces': 'interfaces',
}

// A single list belongs to the zone of --zone, else to the default zone, whose name is not printed.
const listOf = (argv: CommandWords, lines: readonly TextLine[]): Parsed => {
  const field = argv.map(word => lists[word]).find(name => name !== undefined)
  const [line] = lines
  if (field === undefined || line === undefined || lines.length > 1) return nothing
  const name = optionValue(argv, ['--zone']) ?? 'default'
  return listFact('firewallZones', [
    { line: line.number, value: record({ name, [field]: wordsIn(line.text) }) },
  ])
}

const parse = (input: ParserInput): Parsed => {
  const lines = linesOf(input.stdout)
  const zones = zonesIn(lines)
  const list = zones.length > 0 ? listFact('firewallZones', zones) : listOf(input.argv, lines)
  return combine([stateOf(input), list])
}

/** firewalld: whether it runs (`--state`) and what its zones let in (`--list-all`, `--list-all-zones`, `--list-ports` …). */
export const firewallCmd: Parser = {
  name: 'firewall-cmd',
  gives: ['firewalldRunning', 'firewallZones'],
  recognises: argv =>
    argv[0] === 'firewall-cmd' && argv.some(word => /^--(?:state|list-|get-active)/.test(word)),
  recognisesText: text => /^[ \t]+icmp-block-inversion: (?:yes|no)$/m.test(text),
  parse,
}
