import { UserError } from './user-error.ts'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds of a time such as `30s`, `2m`, `500ms` or a bare number of seconds; a UserError when it is none. */
export const parseDuration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim())
  const amount = Number(match?.[1])
  if (match === null || !(amount > 0)) {
    throw new UserError({
      code: 'E_CLI_DURATION',
      message: `"${text}" is no length of time.`,
      hint: 'Write a number with ms, s, m or h, such as 30s.',
    })
  }
  return amount * (unitMs[match[2] ?? 's'] ?? 1_000)
}
