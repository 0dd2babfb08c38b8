import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { FirewallChain, FirewallRule } from '../../world/network.ts'
import { changeByNft } from './nft-rules.ts'

const hooks: Readonly<Record<string, readonly [hook: string, priority: string]>> = {
  INPUT: ['input', 'filter'],
  FORWARD: ['forward', 'filter'],
  OUTPUT: ['output', 'filter'],
  PREROUTING: ['prerouting', 'dstnat'],
  POSTROUTING: ['postrouting', 'srcnat'],
}

const negated = (name: string, value: string): readonly string[] => {
  if (value === '') return []
  return value.startsWith('! ') ? [`${name} != ${value.slice(2)}`] : [`${name} ${value}`]
}

const verdict = ({ target, targetOptions }: FirewallRule): string => {
  const destination = /--to-destination\s+(\S+)/.exec(targetOptions)?.[1]
  if (destination !== undefined) return `dnat to ${destination}`
  if (target === 'REJECT')
    return /icmp-port-unreachable/.test(targetOptions)
      ? 'reject'
      : `reject with ${targetOptions.replace('--reject-with ', '')}`
  if (/^(ACCEPT|DROP|RETURN|MASQUERADE)$/.test(target)) return target.toLowerCase()
  return target === 'MARK'
    ? `meta mark set mark or ${/(0x\w+)/.exec(targetOptions)?.[1] ?? '0x4000'}`
    : `jump ${target}`
}

/** One value, or several between braces. */
const setText = (value: string): string =>
  value.includes(',') ? `{ ${value.split(',').join(', ')} }` : value

const ruleLine = (rule: FirewallRule): string => {
  const port = rule.destinationPort ?? /--dports?\s+(\S+)/.exec(rule.matches)?.[1]
  const states = /--(?:ctstate|state)\s+(\S+)/.exec(rule.matches)?.[1]
  const comment = /--comment\s+(?:"([^"]*)"|(\S+))/.exec(rule.matches)
  return [
    ...negated('iifname', rule.inInterface === '' ? '' : `"${rule.inInterface}"`),
    ...negated('oifname', rule.outInterface === '' ? '' : `"${rule.outInterface}"`),
    ...negated('ip saddr', rule.source),
    ...negated('ip daddr', rule.destination),
    ...(port === undefined
      ? negated('meta l4proto', rule.protocol === 'all' ? '' : rule.protocol)
      : [`${rule.protocol} dport ${setText(String(port))}`]),
    ...(states === undefined ? [] : [`ct state ${states.toLowerCase()}`]),
    `counter packets ${rule.packets} bytes ${rule.bytes}`,
    verdict(rule),
    ...(comment === null ? [] : [`comment "${comment[1] ?? comment[2]}"`]),
  ].join(' ')
}

const chainText = (
  { name, policy, rules }: FirewallChain,
  kind: string,
  hasHandles = false,
): readonly string[] => {
  const [hook, priority] = hooks[name] ?? []
  return [
    `\tchain ${name} {`,
    ...(hook === undefined
      ? []
      : [
          `\t\ttype ${kind} hook ${hook} priority ${priority}; policy ${(policy ?? 'ACCEPT').toLowerCase()};`,
        ]),
    ...rules.map((rule, at) => `\t\t${ruleLine(rule)}${hasHandles ? ` # handle ${at + 1}` : ''}`),
    '\t}',
  ]
}

const tableText = (name: string, chains: readonly FirewallChain[], hasHandles = false): readonly string[] => [
  `table ip ${name} {`,
  ...chains.flatMap((chain, index) => [
    ...(index === 0 ? [] : ['']),
    ...chainText(chain, name === 'nat' ? 'nat' : 'filter', hasHandles),
  ]),
  '}',
]

const run = ({ host, args, user }: Call): Reply => {
  const words = args.filter(word => !word.startsWith('-'))
  if (user !== 'root')
    return {
      stderr:
        'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n',
      exit: 1,
    }
  const changed = changeByNft(host, words.join(' '))
  if (changed !== undefined) return changed
  const hasHandles = args.some(word => /^-\w*a|^--handle$/.test(word))
  const { filter, nat, mangle } = host.firewall
  const tables = { filter, nat, mangle }
  if (words[0] === 'list' && words[1] === 'ruleset')
    return {
      stdout: Object.entries(tables)
        .flatMap(([name, chains]) => tableText(name, chains, hasHandles))
        .map(line => `${line}\n`)
        .join(''),
    }
  if (words[0] === 'list' && words[1] === 'tables')
    return {
      stdout: Object.keys(tables)
        .map(name => `table ip ${name}\n`)
        .join(''),
    }
  if (words[0] === 'list' && words[1] === 'table') {
    const name = words.at(-1) ?? ''
    const chains = Object.entries(tables).find(([known]) => known === name)?.[1]
    return chains === undefined
      ? {
          stderr: `Error: No such file or directory\nlist table ${words.slice(2).join(' ')}\n${' '.repeat(11)}^^^\n`,
          exit: 1,
        }
      : {
          stdout: tableText(name, chains, hasHandles)
            .map(line => `${line}\n`)
            .join(''),
        }
  }
  if (words[0] === 'list' && words[1] === 'chain') {
    const [table = '', chain] = words.slice(-2)
    const found = Object.entries(tables)
      .find(([known]) => known === table)?.[1]
      .filter(({ name }) => name === chain)
    return found === undefined || found.length === 0
      ? { stderr: `Error: No such file or directory\n${words.join(' ')}\n`, exit: 1 }
      : { stdout: asText(tableText(table, found, hasHandles)) }
  }
  if (words[0] === 'flush' && words[1] === 'ruleset') {
    for (const chain of [...filter, ...nat, ...mangle]) chain.rules = []
    return {}
  }
  return { stderr: `Error: syntax error, unexpected ${words[0] ?? 'end of file'}\n`, exit: 1 }
}

/** nft(8): the rules of the packet filter in nftables' words; of its commands those that list, flush and change rules. */
export const nft: Program = { names: ['nft'], isInstalled: onMachines, run }
