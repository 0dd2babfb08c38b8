import { writeJournal, writeKernel } from '../../journal/write-journal.ts'
import { keepsLinks } from '../../network/link-settings.ts'
import { unitOf } from '../../relations/unit-of.ts'
import type { Machine } from '../../world/machine.ts'
import type { Law } from '../law.ts'

type Links = Readonly<Record<string, { readonly isUp: boolean; readonly hasCarrier: boolean }>>

const linksOf = ({ isPowered, interfaces }: Machine): Links =>
  Object.fromEntries(
    interfaces
      .filter(({ kind }) => isPowered && kind !== 'loopback')
      .map(({ name, isUp, hasCarrier }) => [name, { isUp, hasCarrier: isUp && hasCarrier }]),
  )

const down = { isUp: false, hasCarrier: false }

const tellKernel = (machine: Machine, name: string, atMs: number): void =>
  writeKernel(machine, { atMs, message: `IPv6: ADDRCONF(NETDEV_CHANGE): ${name}: link becomes ready` })

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
  if (before.hasCarrier === after.hasCarrier) return
  tellKeeper(machine, name, { text: `${after.hasCarrier ? 'Gained' : 'Lost'} carrier`, atMs })
  // Of what it finds at its start the kernel has told already.
  const isFound = was[name] === undefined && /^e(th|n)/.test(name)
  if (after.hasCarrier && !isFound) tellKernel(machine, name, atMs)
}

/** Whether nothing has changed, asked in every step and so without making a list. */
const isAsTold = ({ isPowered, interfaces, toldLinks }: Machine): boolean => {
  if (toldLinks === undefined || !isPowered) return false
  let count = 0
  for (const { name, kind, isUp, hasCarrier } of interfaces) {
    if (kind === 'loopback') continue
    count += 1
    const told = toldLinks[name]
    if (told === undefined || told.isUp !== isUp || told.hasCarrier !== (isUp && hasCarrier)) return false
  }
  return count === Object.keys(toldLinks).length
}

/** The kernel and what keeps the links tell of each interface that goes up or down, or whose cable is plugged in or out. */
export const tellLinks: Law = world => {
  for (const machine of world.machines.values()) {
    if (isAsTold(machine)) continue
    const is = linksOf(machine)
    const was = machine.toldLinks ?? is
    machine.toldLinks = is
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
      tellChange(machine, { name, was, is, atMs: world.nowMs })
  }
}
