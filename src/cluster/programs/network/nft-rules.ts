import type { Machine } from '../../world/machine.ts'
import type { FirewallChain, NftTable } from '../../world/network.ts'
import { readRule } from '../iptables/read-rule.ts'
import { type NftCommand, withFamily } from './nft-commands.ts'
import { changeNftTables, findNftTable, type NftOutcome, nftTablesOf, refuse } from './nft-tables.ts'

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
  if (first === 'log') return then([], words.slice(second === 'prefix' ? 3 : 1))
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

/** Whether a word is a target of iptables' own, or of a table there is the chain. */
const isTarget = (chains: readonly FirewallChain[], target: string): boolean =>
  /^[A-Z]+$|^$/.test(target) || chains.some(({ name }) => name === target)

const noSuch = 'Could not process rule: No such file or directory'

const changeRule = (chain: FirewallChain, table: NftTable, command: NftCommand): NftOutcome => {
  const [verb] = command
  const [, , , ...expression] = withFamily(command.slice(2))
  if (verb === 'delete') {
    const at = expression[0] === 'handle' ? Number(expression[1]) - 1 : -1
    if (chain.rules[at] === undefined) return refuse(noSuch, command, expression[1])
    chain.rules.splice(at, 1)
    return {}
  }
  const told = asIptables(expression)
  const rule = told === undefined ? undefined : readRule(told)
  if (rule === undefined || typeof rule === 'string')
    return refuse('syntax error, unexpected string', command, expression[0])
  if (!isTarget(table.chains, rule.target)) return refuse(noSuch, command, rule.target)
  if (!expression.includes('counter')) rule.isUncounted = true
  if (verb === 'insert') chain.rules.unshift(rule)
  else chain.rules.push(rule)
  return {}
}

const flush = (machine: Machine): NftOutcome => {
  for (const { chains } of nftTablesOf(machine)) for (const chain of chains) chain.rules = []
  machine.firewall.ownTables = []
  return {}
}

/** Carries out a command that changes rules, chains or tables; `undefined` for another. */
export const changeByNft = (machine: Machine, command: NftCommand): NftOutcome | undefined => {
  const [verb = '', what = '', ...rest] = command
  if (!/^(add|create|insert|delete|flush)$/.test(verb)) return undefined
  if (verb === 'flush' && what === 'ruleset') return flush(machine)
  if (verb !== 'flush' && /^(table|chain)$/.test(what)) return changeNftTables(machine, command)
  if (!/^(table|chain|rule)$/.test(what)) return undefined
  const [family = '', tableName = '', name = ''] = withFamily(rest)
  const table = findNftTable(machine, family, tableName)
  if (table === undefined) {
    const other = nftTablesOf(machine).find(known => known.name === tableName)
    const hint = other === undefined ? '' : `; did you mean table ‘${tableName}’ in family ${other.family}?`
    return refuse(`No such file or directory${hint}`, command, tableName)
  }
  const wanted = what === 'table' ? table.chains : table.chains.filter(chain => chain.name === name)
  const [chain] = wanted
  if (chain === undefined) return what === 'table' ? {} : refuse('No such file or directory', command, name)
  if (verb !== 'flush') return changeRule(chain, table, command)
  for (const each of wanted) each.rules = []
  return {}
}
