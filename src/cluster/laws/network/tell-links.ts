import { writeJournal, writeKernel } from '../../journal/write-journal.ts'
import { keepsLinks } from '../../network/link-settings.ts'
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

const tellNetworkd = (machine: Machine, text: string, atMs: number): void => {
  if (!keepsLinks(machine)) return
  writeJournal(machine, {
    atMs,
    identifier: 'systemd-networkd',
    unit: 'systemd-networkd.service',
    pid: machine.units.get('systemd-networkd.service')?.mainPid,
    message: text,
  })
}

type Change = { readonly name: string; readonly was: Links; readonly is: Links; readonly atMs: number }

const tellChange = (machine: Machine, { name, was, is, atMs }: Change): void => {
  const before = was[name] ?? down
  const after = is[name] ?? down
  if (before.isUp !== after.isUp) tellNetworkd(machine, `${name}: Link ${after.isUp ? 'UP' : 'DOWN'}`, atMs)
  if (before.hasCarrier === after.hasCarrier) return
  tellNetworkd(machine, `${name}: ${after.hasCarrier ? 'Gained' : 'Lost'} carrier`, atMs)
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

/** The kernel and systemd-networkd tell of each interface that goes up or down, or whose cable is plugged in or out. */
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
