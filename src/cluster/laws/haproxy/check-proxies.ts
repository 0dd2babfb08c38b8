import { readText } from '../../files/file-tree.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { childOf } from '../../relations/child-process.ts'
import { type CheckResult, checkServer, checkWords, isGood } from '../../relations/haproxy/check-server.ts'
import {
  liveServers,
  proxyUnitOf,
  sectionsOf,
  serverKey,
  settingOf,
  settingsPathOf,
} from '../../relations/haproxy/proxy-state.ts'
import type { BackendServer, ProxySection } from '../../relations/haproxy/read-settings.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyServer, ProxyState } from '../../world/platforms.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const KEEP_NEWS_MS = 600_000

/** A proxy's state when it has just read its settings: each server counts as up until its first check. */
export const freshProxy = (world: World, unit: Unit, settings: string): ProxyState => ({
  startedMs: unit.startedMs ?? world.nowMs,
  readMs: unit.startedMs ?? world.nowMs,
  settings,
  checkedMs: world.nowMs,
  servers: {},
  news: [],
})

type Checking = {
  readonly world: World
  readonly machine: Machine
  readonly unit: Unit
  readonly state: ProxyState
}

const tell = ({ world, machine, unit, state }: Checking, level: 'ALERT' | 'WARNING', text: string): void => {
  const atMs = world.nowMs
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
  { section, server, result }: { section: ProxySection; server: BackendServer; result: CheckResult },
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
  tell(
    checking,
    'WARNING',
    `Server ${section.name}/${server.name} is ${isUp ? 'UP' : 'DOWN'}, ${reason}. ${rest}`,
  )
  if (!isUp && live === 0) tell(checking, 'ALERT', `backend '${section.name}' has no server available!`)
}

const check = (
  checking: Checking,
  { section, server, passedMs }: { section: ProxySection; server: BackendServer; passedMs: number },
): void => {
  const { world, machine, state } = checking
  const key = serverKey(section, server)
  state.servers[key] ??= fresh(state, server)
  const found = state.servers[key]
  const result = checkServer(world, machine, { section, server })
  const times = Math.max(1, Math.round(passedMs / server.intervalMs))
  const { check: word, code, info, durationMs } = result
  Object.assign(found, { check: word, code, info, durationMs })
  if (!found.isUp) found.downMs += passedMs
  if (!isGood(result) && found.isUp) found.failedChecks += Math.min(times, server.fall - found.streak)
  if (isGood(result) === found.isUp) {
    found.streak = 0
    return
  }
  found.streak += times
  if (found.streak < (found.isUp ? server.fall : server.rise)) return
  Object.assign(found, { isUp: !found.isUp, streak: 0, changedMs: world.nowMs })
  if (!found.isUp) found.timesDown += 1
  say(checking, { section, server, result }, found.isUp)
}

const LEAST_INTERVAL_MS = 2_000

const checkProxy = (world: World, machine: Machine, unit: Unit): void => {
  const known = world.platforms.proxies[machine.name]
  const text = readText(machine.files, settingsPathOf(unit)) ?? ''
  const state =
    known?.startedMs === unit.startedMs && known !== undefined ? known : freshProxy(world, unit, text)
  const isNew = state !== known
  world.platforms.proxies[machine.name] = state
  const passedMs = world.nowMs - state.checkedMs
  if (!isNew && passedMs < LEAST_INTERVAL_MS) return
  state.checkedMs = world.nowMs
  state.news = state.news.filter(({ atMs }) => world.nowMs - atMs < KEEP_NEWS_MS)
  const checking = { world, machine, unit, state }
  for (const section of sectionsOf(state))
    for (const server of section.servers)
      if (server.isChecked && settingOf(state, section, server).admin !== 'maint')
        check(checking, { section, server, passedMs: Math.max(passedMs, server.intervalMs) })
}

/** Every HAProxy that runs reads its settings when it starts, and asks its servers again and again how they are. */
export const checkProxies: Law = world => {
  for (const machine of world.machines.values()) {
    if (machine.role !== 'proxy' && machine.role !== 'server') continue
    const unit = machine.isPowered ? proxyUnitOf(machine) : undefined
    if (unit?.active === 'active' && unit.sub === 'running') checkProxy(world, machine, unit)
  }
}
