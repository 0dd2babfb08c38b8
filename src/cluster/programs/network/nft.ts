import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { chargeCounters } from '../../network/charge-counters.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'
import type { ChainHook, FirewallChain, FirewallRule, NftTable } from '../../world/network.ts'
import { type NftCommand, readNftCommands, withFamily } from './nft-commands.ts'
import { changeByNft } from './nft-rules.ts'
import { findNftTable, nftTablesOf, refuse } from './nft-tables.ts'

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

const hex = (value: number): string => `0x${value.toString(16)}`

const markText = (targetOptions: string): string => {
  const [, value = '0x4000', mask = value] = /(0x\w+)(?:\/(0x\w+))?/.exec(targetOptions) ?? []
  return Number(value) === 0
    ? `meta mark set mark and ${hex(~Number(mask) >>> 0)}`
    : `meta mark set mark ${Number(mask) === 0 ? 'xor' : 'or'} ${value}`
}

const verdict = ({ target, targetOptions, isGoto }: FirewallRule): string => {
  const destination = /--to-destination\s+(\S+)/.exec(targetOptions)?.[1]
  if (destination !== undefined) return `dnat to ${destination}`
  if (target === 'REJECT')
    return /icmp-port-unreachable/.test(targetOptions)
      ? 'reject'
      : `reject with ${targetOptions.replace('--reject-with ', '')}`
  if (/^(ACCEPT|DROP|RETURN|MASQUERADE)$/.test(target)) return target.toLowerCase()
  if (target === 'MARK') return markText(targetOptions)
  if (target === '') return ''
  return `${isGoto === true ? 'goto' : 'jump'} ${target}`
}

/** One value, or several between braces. */
const setText = (value: string): string =>
  value.includes(',') ? `{ ${value.split(',').join(', ')} }` : value

// Where iptables has a plus sign for any end of a name, nft has a star.
const deviceText = (name: string): string => (name === '' ? '' : `"${name.replace(/\+$/, '*')}"`)

/** What a rule asks of marks, sets and kinds of addresses; what nft has no words for it names by its module. */
const moreMatches = (matches: string): readonly string[] => [
  ...[...matches.matchAll(/-m mark (! )?--mark (\w+)\/(\w+)/g)].map(
    ([, not, value, mask]) => `meta mark & ${mask} ${not === undefined ? '==' : '!='} ${value}`,
  ),
  ...[...matches.matchAll(/-m set /g)].map(() => 'xt match "set"'),
  ...[...matches.matchAll(/(! )?--(src|dst)-type LOCAL(?! --limit)/g)].map(
    ([, not, side]) =>
      `fib ${side === 'src' ? 'saddr' : 'daddr'} type ${not === undefined ? '' : '!= '}local`,
  ),
]

const ruleLine = (rule: FirewallRule): string => {
  const port = rule.destinationPort ?? /--dports?\s+(\S+)/.exec(rule.matches)?.[1]
  const [, notStates, states] = /(! )?--(?:ctstate|state)\s+(\S+)/.exec(rule.matches) ?? []
  const comment = /--comment\s+(?:"([^"]*)"|(\S+))/.exec(rule.matches)
  return [
    ...negated('iifname', deviceText(rule.inInterface)),
    ...negated('oifname', deviceText(rule.outInterface)),
    ...negated('ip saddr', rule.source),
    ...negated('ip daddr', rule.destination),
    ...(port === undefined
      ? negated('meta l4proto', rule.protocol === 'all' ? '' : rule.protocol)
      : [`${rule.protocol} dport ${setText(String(port))}`]),
    ...(states === undefined
      ? []
      : [`ct state ${notStates === undefined ? '' : '!= '}${states.toLowerCase()}`]),
    ...moreMatches(rule.matches),
    ...(rule.isUncounted === true ? [] : [`counter packets ${rule.packets} bytes ${rule.bytes}`]),
    verdict(rule),
    ...(comment === null ? [] : [`comment "${comment[1] ?? comment[2]}"`]),
  ]
    .filter(part => part !== '')
    .join(' ')
}

/** Where a chain hangs: iptables hangs its own by their names. */
const hookOf = (table: NftTable, { name, hook }: FirewallChain): ChainHook | undefined => {
  const [point, priority] = hooks[name] ?? []
  if (hook !== undefined || point === undefined || priority === undefined) return hook
  const own = {
    raw: 'raw',
    mangle: 'mangle',
    nat: name === 'OUTPUT' ? '-100' : name === 'INPUT' ? '100' : priority,
  }
  const type =
    table.name === 'nat' ? 'nat' : table.name === 'mangle' && name === 'OUTPUT' ? 'route' : 'filter'
  return { type, hook: point, priority: { ...own }[table.name] ?? priority }
}

type Form = { readonly hasHandles: boolean }

const chainText = (table: NftTable, chain: FirewallChain, { hasHandles }: Form): readonly string[] => {
  const hook = hookOf(table, chain)
  const policy = (chain.policy ?? 'ACCEPT').toLowerCase()
  return [
    `\tchain ${chain.name} {`,
    ...(hook === undefined
      ? []
      : [`\t\ttype ${hook.type} hook ${hook.hook} priority ${hook.priority}; policy ${policy};`]),
    ...chain.rules.map((rule, at) => `\t\t${ruleLine(rule)}${hasHandles ? ` # handle ${at + 1}` : ''}`),
    '\t}',
  ]
}

const tableText = (table: NftTable, form: Form, chains = table.chains): readonly string[] => [
  `table ${table.family} ${table.name} {`,
  ...chains.flatMap((chain, index) => [...(index === 0 ? [] : ['']), ...chainText(table, chain, form)]),
  '}',
]

const list = (machine: Machine, command: NftCommand, form: Form): Reply => {
  const [, what = '', ...rest] = command
  const tables = nftTablesOf(machine)
  if (what === 'ruleset') return { stdout: asText(tables.flatMap(table => tableText(table, form))) }
  if (what === 'tables')
    return { stdout: asText(tables.map(({ family, name }) => `table ${family} ${name}`)) }
  if (what !== 'table' && what !== 'chain' && what !== 'chains')
    return refuse(`syntax error, unexpected ${what || 'end of file'}`, command, what)
  if (what === 'chains')
    return {
      stdout: asText(
        tables.flatMap(table => [
          `table ${table.family} ${table.name} {`,
          ...table.chains.flatMap(chain => chainText(table, { ...chain, rules: [] }, form)),
          '}',
        ]),
      ),
    }
  const [family = '', tableName = '', chainName] = withFamily(rest)
  const table = findNftTable(machine, family, tableName)
  if (table === undefined) return refuse('No such file or directory', command, tableName)
  if (what === 'table') return { stdout: asText(tableText(table, form)) }
  const found = table.chains.filter(({ name }) => name === chainName)
  return found.length === 0
    ? refuse('No such file or directory', command, chainName)
    : { stdout: asText(tableText(table, form, found)) }
}

const runCommands = (machine: Machine, commands: readonly NftCommand[], form: Form): Reply => {
  let stdout = ''
  for (const command of commands) {
    const [verb = ''] = command
    const reply: Reply =
      verb === 'list'
        ? list(machine, command, form)
        : (changeByNft(machine, command) ??
          refuse(`syntax error, unexpected ${verb || 'end of file'}`, command, verb))
    stdout += reply.stdout ?? ''
    if (reply.stderr !== undefined) return { ...reply, stdout }
  }
  return { stdout }
}

/** The commands that nft is to carry out: in a file, from its input, or in its words. */
const textFor = ({ machine, args, stdin, cwd }: Call): string | undefined => {
  const at = args.findIndex(word => word === '-f' || word === '--file')
  if (at === -1) return args.filter(word => !word.startsWith('-')).join(' ')
  const path = args[at + 1] ?? ''
  return path === '-' ? stdin : readText(machine.files, resolvePath(cwd, path))
}

const run = (call: Call): Reply => {
  const { host, args, user } = call
  if (user !== 'root')
    return {
      stderr:
        'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n',
      exit: 1,
    }
  const text = textFor(call)
  if (text === undefined)
    return {
      stderr: `internal:0:0-0: Error: Could not open file "${args.at(-1)}": No such file or directory\n`,
      exit: 1,
    }
  chargeCounters(call.world, host)
  return runCommands(host, readNftCommands(text), {
    hasHandles: args.some(word => /^-\w*a|^--handle$/.test(word)),
  })
}

/** nft(8): the rules of the packet filter in nftables' words; of its commands those that list and change tables, chains and rules. */
export const nft: Program = { names: ['nft'], isInstalled: onMachines, run }
