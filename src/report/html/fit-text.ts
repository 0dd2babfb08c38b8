// Signs of East Asian scripts and emoji are about twice as wide as Latin letters.
const isWide = (sign: string): boolean => (sign.codePointAt(0) ?? 0) >= 0x1100

/** A text that takes no more room than so many Latin letters; what is cut off is marked. */
export const fitText = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  let room = most
  let fitted = ''
  for (const sign of line) {
    room -= isWide(sign) ? 2 : 1
    if (room < 0) return `${fitted.slice(0, -1).trimEnd()}…`
    fitted += sign
  }
  return fitted
}
