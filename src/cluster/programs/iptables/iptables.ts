import { chargeCounters } from '../../network/charge-counters.ts'
import { loadTable } from '../../network/load-table.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import type { FirewallChain } from '../../world/network.ts'
import { listChain } from './list-rules.ts'
import { readRule } from './read-rule.ts'
import { isSameRule, ruleText } from './rule-text.ts'
import { chainsOf, inOrder, isLegacy, referencesTo, versionOf } from './tables.ts'

const HELP = "Try `iptables -h' or 'iptables --help' for more information.\n"

const programOf = (call: Call): string =>
  `iptables v${versionOf(call)}${isLegacy(call) ? '' : ' (nf_tables)'}`

const fail = (program: string, text: string, exit = 2): Reply => ({
  stderr: `${program}: ${text}\n${exit === 2 ? HELP : ''}`,
  exit,
})
const noChain: Reply = { stderr: 'iptables: No chain/target/match by that name.\n', exit: 1 }
const badRule: Reply = {
  stderr: 'iptables: Bad rule (does a matching rule exist in that chain?).\n',
  exit: 1,
}

type Order = {
  readonly program: string
  readonly verb: string
  readonly chain: string | undefined
  readonly rest: readonly string[]
  readonly table: string
  readonly listing: Parameters<typeof listChain>[1]
}

const verbs: Readonly<Record<string, string>> = {
  '-L': 'list',
  '--list': 'list',
  '-S': 'show',
  '--list-rules': 'show',
  '-A': 'append',
  '--append': 'append',
  '-I': 'insert',
  '--insert': 'insert',
  '-D': 'delete',
  '--delete': 'delete',
  '-R': 'replace',
  '-C': 'check',
  '--check': 'check',
  '-F': 'flush',
  '--flush': 'flush',
  '-Z': 'zero',
  '--zero': 'zero',
  '-N': 'new',
  '--new-chain': 'new',
  '-X': 'remove',
  '--delete-chain': 'remove',
  '-P': 'policy',
  '--policy': 'policy',
  '-V': 'version',
  '--version': 'version',
}

/** Splits joined switches such as `-nvL` or `-tnat` into words of their own. */
const splitJoined = (args: readonly string[]): readonly string[] =>
  args.flatMap(word => {
    if (/^-t\w+$/.test(word)) return ['-t', word.slice(2)]
    return /^-[nvxLSFZw]{2,}$/.test(word) ? [...word.slice(1)].map(letter => `-${letter}`) : [word]
  })

const readOrder = (args: readonly string[]): Omit<Order, 'program'> | string => {
  const words = [...splitJoined(args)]
  const take = (...names: readonly string[]): boolean => {
    const at = words.findIndex(word => names.includes(word))
    if (at >= 0) words.splice(at, 1)
    return at >= 0
  }
  const tableAt = words.findIndex(word => word === '-t' || word === '--table')
  const table = tableAt < 0 ? 'filter' : (words.splice(tableAt, 2)[1] ?? '')
  const listing = {
    isVerbose: take('-v', '--verbose'),
    isNumeric: take('-n', '--numeric'),
    isExact: take('-x', '--exact'),
    hasNumbers: take('--line-numbers'),
  }
  const waitAt = words.findIndex(word => word === '-w' || word === '--wait')
  if (waitAt >= 0) words.splice(waitAt, /^\d+$/.test(words[waitAt + 1] ?? '') ? 2 : 1)
  const verbAt = words.findIndex(word => verbs[word] !== undefined)
  if (verbAt < 0) return words.length === 0 ? 'no command specified' : `unknown option "${words[0]}"`
  const verb = verbs[words[verbAt] ?? ''] ?? ''
  const chain = words[verbAt + 1]?.startsWith('-') === true ? undefined : words[verbAt + 1]
  const rest = [...words.slice(0, verbAt), ...words.slice(verbAt + (chain === undefined ? 1 : 2))]
  return { verb, chain, rest, table, listing }
}

const list = (chains: readonly FirewallChain[], { chain, listing }: Order): Reply => {
  const wanted = inOrder(chains).filter(({ name }) => chain === undefined || name === chain)
  if (chain !== undefined && wanted.length === 0) return noChain
  return { stdout: wanted.map(one => listChain(one, listing, referencesTo(chains, one.name))).join('\n') }
}

const show = (chains: readonly FirewallChain[], { chain }: Order): Reply => {
  const wanted = inOrder(chains).filter(({ name }) => chain === undefined || name === chain)
  if (chain !== undefined && wanted.length === 0) return noChain
  const heads = wanted.map(one =>
    one.policy === undefined ? `-N ${one.name}` : `-P ${one.name} ${one.policy}`,
  )
  const rules = wanted.flatMap(one => one.rules.map(rule => `-A ${one.name} ${ruleText(rule)}`))
  return { stdout: [...heads, ...rules].map(line => `${line}\n`).join('') }
}

const isTarget = (chains: readonly FirewallChain[], target: string): boolean =>
  /^(ACCEPT|DROP|REJECT|RETURN|LOG|MARK|MASQUERADE|DNAT|SNAT|REDIRECT|CONNMARK|NFLOG|TCPMSS|NOTRACK|CT|)$/.test(
    target,
  ) || chains.some(chain => chain.name === target)

const changeRules = (
  chains: readonly FirewallChain[],
  chain: FirewallChain,
  { program, verb, rest }: Order,
): Reply => {
  const number = /^\d+$/.test(rest[0] ?? '') ? Number(rest[0]) : undefined
  if (verb === 'delete' && number !== undefined && rest.length === 1) {
    if (chain.rules[number - 1] === undefined)
      return { stderr: 'iptables: Index of deletion too big.\n', exit: 1 }
    chain.rules.splice(number - 1, 1)
    return {}
  }
  const rule = readRule(number === undefined ? rest : rest.slice(1))
  if (typeof rule === 'string') return fail(program, rule)
  if (!isTarget(chains, rule.target))
    return fail(program, `Couldn't load target \`${rule.target}':No such file or directory`)
  const found = chain.rules.findIndex(candidate => isSameRule(candidate, rule))
  if ((verb === 'delete' || verb === 'check') && found < 0) return badRule
  if (verb === 'append') chain.rules.push(rule)
  else if (verb === 'insert') chain.rules.splice((number ?? 1) - 1, 0, rule)
  else if (verb === 'replace') chain.rules.splice((number ?? 1) - 1, 1, rule)
  else if (verb === 'delete') chain.rules.splice(found, 1)
  return {}
}

const changeChains = (chains: FirewallChain[], { program, verb, chain, rest }: Order): Reply => {
  if (verb === 'new') {
    if (chains.some(candidate => candidate.name === chain))
      return { stderr: 'iptables: Chain already exists.\n', exit: 1 }
    chains.push({ name: chain ?? '', policy: undefined, packets: 0, bytes: 0, rules: [] })
    return {}
  }
  const wanted = chains.filter(candidate => chain === undefined || candidate.name === chain)
  if (wanted.length === 0) return noChain
  if (verb === 'flush') for (const one of wanted) one.rules = []
  if (verb === 'zero')
    for (const one of wanted) {
      one.packets = 0
      one.bytes = 0
      for (const rule of one.rules) Object.assign(rule, { packets: 0, bytes: 0 })
    }
  if (verb === 'policy') {
    const policy = rest[0]
    if (policy !== 'ACCEPT' && policy !== 'DROP')
      return fail(program, "Bad policy name. Run `dmesg' for more information.", 1)
    for (const one of wanted) one.policy = policy
  }
  if (verb === 'remove') {
    const removable = wanted.filter(one => one.policy === undefined)
    if (removable.some(one => one.rules.length > 0 || referencesTo(chains, one.name) > 0))
      return { stderr: 'iptables: Directory not empty.\n', exit: 1 }
    for (const one of removable) chains.splice(chains.indexOf(one), 1)
  }
  return {}
}

const notPermitted = (call: Call, { program, table }: Order): Reply =>
  isLegacy(call)
    ? {
        stderr: `${program}: can't initialize iptables table \`${table}': Permission denied (you must be root)\nPerhaps iptables or your kernel needs to be upgraded.\n`,
        exit: 3,
      }
    : {
        stderr: `${program}: Could not fetch rule set generation id: Permission denied (you must be root)\n`,
        exit: 4,
      }

const run = (call: Call): Reply => {
  const read = readOrder(call.args)
  const program = programOf(call)
  if (typeof read === 'string') return fail(program, read)
  const order = { ...read, program }
  if (order.verb === 'version') return { stdout: `${program}\n` }
  if (call.user !== 'root') return notPermitted(call, order)
  const chains = chainsOf(call.host, order.table)
  if (chains === undefined)
    return fail(
      program,
      `can't initialize iptables table \`${order.table}': Table does not exist (do you need to insmod?)`,
      3,
    )
  loadTable(call.host, order.table)
  chargeCounters(call.world, call.host)
  if (order.verb === 'list') return list(chains, order)
  if (order.verb === 'show') return show(chains, order)
  if (['append', 'insert', 'delete', 'replace', 'check'].includes(order.verb)) {
    const chain = chains.find(candidate => candidate.name === order.chain)
    return chain === undefined ? noChain : changeRules(chains, chain, order)
  }
  return changeChains(chains, order)
}

/** iptables(8), on the backend of its machine's release. */
export const iptables: Program = { names: ['iptables', 'iptables-nft'], isInstalled: onMachines, run }
