import { randomInt } from 'node:crypto'

const digits = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four characters that are not mixed up when read aloud. */
const randomTail = (): string => Array.from({ length: 4 }, () => digits[randomInt(digits.length)]).join('')

/** A name for a session that sorts by time, to the millisecond, such as `2026-11-21T10-20-30-123-k3vd`. `now` is an ISO 8601 instant in UTC. */
export const createSessionId = (now: string, tail: string = randomTail()): string =>
  `${now.slice(0, 23).replace(/[:.]/g, '-')}-${tail}`
