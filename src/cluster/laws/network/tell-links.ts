import { writeJournal, writeKernel } from '../../journal/write-journal.ts'
import { keepsLinks } from '../../network/link-settings.ts'
import { unitOf } from '../../relations/unit-of.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'
import type { ToldLink } from '../../world/told-link.ts'
import type { Law } from '../law.ts'

type Links = Readonly<Record<string, ToldLink>>

/** What there is to tell of the interfaces of a machine: a port keeps its number, a new one has the lowest that is free. */
export const linksOf = ({ isPowered, interfaces }: Machine, was: Links): Links => {
  if (!isPowered) return {}
  const bridges = new Set(interfaces.filter(({ kind }) => kind === 'bridge').map(({ name }) => name))
  const known = ({ name, master }: NetworkInterface): number | undefined =>
    was[name]?.master === master ? was[name]?.port : undefined
  const taken = new Set(interfaces.map(device => `${device.master} ${known(device)}`))
  const numberOf = (device: NetworkInterface): number | undefined => {
    if (!bridges.has(device.master ?? '')) return undefined
    let port = known(device) ?? 1
    while (known(device) === undefined && taken.has(`${device.master} ${port}`)) port += 1
    taken.add(`${device.master} ${port}`)
    return port
  }
  return Object.fromEntries(
    interfaces
      .filter(({ kind }) => kind !== 'loopback')
      .map(device => {
        const { name, isUp, hasCarrier, master } = device
        return [name, { isUp, hasCarrier: isUp && hasCarrier, master, port: numberOf(device) }]
      }),
  )
}

const down: ToldLink = { isUp: false, hasCarrier: false, master: undefined, port: undefined }

const readyLine = (name: string): string => `IPv6: ADDRCONF(NETDEV_CHANGE): ${name}: link becomes ready`

const tellKernel = (machine: Machine, lines: readonly string[], atMs: number): void => {
  for (const message of lines) writeKernel(machine, { atMs, message })
}

/** What the kernel says of an interface that becomes a port of a bridge, or is one no longer. */
const portLines = (name: string, before: ToldLink, after: ToldLink): readonly string[] => {
  if (before.master === after.master) return []
  const left = `${before.master}: port ${before.port}(${name}) entered disabled state`
  const port = `${after.master}: port ${after.port}(${name}) entered`
  return [
    ...(before.port === undefined ? [] : [left, `device ${name} left promiscuous mode`, left]),
    ...(after.port === undefined
      ? []
      : [
          `${port} blocking state`,
          `${port} disabled state`,
          `device ${name} entered promiscuous mode`,
          ...(after.hasCarrier ? [`${port} blocking state`, `${port} forwarding state`] : []),
        ]),
  ]
}

/** What the kernel has said of an interface that came up. */
export const comingLines = (name: string, link: ToldLink): readonly string[] => [
  ...(link.hasCarrier ? [readyLine(name)] : []),
  ...portLines(name, down, link),
]

/** The carrier is all that NetworkManager tells of; of a link that is only down it says nothing. */
const byNetworkManager = (name: string, text: string, atMs: number): string | undefined => {
  const [, verb] = /^(Gained|Lost) carrier$/.exec(text) ?? []
  if (verb === undefined) return undefined
  const state = verb === 'Gained' ? 'connected' : 'disconnected'
  return `<info>  [${(atMs / 1000).toFixed(4)}] device (${name}): carrier: link ${state}`
}

const tellKeeper = (machine: Machine, name: string, { text, atMs }: { text: string; atMs: number }): void => {
  const unit = unitOf(machine, 'networkd')
  if (!keepsLinks(machine) || unit === undefined) return
  const isManager = unit.name.startsWith('NetworkManager')
  const message = isManager ? byNetworkManager(name, text, atMs) : `${name}: ${text}`
  if (message === undefined) return
  const identifier = isManager ? 'NetworkManager' : 'systemd-networkd'
  writeJournal(machine, { atMs, identifier, unit: unit.name, pid: unit.mainPid, message })
}

type Change = { readonly name: string; readonly was: Links; readonly is: Links; readonly atMs: number }

const tellChange = (machine: Machine, { name, was, is, atMs }: Change): void => {
  const before = was[name] ?? down
  const after = is[name] ?? down
  if (before.isUp !== after.isUp)
    tellKeeper(machine, name, { text: `Link ${after.isUp ? 'UP' : 'DOWN'}`, atMs })
  const ports = portLines(name, before, after)
  if (before.hasCarrier === after.hasCarrier) {
    tellKernel(machine, ports, atMs)
    return
  }
  tellKeeper(machine, name, { text: `${after.hasCarrier ? 'Gained' : 'Lost'} carrier`, atMs })
  // Of what it finds at its start the kernel has told already.
  const isFound = was[name] === undefined && /^e(th|n)/.test(name)
  tellKernel(machine, after.hasCarrier && !isFound ? [readyLine(name), ...ports] : ports, atMs)
}

/** Whether nothing has changed, asked in every step and so without making a list. */
const isAsTold = ({ isPowered, interfaces, toldLinks }: Machine): boolean => {
  if (toldLinks === undefined || !isPowered) return false
  let count = 0
  for (const { name, kind, isUp, hasCarrier, master } of interfaces) {
    if (kind === 'loopback') continue
    count += 1
    const told = toldLinks[name]
    if (told === undefined || told.isUp !== isUp || told.hasCarrier !== (isUp && hasCarrier)) return false
    if (told.master !== master) return false
  }
  return count === Object.keys(toldLinks).length
}

/** The kernel and what keeps the links tell of each interface that goes up or down, or whose cable is plugged in or out. */
export const tellLinks: Law = world => {
  for (const machine of world.machines.values()) {
    if (isAsTold(machine)) continue
    const is = linksOf(machine, machine.toldLinks ?? {})
    const was = machine.toldLinks ?? is
    machine.toldLinks = is
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
      tellChange(machine, { name, was, is, atMs: world.nowMs })
  }
}
