import { isInNetwork } from '../../network/addresses.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import type { AddressSet, Firewall } from '../../world/network.ts'

const VERSION = 'v7.15'
const SEED_STEP = 0x9e3779b1

/** Of the kinds of sets: their revision, what one takes when it is empty, and for each member. */
const kinds: Readonly<Record<string, readonly [revision: number, bytes: number, each: number]>> = {
  'hash:net': [7, 456, 64],
  'hash:ip': [5, 208, 32],
}

const fail = (text: string): Reply => ({ stderr: `ipset ${VERSION}: ${text}\n`, exit: 1 })
const noSet = fail('The set with the given name does not exist')

/** How many rules ask a set. */
const referencesTo = ({ filter, nat, mangle, raw = [] }: Firewall, { name }: AddressSet): number =>
  [...filter, ...nat, ...mangle, ...raw]
    .flatMap(({ rules }) => rules)
    .filter(({ matches }) => matches.includes(`--match-set ${name} `)).length

/** The number with which the kernel spreads a set's members. */
const seedOf = (name: string): string => {
  let seed = SEED_STEP
  for (const letter of name) seed = Math.imul(seed ^ letter.charCodeAt(0), SEED_STEP) >>> 0
  return `0x${seed.toString(16).padStart(8, '0')}`
}

const headerOf = ({ name }: AddressSet): string =>
  `family inet hashsize 1024 maxelem ${name.startsWith('cali40') ? 1_048_576 : 65_536} bucketsize 12 initval ${seedOf(name)}`

const listed = (firewall: Firewall, set: AddressSet): readonly string[] => {
  const [revision, bytes, each] = kinds[set.type] ?? [7, 456, 64]
  return [
    `Name: ${set.name}`,
    `Type: ${set.type}`,
    `Revision: ${revision}`,
    `Header: ${headerOf(set)}`,
    `Size in memory: ${bytes + each * set.members.length}`,
    `References: ${referencesTo(firewall, set)}`,
    `Number of entries: ${set.members.length}`,
  ]
}

const list = ({ host, args }: Call, chosen: readonly AddressSet[]): Reply => {
  if (args.some(word => /^-(n|name|-name)$/.test(word)))
    return { stdout: chosen.map(({ name }) => `${name}\n`).join('') }
  const isTerse = args.some(word => /^-(t|terse|-terse)$/.test(word))
  const texts = chosen.map(set =>
    [...listed(host.firewall, set), ...(isTerse ? [] : ['Members:', ...set.members]), ''].join('\n'),
  )
  return { stdout: texts.join('\n') }
}

const save = (chosen: readonly AddressSet[]): Reply => ({
  stdout: chosen
    .flatMap(set => [
      `create ${set.name} ${set.type} ${headerOf(set)}`,
      ...set.members.map(member => `add ${set.name} ${member}`),
    ])
    .map(line => `${line}\n`)
    .join(''),
})

const without = (firewall: Firewall, name: string): AddressSet[] =>
  (firewall.sets ?? []).filter(set => set.name !== name)

const keep = (firewall: Firewall, set: AddressSet, members: readonly string[]): Reply => {
  firewall.sets = [...without(firewall, set.name), { ...set, members }]
  return {}
}

const holds = ({ members }: AddressSet, member: string): boolean =>
  members.some(one => one === member || (one.includes('/') && isInNetwork(member, one)))

type Order = { readonly verb: string; readonly name: string; readonly member: string }

const changeMembers = ({ host, args }: Call, set: AddressSet, { verb, member }: Order): Reply => {
  const isThere = set.members.includes(member)
  const may = args.includes('-exist') || args.includes('-!')
  if (verb === 'add') {
    if (isThere) return may ? {} : fail("Element cannot be added to the set: it's already added")
    return keep(host.firewall, set, [...set.members, member])
  }
  if (verb === 'del') {
    if (!isThere) return may ? {} : fail("Element cannot be deleted from the set: it's not added")
    return keep(
      host.firewall,
      set,
      set.members.filter(one => one !== member),
    )
  }
  return holds(set, member)
    ? { stderr: `Warning: ${member} is in set ${set.name}.\n` }
    : { stderr: `${member} is NOT in set ${set.name}.\n`, exit: 1 }
}

const create = ({ host }: Call, { name, member: type }: Order): Reply => {
  const { sets = [] } = host.firewall
  if (sets.some(set => set.name === name))
    return fail('Set cannot be created: set with the same name already exists')
  if (kinds[type] === undefined) return fail(`Syntax error: unknown settype ${type}`)
  host.firewall.sets = [...sets, { name, type, members: [] }]
  return {}
}

const change = (call: Call, order: Order): Reply => {
  const { firewall } = call.host
  const { verb, name } = order
  if (/^(create|-N|n)$/.test(verb)) return create(call, order)
  const chosen = (firewall.sets ?? []).filter(set => name === '' || set.name === name)
  const [set] = chosen
  if (name !== '' && set === undefined) return noSet
  if (verb === 'flush') {
    for (const one of chosen) keep(firewall, one, [])
    return {}
  }
  if (verb === 'destroy') {
    if (name !== '' && chosen.some(one => referencesTo(firewall, one) > 0))
      return fail('Set cannot be destroyed: it is in use by a kernel component')
    firewall.sets = (firewall.sets ?? []).filter(
      one => !chosen.includes(one) || referencesTo(firewall, one) > 0,
    )
    return {}
  }
  return set === undefined ? fail('No command specified.') : changeMembers(call, set, order)
}

const run = (call: Call): Reply => {
  const { args, user, host } = call
  const [verb = '', name = '', member = ''] = args.filter(word => !/^-(?![A-Z])/.test(word))
  if (verb === 'version' || args[0] === '-v') return { stdout: `ipset ${VERSION}, protocol version: 7\n` }
  if (user !== 'root') return fail('Kernel error received: Operation not permitted')
  const sets = host.firewall.sets ?? []
  const chosen = sets.filter(set => name === '' || set.name === name)
  const isListed = /^(list|-L|save|-S)$/.test(verb)
  if (isListed && name !== '' && chosen.length === 0) return noSet
  if (isListed) return /^(save|-S)$/.test(verb) ? save(chosen) : list(call, chosen)
  return /^(create|add|del|test|flush|destroy)$/.test(verb)
    ? change(call, { verb, name, member })
    : fail(verb === '' ? 'No command specified.' : `No command specified: unknown argument ${verb}`)
}

/** ipset(8): the sets of addresses that rules of iptables ask, Felix's among them. */
export const ipset: Program = { names: ['ipset'], isInstalled: onMachines, run }
