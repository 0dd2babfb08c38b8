import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { listAt, parseJson, textAt, textsAt } from './json-value.ts'

const states = 'PERMANENT|NOARP|REACHABLE|STALE|NONE|INCOMPLETE|DELAY|PROBE|FAILED'
const rowPattern = new RegExp(
  String.raw`^([\da-fA-F.:]+)(?: dev (\S+))?(?:\s+lladdr ([\da-f:]+))?(\s.*?)?\s(${states})\s*$`,
)
const arpPattern = /^(\S+)\s+(?:ether\s+([\da-f:]{17})\s+(\S+)|\(incomplete\))\s+(?:\S+\s+)?(\S+)\s*$/

// Of one device alone its name is left out.
const neighbourOf = (text: string, asked: string | undefined): FactValue | undefined => {
  const [, address, device = asked, mac, rest = '', state] = rowPattern.exec(text) ?? []
  if (address === undefined || !/[.:]/.test(address)) return undefined
  return record({ address, device, mac, state, router: rest.includes(' router') ? true : undefined })
}

// `arp -n` knows neither stale nor reachable: only whether an entry is complete or set by hand.
const arpState = (flags: string | undefined): string => {
  if (flags === undefined) return 'INCOMPLETE'
  return flags.includes('M') ? 'PERMANENT' : 'REACHABLE'
}

const arpRow = (text: string): FactValue | undefined => {
  const [, address, mac, flags, device] = arpPattern.exec(text) ?? []
  return address === undefined ? undefined : record({ address, device, mac, state: arpState(flags) })
}

// `arp -a` and busybox: `? (192.0.2.1) at 02:fc:00:00:00:05 [ether] PERM on eth0`
const bsdRow = (text: string): FactValue | undefined => {
  const [, address, mac, flags = '', device] =
    /^\S+ \(([\da-fA-F.:]+)\) at (\S+)(.*) on (\S+)\s*$/.exec(text) ?? []
  if (address === undefined || mac === undefined) return undefined
  const isComplete = mac.includes(':')
  // What is answered for others (`<from_interface> PERM PUB`) is no neighbour.
  if (!isComplete && mac !== '<incomplete>') return undefined
  const kind = flags.includes('PERM') ? 'CM' : 'C'
  return record({
    address,
    device,
    mac: isComplete ? mac : undefined,
    state: arpState(isComplete ? kind : undefined),
  })
}

// `ip -br neigh` knows no state either.
const briefRow = (text: string): FactValue | undefined => {
  const [, address, device, mac] =
    /^([\da-fA-F.:]+)\s+([^\s:]+)(?:\s+([\da-f]{2}(?::[\da-f]{2}){5}))?\s*$/.exec(text) ?? []
  return address === undefined || !/[.:]/.test(address) ? undefined : record({ address, device, mac })
}

const fromJson = (stdout: string): readonly Located<FactValue>[] => {
  return listAt(parseJson(stdout)).flatMap((entry): readonly Located<FactValue>[] => {
    const address = textAt(entry, 'dst')
    if (address === undefined) return []
    const [device, mac] = [textAt(entry, 'dev'), textAt(entry, 'lladdr')]
    return [{ line: 1, value: record({ address, device, mac, state: textsAt(entry, 'state')[0] }) }]
  })
}

const fromText = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const asked = argv.includes('dev') ? argv[argv.indexOf('dev') + 1] : undefined
    const value = neighbourOf(text, asked) ?? arpRow(text) ?? bsdRow(text) ?? briefRow(text)
    return value === undefined ? [] : [{ line: number, value }]
  })

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  const text = stdout.trim()
  const rows = text.startsWith('[') ? fromJson(text) : fromText(linesOf(stdout), argv)
  const none = text === '[]' || (text === '' && (exitCode === 0 || exitCode === 1))
  return rows.length > 0 || none ? listFact('neighbours', rows) : nothing
}

const isNeighbourWord = (word: string | undefined): boolean =>
  word !== undefined && word !== '' && (/^neigh(?:bou?r)?$/.test(word) || 'neighbour'.startsWith(word))

/** Hosts of the own network and their hardware addresses: `ip neigh` with -s, -j, -br, -6; `arp -n`, `arp -a`. */
export const ipNeigh: Parser = {
  name: 'ip-neigh',
  gives: ['neighbours'],
  recognises: argv =>
    argv[0] === 'arp' ||
    (argv[0] === 'ip' && isNeighbourWord(operandsOf(argv, ['-n', '-netns', '-f', '-family'])[0])),
  recognisesText: text =>
    /^Address\s+HWtype\s+HWaddress|^\S+ \([\d.]+\) at \S+ .*on \S+$/m.test(text) ||
    new RegExp(String.raw`^[\da-f.:]+ dev \S+ (?:lladdr .*)?(?:${states})\s*$`, 'm').test(text),
  parse,
}
