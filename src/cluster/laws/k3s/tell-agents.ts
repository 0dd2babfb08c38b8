import { writeJournal } from '../../journal/write-journal.ts'
import { childOf } from '../../relations/child-process.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import { isStopped } from '../../relations/stopped.ts'
import { CONTAINERD_MS, logfmt, TUNNEL_MS } from '../../services/k3s/start-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

type Place = { readonly machine: Machine; readonly unit: Unit }

const placesOf = (world: World): readonly Place[] =>
  [...world.machines.values()].flatMap(machine => {
    const unit = k3sUnitOf(machine)
    return unit === undefined ? [] : [{ machine, unit }]
  })

/** How long after a server is up the agents that have lost it are back. */
const BACK_MS = 2_400

/** Since when an agent has its tunnel to the server that runs; `undefined` while it has none. */
const tunnelMs = ({ machine, unit }: Place, server: Unit): number | undefined => {
  const child = childOf(unit)
  if (!machine.isPowered || child === undefined || isStopped(machine, unit.mainPid)) return undefined
  const ownMs = (child.startedMs ?? (unit.startedMs ?? 0) + CONTAINERD_MS) + TUNNEL_MS
  return Math.max(ownMs, server.sinceMs + BACK_MS)
}

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`

const YEAR_MS = 31_536_000_000

/** What a server signs for a node that comes. */
const signed = (node: string, atMs: number): readonly string[] => {
  const span = `notBefore=${stamp(atMs)} notAfter=${stamp(atMs + YEAR_MS)}`
  return [
    `certificate CN=${node} signed by CN=k3s-server-ca: ${span}`,
    `certificate CN=system:node:${node},O=system:nodes signed by CN=k3s-client-ca: ${span}`,
  ]
}

const SIGNS_BEFORE_MS = 2_900
const LOST = 'error in remotedialer server [400]: websocket: close 1006 (abnormal closure): unexpected EOF'

/** The tunnels of an agent's runs that have ended, from when to when each was open. */
const endedTunnels = ({ unit }: Place, server: Unit) =>
  (unit.endedRuns ?? [])
    .map(({ startedMs, forkedMs, endedMs }) => ({
      startedMs,
      openedMs: Math.max(forkedMs + TUNNEL_MS, server.sinceMs + BACK_MS),
      endedMs,
    }))
    .filter(({ openedMs, endedMs }) => openedMs < endedMs)

const sayAt = ({ machine, unit }: Place, atMs: number, texts: readonly string[]): void => {
  for (const text of texts)
    writeJournal(machine, {
      atMs,
      unit: unit.name,
      identifier: 'k3s',
      pid: unit.mainPid,
      message: logfmt({ machine, unit, container: undefined }, 'info', { atMs, text }),
    })
}

const FRESH_MS = 60_000

const sayOpened = (
  server: Place,
  node: string,
  at: { readonly openedMs: number; readonly startedMs: number },
): void => {
  const signedMs = at.openedMs - SIGNS_BEFORE_MS
  if (at.openedMs - at.startedMs < FRESH_MS) sayAt(server, signedMs, signed(node, signedMs))
  sayAt(server, at.openedMs, [`Handling backend connection request [${node}]`])
}

const tellAgent = (world: World, server: Place, agent: Place): void => {
  const timers = server.machine.runtime?.timers ?? {}
  const node = nodeNameOf(agent.machine)
  const key = `tunnel/${node}`
  for (const run of endedTunnels(agent, server.unit)) {
    if (timers[key] !== run.openedMs) sayOpened(server, node, run)
    sayAt(server, run.endedMs, [LOST])
    delete timers[key]
  }
  const openedMs = tunnelMs(agent, server.unit)
  const knownMs = timers[key]
  const isOpen = openedMs !== undefined && openedMs <= world.nowMs
  if (knownMs === (isOpen ? openedMs : undefined)) return
  const { endedMs, startedMs, definition } = agent.unit
  const againMs = (startedMs ?? world.nowMs) - definition.restartDelayMs
  if (knownMs !== undefined)
    sayAt(server, Math.max(knownMs, Math.min(world.nowMs, endedMs ?? againMs)), [LOST])
  delete timers[key]
  if (!isOpen) return
  timers[key] = openedMs
  sayOpened(server, node, { openedMs, startedMs: startedMs ?? 0 })
}

/** A server of k3s tells of the agents that come and go: the certificates that it signs, the tunnels that they open and lose. */
export const tellAgents: Law = world => {
  const places = placesOf(world)
  const agents = places.filter(({ unit }) => unit.service === 'k3s-agent')
  for (const server of places) {
    if (server.unit.service !== 'k3s') continue
    const isUp = server.machine.isPowered && server.unit.active === 'active'
    for (const agent of agents)
      if (isUp) tellAgent(world, server, agent)
      else delete server.machine.runtime?.timers[`tunnel/${nodeNameOf(agent.machine)}`]
  }
  for (const { unit } of agents) delete unit.endedRuns
}
