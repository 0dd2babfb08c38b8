import type { Machine } from '../../world/machine.ts'
import type { ChainHook, FirewallChain, NftTable } from '../../world/network.ts'
import { type NftCommand, withFamily } from './nft-commands.ts'

/** A command of nft that was carried out, or nft's words of why not. */
export type NftOutcome = { readonly stderr?: string; readonly exit?: number }

/** Refuses a command, and points at the word that is the reason. */
export const refuse = (text: string, command: NftCommand, word = ''): NftOutcome => {
  const line = command.join(' ')
  const at = word === '' ? 0 : Math.max(0, ` ${line} `.indexOf(` ${word} `))
  return {
    stderr: `Error: ${text}\n${line}\n${' '.repeat(at)}${'^'.repeat(word === '' ? line.length : word.length)}\n`,
    exit: 1,
  }
}

/** The tables of a machine, those of iptables first. */
export const nftTablesOf = ({ firewall }: Machine): readonly NftTable[] => {
  const { filter, nat, mangle, raw } = firewall
  const ofIptables = { filter, nat, mangle, ...(raw === undefined ? {} : { raw }) }
  return [
    ...Object.entries(ofIptables).map(([name, chains]) => ({ family: 'ip', name, chains })),
    ...(firewall.ownTables ?? []),
  ]
}

/** The table that a command names. */
export const findNftTable = (machine: Machine, family: string, name: string): NftTable | undefined =>
  nftTablesOf(machine).find(table => table.family === family && table.name === name)

const priorityNames: Readonly<Record<string, string>> = {
  '-300': 'raw',
  '-150': 'mangle',
  '-100': 'dstnat',
  '0': 'filter',
  '50': 'security',
  '100': 'srcnat',
}

const hookIn = (settings: string): ChainHook | undefined => {
  const [, type, hook, priority = ''] =
    /type (\w+) hook (\w+)(?: device \S+)? priority (-?\w+)/.exec(settings) ?? []
  return type === undefined || hook === undefined
    ? undefined
    : { type, hook, priority: priorityNames[priority] ?? priority }
}

const makeChain = (name: string, settings: string): FirewallChain => {
  const hook = hookIn(settings)
  const policy = /policy drop/.test(settings) ? 'DROP' : 'ACCEPT'
  return {
    name,
    policy: hook === undefined ? undefined : policy,
    packets: 0,
    bytes: 0,
    rules: [],
    ...(hook === undefined ? {} : { hook }),
  }
}

const noSuch = 'Could not process rule: No such file or directory'

const changeTable = (machine: Machine, verb: string, command: NftCommand): NftOutcome => {
  const [family = '', name = ''] = withFamily(command.slice(2))
  const { firewall } = machine
  const table = findNftTable(machine, family, name)
  if (verb === 'delete') {
    if (table === undefined) return refuse(noSuch, command, name)
    if (firewall.ownTables?.includes(table) !== true) for (const chain of table.chains) chain.rules = []
    firewall.ownTables = firewall.ownTables?.filter(own => own !== table) ?? []
  } else if (table === undefined) {
    firewall.ownTables = [...(firewall.ownTables ?? []), { family, name, chains: [] }]
  } else if (verb === 'create') return refuse('Could not process rule: File exists', command, name)
  return {}
}

const changeChain = (machine: Machine, verb: string, command: NftCommand): NftOutcome => {
  const [family = '', tableName = '', name = '', ...settings] = withFamily(command.slice(2))
  const table = findNftTable(machine, family, tableName)
  if (table === undefined) return refuse(noSuch, command, tableName)
  const chain = table.chains.find(known => known.name === name)
  if (verb === 'delete') {
    if (chain === undefined) return refuse(noSuch, command, name)
    const isUsed = chain.rules.length > 0 || table.chains.some(c => c.rules.some(r => r.target === name))
    if (isUsed) return refuse('Could not process rule: Device or resource busy', command, name)
    table.chains.splice(table.chains.indexOf(chain), 1)
    return {}
  }
  if (chain === undefined) table.chains.push(makeChain(name, settings.join(' ')))
  else if (verb === 'create') return refuse('Could not process rule: File exists', command, name)
  else if (chain.policy !== undefined && settings.includes('policy'))
    chain.policy = settings.includes('drop') ? 'DROP' : 'ACCEPT'
  return {}
}

/** `nft add|create|delete table|chain`. */
export const changeNftTables = (machine: Machine, command: NftCommand): NftOutcome => {
  const [verb = '', what = ''] = command
  return what === 'table' ? changeTable(machine, verb, command) : changeChain(machine, verb, command)
}
