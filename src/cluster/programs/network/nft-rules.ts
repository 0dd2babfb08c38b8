import type { Machine } from '../../world/machine.ts'
import type { FirewallChain, FirewallRule } from '../../world/network.ts'
import { readRule } from '../iptables/read-rule.ts'
import { chainsOf } from '../iptables/tables.ts'

/** A command of nft that was carried out, or nft's words of why not. */
export type NftOutcome = { readonly stderr?: string; readonly exit?: number }

const fail = (text: string, line: string): NftOutcome => ({ stderr: `Error: ${text}\n${line}\n`, exit: 1 })

const targets: Readonly<Record<string, string>> = {
  accept: 'ACCEPT',
  drop: 'DROP',
  reject: 'REJECT',
  return: 'RETURN',
  masquerade: 'MASQUERADE',
}

const options: Readonly<Record<string, string>> = {
  'ip saddr': '-s',
  'ip daddr': '-d',
  'ip protocol': '-p',
  'meta l4proto': '-p',
}

/** Reads a value and what stands between braces after it; the words that are left. */
const valueIn = (
  words: readonly string[],
): readonly [not: readonly string[], value: string, rest: readonly string[]] => {
  const not = words[0] === '!=' ? ['!'] : []
  const from = words.slice(not.length)
  if (from[0] !== '{') return [not, (from[0] ?? '').replace(/"/g, ''), from.slice(1)]
  const end = from.indexOf('}')
  return [not, from.slice(1, end).join('').replace(/"/g, ''), from.slice(end + 1)]
}

const portWords = (protocol: string, side: string, [not, value]: readonly [readonly string[], string]) =>
  value.includes(',')
    ? ['-p', protocol, '-m', 'multiport', ...not, side === 'dport' ? '--dports' : '--sports', value]
    : ['-p', protocol, ...not, `--${side}`, value.replace('-', ':')]

/** The words with which iptables would be told the same; `undefined` for an expression that is not known here. */
const asIptables = (words: readonly string[]): readonly string[] | undefined => {
  if (words.length === 0) return []
  const [first = '', second = ''] = words
  const then = (own: readonly string[], rest: readonly string[]): readonly string[] | undefined => {
    const others = asIptables(rest)
    return others === undefined ? undefined : [...own, ...others]
  }
  const target = targets[first]
  if (target !== undefined)
    return then(['-j', target], first === 'reject' && second === 'with' ? [] : words.slice(1))
  if (first === 'jump' || first === 'goto') return then(['-j', second], words.slice(2))
  if (first === 'counter') return then([], words.slice(second === 'packets' ? 5 : 1))
  if (first === 'comment') return ['-m', 'comment', '--comment', words.slice(1).join(' ').replace(/"/g, '')]
  if (/^(iif|oif)(name)?$/.test(first)) {
    const [not, value, rest] = valueIn(words.slice(1))
    return then([...not, first.startsWith('iif') ? '-i' : '-o', value], rest)
  }
  const [not, value, rest] = valueIn(words.slice(2))
  if (/^(tcp|udp)$/.test(first) && /^[ds]port$/.test(second))
    return then(portWords(first, second, [not, value]), rest)
  if (first === 'icmp') return then(['-p', 'icmp', '-m', 'icmp', '--icmp-type', value], rest)
  if (first === 'ct' && second === 'state')
    return then(['-m', 'conntrack', '--ctstate', value.toUpperCase()], rest)
  const option = options[`${first} ${second}`]
  return option === undefined ? undefined : then([...not, option, value], rest)
}

const put = (chain: FirewallChain, rule: FirewallRule, isFirst: boolean): void => {
  if (isFirst) chain.rules.unshift(rule)
  else chain.rules.push(rule)
}

const families = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'])

/** `nft add|insert|delete rule` and `nft flush table|chain`; `undefined` for another command. */
export const changeByNft = (machine: Machine, line: string): NftOutcome | undefined => {
  const words = line
    .replace(/([{}])/g, ' $1 ')
    .split(/[\s;]+/)
    .filter(word => word !== '')
  const [verb = '', what = '', ...rest] = words
  const isRule = what === 'rule' && /^(add|insert|delete)$/.test(verb)
  if (!isRule && !(verb === 'flush' && /^(table|chain)$/.test(what))) return undefined
  const [family, table = '', name = '', ...expression] = families.has(rest[0] ?? '') ? rest : ['ip', ...rest]
  const chains = chainsOf(machine, table)
  if (chains === undefined) return fail('No such file or directory', line)
  if (family !== 'ip')
    return fail(`No such file or directory; did you mean table ‘${table}’ in family ip?`, line)
  const wanted = what === 'table' ? chains : chains.filter(chain => chain.name === name)
  const [chain] = wanted
  if (chain === undefined) return fail('No such file or directory', line)
  if (verb === 'flush') {
    for (const each of wanted) each.rules = []
    return {}
  }
  if (verb === 'delete') {
    const at = expression[0] === 'handle' ? Number(expression[1]) - 1 : -1
    if (chain.rules[at] === undefined) return fail('Could not process rule: No such file or directory', line)
    chain.rules.splice(at, 1)
    return {}
  }
  const told = asIptables(expression)
  const rule = told === undefined ? undefined : readRule(told)
  if (rule === undefined || typeof rule === 'string') return fail('syntax error, unexpected string', line)
  if (!/^[A-Z]+$|^$/.test(rule.target) && !chains.some(({ name: known }) => known === rule.target))
    return fail('Could not process rule: No such file or directory', line)
  put(chain, rule, verb === 'insert')
  return {}
}
