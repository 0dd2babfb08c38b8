const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

const wholeDuration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/
const pieces = /(\d+(?:\.\d+)?)(ms|s|m|h)/g

/** Milliseconds of `30s`, `1m30s`, `500ms` or a bare number of seconds; `undefined` for anything else, zero and beyond a week. */
export const readDuration = (text: string): number | undefined => {
  const spelt = /^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text
  if (!wholeDuration.test(spelt)) return undefined
  let total = 0
  for (const [, amount, unit] of spelt.matchAll(pieces)) total += Number(amount) * (unitMs[unit ?? ''] ?? 0)
  const ms = Math.round(total)
  return ms > 0 && ms <= 7 * 24 * 3_600_000 ? ms : undefined
}
