import { readText } from '../../files/file-tree.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { childOf } from '../../relations/child-process.ts'
import { type CheckResult, checkServer, checkWords, isGood } from '../../relations/haproxy/check-server.ts'
import {
  liveServers,
  proxyUnitOf,
  serverKey,
  settingOf,
  settingsPathOf,
} from '../../relations/haproxy/proxy-state.ts'
import type { BackendServer } from '../../relations/haproxy/read-settings.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyServer, ProxyState } from '../../world/platforms.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'
import { type Checked, checkedServers, ticksOf } from './checked-servers.ts'

/** A proxy's state when it has just read its settings: each server counts as up until its first check. */
export const freshProxy = (world: World, unit: Unit, settings: string): ProxyState => ({
  startedMs: unit.startedMs ?? world.nowMs,
  readMs: unit.startedMs ?? world.nowMs,
  settings,
  // A tick that falls on the start itself is yet to come.
  checkedMs: (unit.startedMs ?? world.nowMs) - 1,
  servers: {},
  news: [],
})

type Checking = {
  readonly world: World
  readonly machine: Machine
  readonly unit: Unit
  readonly state: ProxyState
}

type News = { readonly level: 'ALERT' | 'WARNING'; readonly atMs: number; readonly text: string }

const tell = ({ machine, unit, state }: Checking, { level, atMs, text }: News): void => {
  const pid = childOf(unit)?.pid ?? unit.mainPid
  state.news.push({ atMs, text })
  writeJournal(machine, {
    atMs,
    unit: unit.name,
    identifier: 'haproxy',
    pid,
    message: `${`[${level}]`.padEnd(10)} (${pid}) : ${text}`,
  })
}

const fresh = ({ readMs }: ProxyState, { fall }: BackendServer): ProxyServer => ({
  isUp: true,
  streak: fall - 1,
  check: 'L4OK',
  code: undefined,
  info: '',
  durationMs: 0,
  failedChecks: 0,
  timesDown: 0,
  changedMs: readMs,
  downMs: 0,
})

const say = (
  checking: Checking,
  { section, server, result, atMs }: Checked & { readonly result: CheckResult; readonly atMs: number },
  isUp: boolean,
): void => {
  const { state } = checking
  const live = liveServers(state, section).length
  const code = result.code === undefined ? '' : `, code: ${result.code}`
  const info = result.info === '' ? '' : `, info: "${result.info}"`
  const reason = `reason: ${checkWords[result.check] ?? result.check}${code}${info}, check duration: ${result.durationMs}ms`
  const rest = isUp
    ? `${live} active and 0 backup servers online. 0 sessions requeued, 0 total in queue.`
    : `${live} active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.`
  const text = `Server ${section.name}/${server.name} is ${isUp ? 'UP' : 'DOWN'}, ${reason}. ${rest}`
  tell(checking, { level: 'WARNING', atMs, text })
  if (!isUp && live === 0)
    tell(checking, { level: 'ALERT', atMs, text: `backend '${section.name}' has no server available!` })
}

const check = (checking: Checking, checked: Checked): void => {
  const { world, machine, state } = checking
  const { section, server } = checked
  const ticks = ticksOf(state, world.nowMs, checked)
  if (ticks.count <= 0) return
  const key = serverKey(section, server)
  state.servers[key] ??= fresh(state, server)
  const found = state.servers[key]
  const result = checkServer(world, machine, { section, server })
  const { check: word, code, info, durationMs } = result
  Object.assign(found, { check: word, code, info, durationMs })
  if (!found.isUp) found.downMs += ticks.count * server.intervalMs
  if (!isGood(result) && found.isUp) found.failedChecks += Math.min(ticks.count, server.fall - found.streak)
  if (isGood(result) === found.isUp) {
    found.streak = 0
    return
  }
  const missing = (found.isUp ? server.fall : server.rise) - found.streak
  found.streak += ticks.count
  if (ticks.count < missing) return
  const atMs = ticks.timeOf(missing - 1)
  Object.assign(found, { isUp: !found.isUp, streak: 0, changedMs: atMs })
  if (!found.isUp) found.timesDown += 1
  say(checking, { ...checked, result, atMs }, found.isUp)
}

const checkProxy = (world: World, machine: Machine, unit: Unit): void => {
  const known = world.platforms.proxies[machine.name]
  const text = readText(machine.files, settingsPathOf(unit)) ?? ''
  const state =
    known?.startedMs === unit.startedMs && known !== undefined ? known : freshProxy(world, unit, text)
  world.platforms.proxies[machine.name] = state
  if (state.checkedMs >= world.nowMs) return
  const checking = { world, machine, unit, state }
  for (const checked of checkedServers(state))
    if (settingOf(state, checked.section, checked.server).admin !== 'maint') check(checking, checked)
  state.checkedMs = world.nowMs
}

/** Every HAProxy that runs reads its settings when it starts, and asks its servers again and again how they are. */
export const checkProxies: Law = world => {
  for (const machine of world.machines.values()) {
    if (machine.role !== 'proxy' && machine.role !== 'server') continue
    const unit = machine.isPowered ? proxyUnitOf(machine) : undefined
    if (unit?.active === 'active' && unit.sub === 'running') checkProxy(world, machine, unit)
  }
}
