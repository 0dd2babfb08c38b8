/** The instant that many milliseconds after 1970 began, as ISO 8601 in UTC, without a fraction where it is zero. */
export const epochInstant = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z')

/**
 * An instant in UTC, so that instants can be compared as texts: `2026-11-21T13:42:05+03:00` gives `2026-11-21T10:42:05Z`. Without
 * a zone it stays as it is.
 */
export const utcInstant = (instant: string): string => {
  if (!/[+-]\d\d:\d\d$/.test(instant)) return instant
  const milliseconds = Date.parse(instant)
  return Number.isNaN(milliseconds) ? instant : epochInstant(milliseconds)
}
