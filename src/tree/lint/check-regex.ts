/** Pieces of a regular expression that are looked at: escapes and classes whole, so that what is inside them does not count. */
const pieces = /\\(?:k<|[1-9])|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!])/g

const faults: readonly { readonly fits: RegExp; readonly message: string }[] = [
  { fits: /^\(\?<?[=!]$/, message: 'looks ahead or behind' },
  { fits: /^\\(?:k<|[1-9])$/, message: 'refers back to a group' },
]

/** Only these flags keep a pattern's answer the same each time it is asked. */
const allowedFlags = /^[imsu]*$/

const compileError = (source: string, flags: string): string | undefined => {
  try {
    new RegExp(source, flags)
    return undefined
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, '')
      : 'cannot be read'
  }
}

/**
 * Tells why a regular expression must not be used on output: it does not compile, or it looks around or refers back, which no
 * engine can do in linear time. `undefined` when it is good.
 */
export const checkRegex = (source: string, flags: string): string | undefined => {
  const error = compileError(source, flags)
  if (error !== undefined) return `does not compile: ${error}`
  if (!allowedFlags.test(flags)) return `has flags other than i, m, s and u`
  for (const [piece] of source.matchAll(pieces)) {
    const fault = faults.find(({ fits }) => fits.test(piece))
    if (fault !== undefined) return fault.message
  }
  return undefined
}
