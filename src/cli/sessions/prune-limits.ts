import type { PruneLimits } from '../../runtime/index.ts'
import { readSize } from '../../settings/index.ts'
import { type Invocation, lastValue } from '../command.ts'
import { UserError } from '../user-error.ts'

const HOUR_MS = 3_600_000
const hoursOf: Readonly<Record<string, number>> = { h: 1, d: 24, w: 7 * 24 }

/** Minutes and months both begin with m, and which is meant decides about everything. So neither is taken. */
const readAge = (text: string): number => {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([hdw])$/.exec(text.trim()) ?? []
  const hours = hoursOf[unit]
  if (hours !== undefined) return Number(digits) * hours * HOUR_MS
  throw new UserError({
    code: 'E_CLI_AGE',
    message: `"${text}" is no age of sessions.`,
    hint: 'Write a number with h, d or w, such as 30d.',
  })
}

const readBytes = (text: string): number => {
  const bytes = readSize(text)
  if (bytes !== undefined) return bytes
  throw new UserError({
    code: 'E_CLI_SIZE',
    message: `"${text}" is no size.`,
    hint: 'Write a number with kB, MB, GB or KiB, MiB, GiB, such as 500MB.',
  })
}

const readCount = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UserError({
    code: 'E_CLI_COUNT',
    message: `"${text}" is no number of sessions.`,
    hint: 'Write a whole number, such as --keep 20.',
  })
}

const limitOptions = ['older-than', 'max-size', 'keep'] as const

/** Which sessions may go, as the command line says; a UserError where it says nothing or what cannot be. */
export const pruneLimits = (invocation: Invocation): PruneLimits => {
  const [age, size, keep] = limitOptions.map(name => lastValue(invocation, name))
  if (age === undefined && size === undefined && keep === undefined)
    throw new UserError({
      code: 'E_CLI_PRUNE',
      message: 'Nothing says which sessions may go.',
      hint: 'Say --older-than 30d, --max-size 1GB, or --keep 20; --dry-run shows what each would remove.',
    })
  return {
    ...(age === undefined ? {} : { olderThanMs: readAge(age) }),
    ...(size === undefined ? {} : { mostBytes: readBytes(size) }),
    ...(keep === undefined ? {} : { keep: readCount(keep) }),
  }
}
