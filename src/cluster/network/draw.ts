const TENTH_MS = 100

/** Two numbers as one, with all bits stirred. */
export const mix = (one: number, other: number): number => {
  const joined = Math.imul(one ^ (other + 0x9e3779b9 + (one << 6) + (one >>> 2)), 0x85ebca6b)
  return Math.imul(joined ^ (joined >>> 13), 0xc2b2ae35) ^ (joined >>> 16)
}

/** The seed of a packet's luck: the same moment and number have the same, so that asking twice gives one answer. */
export const luckOf = (nowMs: number, sequence: number): number => mix(Math.floor(nowMs / TENTH_MS), sequence)

/** A number from 0 up to but not 1 out of a packet's luck at one of the places that it passes. */
export const drawAt = (luck: number, place: number): number => (mix(luck, place) >>> 0) / 4294967296
