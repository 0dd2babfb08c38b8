import type { World } from '../world/world.ts'

/** How often an API server has the history compacted: to where it stood the time before. */
const COMPACT_MS = 300_000

/** What a cluster writes from one compaction to the next while nobody changes anything, before the world is watched. */
const USUAL_WRITES = 120

/** How many compactions there have been by a time. */
const turnAt = (atMs: number): number => Math.floor(atMs / COMPACT_MS)

/** What the last compaction left out, and to where the next will go. */
const compactionOf = ({
  etcd,
  nowMs,
}: Pick<World, 'etcd' | 'nowMs'>): { readonly compacted: number; readonly next: number } => {
  const known = etcd.nextCompaction
  if (known !== undefined) return { compacted: etcd.compactedRevision, next: known.revision }
  const next = etcd.revision - Math.ceil(((nowMs % COMPACT_MS) / COMPACT_MS) * USUAL_WRITES)
  return { compacted: next - USUAL_WRITES, next }
}

/** To which revision the history was compacted at a time. */
export const compactedAt = (world: Pick<World, 'etcd' | 'nowMs'>, atMs: number): number =>
  compactionOf(world).compacted - Math.max(0, turnAt(world.nowMs) - turnAt(atMs)) * USUAL_WRITES

/** Whether another compaction is due. */
export const isCompactionDue = (world: Pick<World, 'etcd' | 'nowMs'>): boolean =>
  world.etcd.nextCompaction === undefined || world.etcd.nextCompaction.turn < turnAt(world.nowMs)

/** Compacts the history to where it stood the time before, and notes where it stands now. */
export const compactHistory = (world: Pick<World, 'etcd' | 'nowMs'>): void => {
  const { etcd, nowMs } = world
  const { compacted, next } = compactionOf(world)
  const isFirst = etcd.nextCompaction === undefined
  etcd.compactedRevision = Math.max(etcd.compactedRevision, isFirst ? compacted : next)
  etcd.nextCompaction = { turn: turnAt(nowMs), revision: isFirst ? next : etcd.revision }
}
