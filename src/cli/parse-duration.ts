import { readTime } from '../settings/index.ts'
import { UserError } from './user-error.ts'

/** Milliseconds of a time such as `30s`, `2m`, `500ms` or a bare number of seconds; a UserError when it is none. */
export const parseDuration = (text: string): number => {
  const ms = readTime(text)
  if (ms !== undefined) return ms
  throw new UserError({
    code: 'E_CLI_DURATION',
    message: `"${text}" is no length of time.`,
    hint: 'Write a number with ms, s, m or h, such as 30s.',
  })
}
