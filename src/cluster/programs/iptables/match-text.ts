import { nameOfPort } from '../../network/port-names.ts'
import type { FirewallRule } from '../../world/network.ts'

/** The words of one match: the module's name and its options. */
type Match = { readonly module: string; readonly words: string }

/** Whether ports are shown as numbers. */
type Form = { readonly isNumeric: boolean }

/** What is said of a thing, or of its opposite, behind an option's name: `! --mark 0x1` or `--mark 0x1`. */
const saidBy = (words: string, option: string): { not: boolean; value: string } | undefined => {
  const [, not, value] = new RegExp(`(! )?--${option}\\s+(\\S+)`).exec(words) ?? []
  return value === undefined ? undefined : { not: not !== undefined, value }
}

const portText = (port: string, { isNumeric }: Form): string =>
  isNumeric
    ? port
    : port
        .split(',')
        .map(one => nameOfPort(Number(one)) ?? one)
        .join(',')

const portMatch = ({ module, words }: Match, form: Form): string => {
  const parts = [
    ['s', saidBy(words, '(?:sport|source-port)')],
    ['d', saidBy(words, '(?:dport|destination-port)')],
  ] as const
  const shown = parts.flatMap(([side, found]) =>
    found === undefined
      ? []
      : `${side}pt${found.value.includes(':') ? 's' : ''}:${found.not ? '!' : ''}${portText(found.value, form)}`,
  )
  return shown.length === 0 ? '' : [module, ...shown].join(' ')
}

const multiport = ({ words }: Match, form: Form): string => {
  const [, not = '', side = '', list = ''] = /(! )?--(\w+)\s+(\S+)/.exec(words) ?? []
  return `multiport ${side} ${not === '' ? '' : ' !'}${portText(list, form)}`
}

const stated = (option: string) =>
  function show({ words }: Match): string {
    const { not = false, value = '' } = saidBy(words, option) ?? {}
    return `${not ? '! ' : ''}${option} ${value}`
  }

const addressType = ({ words }: Match): string => {
  const parts = (['src-type', 'dst-type'] as const).flatMap(side => {
    const found = saidBy(words, side)
    return found === undefined ? [] : `${side} ${found.not ? '!' : ''}${found.value}`
  })
  const limit = words.includes('--limit-iface-out') ? ' limit-out' : ''
  return `ADDRTYPE match ${parts.join(' ')}${limit}`
}

const limited = ({ words }: Match): string =>
  `limit: avg ${saidBy(words, 'limit')?.value ?? ''} burst ${saidBy(words, 'limit-burst')?.value ?? 5}`

const byChance = ({ words }: Match): string => {
  const probability = saidBy(words, 'probability')?.value
  return probability === undefined
    ? `statistic mode nth every ${saidBy(words, 'every')?.value ?? ''}`
    : `statistic mode random probability ${probability}`
}

const commented = ({ words }: Match): string => {
  const [, quoted, bare = ''] = /--comment\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))/.exec(words) ?? []
  return `/* ${quoted?.replaceAll('\\"', '"') ?? bare} */`
}

const marked = ({ words }: Match): string => {
  const { not = false, value = '' } = saidBy(words, 'mark') ?? {}
  return `mark match ${not ? '! ' : ''}${value}`
}

const inSet = ({ words }: Match): string => {
  const [, not = '', set = ''] = /(! )?--match-set\s+(\S+\s+\S+)/.exec(words) ?? []
  return `${not}match-set ${set}`
}

/** How the modules print their matches. */
const shownBy: Readonly<Record<string, (match: Match, form: Form) => string>> = {
  comment: commented,
  tcp: portMatch,
  udp: portMatch,
  multiport,
  conntrack: stated('ctstate'),
  state: stated('state'),
  mark: marked,
  set: inSet,
  addrtype: addressType,
  statistic: byChance,
  limit: limited,
  icmp: ({ words }) => `icmptype ${saidBy(words, 'icmp-type')?.value ?? ''}`,
  rpfilter: ({ words }) => `rpfilter ${words.replaceAll('--', '')}`,
}

/** The matches of a rule in their order, each with its module. */
const matchesIn = (matches: string): readonly Match[] =>
  [...matches.matchAll(/-m (\S+) ?((?:"(?:[^"\\]|\\.)*"|(?!-m )\S| )*)/g)].map(
    ([, module = '', words = '']) => ({ module, words: words.trim() }),
  )

/** What a rule asks for in the words of a listing: `-m udp --dport 8472` as `udp dpt:8472`. */
export const matchText = (rule: FirewallRule, form: Form): string => {
  const { matches, destinationPort, protocol } = rule
  const named =
    destinationPort === undefined || matches.includes('--dport')
      ? []
      : [portMatch({ module: protocol, words: `--dport ${destinationPort}` }, form)]
  const shown = matchesIn(matches).map(match => shownBy[match.module]?.(match, form) ?? '')
  return [...named, ...shown].filter(text => text !== '').join(' ')
}
