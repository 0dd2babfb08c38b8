import { networkOf } from '../../network/addresses.ts'
import { kernelRoutes } from '../../network/find-route.ts'
import { configureLinks, keepsLinks } from '../../network/link-settings.ts'
import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'

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

/** `ip link set DEV up|down|mtu N`, `ip link delete DEV`. */
export const changeLink = (machine: Machine, words: readonly string[]): Reply => {
  const [verb = '', ...rest] = words
  const named = rest.filter(word => word !== 'dev')
  const device = machine.interfaces.find(candidate => candidate.name === named[0])
  if (device === undefined) return { stderr: `Cannot find device "${named[0] ?? ''}"\n`, exit: 1 }
  if (verb === 'delete' || verb === 'del') {
    machine.interfaces = machine.interfaces.filter(candidate => candidate !== device)
    machine.routes = machine.routes.filter(route => route.device !== device.name)
    return {}
  }
  if (named.includes('up')) device.isUp = true
  if (named.includes('down')) device.isUp = false
  const mtu = named[named.indexOf('mtu') + 1]
  if (named.includes('mtu')) device.mtu = Number(mtu)
  if (named.includes('up') || named.includes('down')) followState(machine, device)
  if (named.includes('up') && keepsLinks(machine)) configureLinks(machine, device.name)
  return {}
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
  const inTable: Machine = { ...machine, routes: [...(machine.routeTables?.get(table) ?? [])] }
  const reply = changeRoute(inTable, words)
  const tables = new Map(machine.routeTables)
  if (inTable.routes.length === 0) tables.delete(table)
  else tables.set(table, inTable.routes)
  machine.routeTables = tables
  return reply
}

/** `ip route add|del|replace [blackhole|unreachable|prohibit] TO [via ADDRESS] [dev DEV]`. */
export const changeRoute = (machine: Machine, given: readonly string[]): Reply => {
  const at = given.indexOf('table')
  const table = at < 0 ? undefined : given[at + 1]
  const words = table === undefined ? given : given.filter((_, index) => index !== at && index !== at + 1)
  if (table !== undefined && !isMain.test(table)) return changeTable(machine, words, table)
  const [verb = ''] = words
  if (verb === 'flush' && words.length === 1) {
    machine.routes = []
    return {}
  }
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
