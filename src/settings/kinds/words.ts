import { fail, nearestWord, succeed } from '../../base/index.ts'
import { type Kind, wrong } from '../kind.ts'

const describe = (written: unknown): string =>
  typeof written === 'string' ? `"${written}"` : String(written)

/** A text that must fit a pattern; `takes` says what is wanted. */
export const textOf = (takes: string, pattern: RegExp): Kind<string> => ({
  takes,
  read: written =>
    typeof written === 'string' && pattern.test(written)
      ? succeed(written)
      : fail(wrong(`${describe(written)} is not ${takes}`)),
  show: value => value,
  text: 'plain',
  schema: { type: 'string', pattern: pattern.source },
})

/** One of a few words. */
export const oneOf = <W extends string>(words: readonly W[]): Kind<W> => ({
  takes: words.join(', '),
  read: written => {
    const found = words.find(word => word === written)
    if (found !== undefined) return succeed(found)
    const near = typeof written === 'string' ? nearestWord(written, words) : undefined
    const meant = near === undefined ? `use one of ${words.join(', ')}` : `did you mean ${near}?`
    return fail(wrong(`${describe(written)} is not known; ${meant}`))
  },
  show: value => value,
  text: 'plain',
  schema: { enum: words },
})

const yes: readonly unknown[] = [true, 'true', 'yes', 'on', '1', 1]
const no: readonly unknown[] = [false, 'false', 'no', 'off', '0', 0]

/** Yes or no, in the words that people use for it. */
export const flag: Kind<boolean> = {
  takes: 'true or false',
  read: written => {
    if (yes.includes(written)) return succeed(true)
    return no.includes(written)
      ? succeed(false)
      : fail(wrong(`${describe(written)} is neither true nor false`))
  },
  show: String,
  text: 'plain',
  schema: { type: 'boolean' },
}
