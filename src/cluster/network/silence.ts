import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How an entry of a neighbour whose card no longer answers ages, while somebody goes on to send to it. */
const stages = [
  { state: 'REACHABLE', untilMs: 15_000 },
  { state: 'DELAY', untilMs: 20_000 },
  { state: 'PROBE', untilMs: 23_000 },
] as const

const LAST_MS = 23_000
/** How long the kernel asks for a card before it tells the sender: three times, a second apart. */
export const ASKING_MS = 3_000

const silenceMs = ({ nowMs }: World, { silentSinceMs = nowMs }: Machine): number => nowMs - silentSinceMs

/** What the neighbours of a machine that does not answer still take it for. */
export const stateOfSilent = (world: World, machine: Machine): (typeof stages)[number]['state'] | 'FAILED' =>
  stages.find(({ untilMs }) => silenceMs(world, machine) < untilMs)?.state ?? 'FAILED'

/** After how long the sender of a packet to a machine that does not answer hears of it. */
export const unheardMs = (world: World, machine: Machine): number =>
  Math.max(ASKING_MS, LAST_MS - silenceMs(world, machine))
