import { networkOf } from '../../network/addresses.ts'
import { kernelRoutes } from '../../network/find-route.ts'
import { configureLinks, keepsLinks } from '../../network/link-settings.ts'
import { isBefore } from '../../relations/userland.ts'
import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'
import { addLink, followCarriers } from './add-link.ts'

const refusal = (text: string): Reply => ({ stderr: `RTNETLINK answers: ${text}\n`, exit: 2 })

/** Takes the kernel's routes of an interface away when it goes down, and those by hand over it; gives the kernel's back when it comes up. */
const followState = (machine: Machine, device: NetworkInterface): void => {
  if (!device.isUp) {
    machine.routes = machine.routes.filter(route => route.device !== device.name)
    return
  }
  const own = kernelRoutes(device)
  machine.routes = [
    ...machine.routes.filter(route => !own.some(one => one.to === route.to && one.device === route.device)),
    ...own,
  ]
}

const LEAST_MTU = 68
const MOST_MTU = 9_190
const MOST_MADE_MTU = 65_535

const mtuProblem = (machine: Machine, { kind }: NetworkInterface, mtu: number): Reply | undefined => {
  const most = kind === 'loopback' ? Number.POSITIVE_INFINITY : kind === 'ethernet' ? MOST_MTU : MOST_MADE_MTU
  const problem =
    mtu < LEAST_MTU ? 'less than device minimum' : mtu > most ? 'greater than device maximum' : ''
  if (problem === '') return undefined
  return isBefore(machine, 'iproute', '4.15')
    ? refusal('Invalid argument')
    : { stderr: `Error: mtu ${problem}.\n`, exit: 2 }
}

const deleteLink = (machine: Machine, device: NetworkInterface): Reply => {
  if (device.kind === 'ethernet' || device.kind === 'loopback') return refusal('Operation not supported')
  const gone = new Set([device.name, ...(device.kind === 'veth' ? [device.made?.peer] : [])])
  for (const port of machine.interfaces) if (port.master === device.name) port.master = undefined
  machine.interfaces = machine.interfaces.filter(
    ({ name, kind, made }) => !gone.has(name) && !(kind === 'vlan' && made?.peer === device.name),
  )
  machine.routes = machine.routes.filter(route => !gone.has(route.device))
  followCarriers(machine)
  return {}
}

const renameLink = (machine: Machine, device: NetworkInterface, name: string): Reply | undefined => {
  if (machine.interfaces.some(other => other.name === name)) return refusal('File exists')
  if (device.isUp && machine.os.id !== 'ubuntu') return refusal('Device or resource busy')
  for (const route of machine.routes) if (route.device === device.name) route.device = name
  device.name = name
  return undefined
}

const setLink = (machine: Machine, device: NetworkInterface, words: readonly string[]): Reply => {
  const after = (key: string): string | undefined =>
    words.includes(key) ? words[words.indexOf(key) + 1] : undefined
  const master = after('master')
  if (master !== undefined && !machine.interfaces.some(({ name }) => name === master))
    return { stderr: `Error: argument "${master}" is wrong: Device does not exist\n\n`, exit: 255 }
  const mtu = after('mtu')
  const problem = mtu === undefined ? undefined : mtuProblem(machine, device, Number(mtu))
  if (problem !== undefined) return problem
  const name = after('name')
  const refused = name === undefined ? undefined : renameLink(machine, device, name)
  if (refused !== undefined) return refused
  if (mtu !== undefined) device.mtu = Number(mtu)
  if (master !== undefined) device.master = master
  if (words.includes('nomaster')) device.master = undefined
  device.mac = after('address') ?? device.mac
  if (words.includes('up')) device.isUp = true
  if (words.includes('down')) device.isUp = false
  if (words.includes('up') || words.includes('down')) followState(machine, device)
  followCarriers(machine)
  if (words.includes('up') && keepsLinks(machine)) configureLinks(machine, device.name)
  return {}
}

/** `ip link add …`, `ip link set DEV up|down|mtu N|master DEV|name NAME|address MAC`, `ip link delete DEV`. */
export const changeLink = (machine: Machine, words: readonly string[]): Reply => {
  const [verb = '', ...rest] = words
  if (verb === 'add') return addLink(machine, rest)
  const named = rest.filter(word => word !== 'dev')
  const device = machine.interfaces.find(candidate => candidate.name === named[0])
  if (device === undefined) return { stderr: `Cannot find device "${named[0] ?? ''}"\n`, exit: 1 }
  return verb === 'delete' || verb === 'del'
    ? deleteLink(machine, device)
    : setLink(machine, device, named.slice(1))
}

/** `ip addr add|del ADDRESS dev DEV`, `ip addr flush dev DEV`. */
export const changeAddress = (machine: Machine, words: readonly string[]): Reply => {
  const [verb = '', ...rest] = words
  const name = rest[rest.indexOf('dev') + 1]
  const device = machine.interfaces.find(candidate => candidate.name === name)
  if (device === undefined) return { stderr: `Cannot find device "${name ?? ''}"\n`, exit: 1 }
  const address = rest.find(word => /^\d+\.\d+\.\d+\.\d+/.test(word)) ?? ''
  const full = address.includes('/') ? address : `${address}/32`
  if (verb === 'add') {
    if (device.addresses.includes(full)) return refusal('File exists')
    device.addresses.push(full)
  } else if (verb === 'flush') device.addresses = []
  else if (!device.addresses.includes(full)) return refusal('Cannot assign requested address')
  else device.addresses = device.addresses.filter(own => own !== full)
  const isWithout = device.addresses.length === 0
  // The last address takes every route of its interface along.
  machine.routes = machine.routes.filter(
    route => route.device !== device.name || (route.protocol !== 'kernel' && !isWithout),
  )
  followState(machine, device)
  return {}
}

const dead = ['blackhole', 'unreachable', 'prohibit'] as const

const isMain = /^(main|254)$/

/** Changes a table of routes beside the main one: as the same words change the main one. */
const changeTable = (machine: Machine, words: readonly string[], table: string): Reply => {
  if (words[0] === 'flush' && words.length === 1) {
    machine.routeTables?.delete(table)
    return {}
  }
  const inTable: Machine = { ...machine, routes: [...(machine.routeTables?.get(table) ?? [])] }
  const reply = changeRoute(inTable, words)
  const tables = new Map(machine.routeTables)
  if (inTable.routes.length === 0) tables.delete(table)
  else tables.set(table, inTable.routes)
  machine.routeTables = tables
  return reply
}

/** `ip route flush [TO] [dev DEV] [proto NAME]`: takes away what all the words name; `cache` names nothing any more. */
const flushRoutes = (machine: Machine, words: readonly string[]): Reply => {
  if (words[0] === 'cache') return {}
  if (words.length === 0) return { stderr: '"ip route flush" requires arguments.\n', exit: 255 }
  const named = (key: string): string | undefined =>
    words.includes(key) ? words[words.indexOf(key) + 1] : undefined
  const to = named('root') ?? named('match') ?? words.find(word => /^(\d|default$)/.test(word))
  const isMeant = (route: Machine['routes'][number]): boolean =>
    (to === undefined || to === route.to) &&
    (named('dev') === undefined || named('dev') === route.device) &&
    (named('via') === undefined || named('via') === route.via) &&
    (named('proto') === undefined || named('proto') === route.protocol)
  machine.routes = machine.routes.filter(route => !isMeant(route))
  return {}
}

/** `ip route add|del|replace [blackhole|unreachable|prohibit] TO [via ADDRESS] [dev DEV]`. */
export const changeRoute = (machine: Machine, given: readonly string[]): Reply => {
  const at = given.indexOf('table')
  const table = at < 0 ? undefined : given[at + 1]
  const words = table === undefined ? given : given.filter((_, index) => index !== at && index !== at + 1)
  if (words.join() === 'flush' && table !== undefined && isMain.test(table)) machine.routes = []
  if (words.join() === 'flush' && table !== undefined && isMain.test(table)) return {}
  if (table !== undefined && !isMain.test(table)) return changeTable(machine, words, table)
  const [verb = ''] = words
  if (verb === 'flush') return flushRoutes(machine, words.slice(1))
  const nowhere = dead.find(type => type === words[1])
  const [named = '', ...rest] = words.slice(nowhere === undefined ? 1 : 2)
  const to = named.replace(/\/32$/, '')
  const optionValue = (key: string): string | undefined =>
    rest.includes(key) ? rest[rest.indexOf(key) + 1] : undefined
  const via = optionValue('via')
  const isSame = (route: Machine['routes'][number]): boolean =>
    route.to === to &&
    (via === undefined || route.via === via) &&
    (optionValue('dev') === undefined || route.device === optionValue('dev'))
  if (verb === 'del' || verb === 'delete') {
    if (!machine.routes.some(isSame)) return refusal('No such process')
    machine.routes = machine.routes.filter(route => !isSame(route))
    return {}
  }
  if (verb === 'add' && machine.routes.some(route => route.to === to)) return refusal('File exists')
  const gateway = machine.interfaces.find(
    device =>
      device.isUp &&
      device.addresses.some(
        address => via !== undefined && networkOf(address) === networkOf(`${via}/${address.split('/')[1]}`),
      ),
  )
  const device = optionValue('dev') ?? (nowhere === undefined ? gateway?.name : '')
  if (device === undefined) return { stderr: 'Error: Nexthop has invalid gateway.\n', exit: 2 }
  machine.routes = [
    {
      to,
      via,
      device,
      protocol: 'boot',
      scope: via === undefined && nowhere === undefined ? 'link' : 'global',
      source: optionValue('src'),
      metric: optionValue('metric') === undefined ? undefined : Number(optionValue('metric')),
      isOnLink: rest.includes('onlink'),
      ...(nowhere === undefined ? {} : { refusal: nowhere }),
    },
    ...machine.routes.filter(route => route.to !== to),
  ]
  return {}
}
