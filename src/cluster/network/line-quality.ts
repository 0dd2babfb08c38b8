import type { Machine } from '../world/machine.ts'
import type { QueueDiscipline } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { drawAt } from './draw.ts'

/** What the way does to a packet that takes it: how much later it arrives, and whether it is lost by chance. */
export type LineQuality = { readonly delayMs: number; readonly isLost: boolean }

/** The ends of a way; `to` is `undefined` where it leads outside. */
export type Line = {
  readonly from: Machine
  readonly to: Machine | undefined
  readonly luck: number
}

const LEAVING = 101
const RETURNING = 102
const BETWEEN = 103
const LOSING = 1_000

const queueQuality = (
  queue: QueueDiscipline | undefined,
  { luck, place }: { readonly luck: number; readonly place: number },
): LineQuality => {
  if (queue === undefined) return { delayMs: 0, isLost: false }
  const spread = (drawAt(luck, place) * 2 - 1) * queue.jitterMs
  return {
    delayMs: Math.max(0, queue.delayMs + spread),
    isLost: drawAt(luck, place + LOSING) * 100 < queue.lossPercent,
  }
}

const queueOf = (machine: Machine | undefined, kind: 'loopback' | 'ethernet'): QueueDiscipline | undefined =>
  machine?.interfaces.find(device => device.kind === kind)?.queue

/** What the queues at both ends and the wires between do to a packet and to the answer to it. */
export const lineQuality = (world: World, { from, to, luck }: Line): LineQuality => {
  const kind = to === from ? 'loopback' : 'ethernet'
  const leaving = queueQuality(queueOf(from, kind), { luck, place: LEAVING })
  const returning = queueQuality(queueOf(to, kind), { luck, place: RETURNING })
  const isBetween = to !== undefined && to !== from
  return {
    delayMs: leaving.delayMs + returning.delayMs,
    isLost:
      leaving.isLost ||
      returning.isLost ||
      (isBetween && drawAt(luck, BETWEEN) * 100 < world.fabric.lossPercent),
  }
}
