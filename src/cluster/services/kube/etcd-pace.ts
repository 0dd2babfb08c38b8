import { drawAt, luckOf } from '../../network/draw.ts'
import type { EtcdMember } from '../../world/kube-object.ts'

/** What sets a member apart from the others in what comes by chance. */
const numberOf = ({ id }: EtcdMember): number => Number.parseInt(id.slice(0, 8), 16) || 0

/** A number from 0 up to but not 1 that a member draws at a time: of several for the same moment, the one at a place. */
export const drawnBy = (member: EtcdMember, atMs: number, place: number): number =>
  drawAt(luckOf(atMs, numberOf(member)), place)

/** A span in milliseconds about as long as one usually is, as Go writes it to the nanosecond; no two are alike. */
export const spanAbout = (
  member: EtcdMember,
  at: { readonly atMs: number; readonly place: number },
  usualMs: number,
): string => {
  const ns = Math.round(usualMs * (0.8 + 0.4 * drawnBy(member, at.atMs, at.place)) * 1e6)
  return ns >= 1e9 ? `${ns / 1e9}s` : `${ns / 1e6}ms`
}
