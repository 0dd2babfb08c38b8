/** What the system, or whoever threw, says of an error. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The system's name for what went wrong, such as `ENOSPC`; `undefined` where the error has none. */
export const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/** The reason together with the way out, where the error brings one as `hint`. */
export const adviceOf = (error: unknown): string => {
  const hint = error instanceof Error && 'hint' in error ? error.hint : undefined
  return typeof hint === 'string' ? `${reasonOf(error)} ${hint}` : reasonOf(error)
}
