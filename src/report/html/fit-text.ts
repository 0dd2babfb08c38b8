import stringWidth from 'string-width'

/** A text that takes no more room than so many Latin letters, of which signs of East Asian scripts and emoji take two; what is cut off is marked. */
export const fitText = (text: string, most: number): string => {
  const signs = [...text.replace(/\s+/g, ' ').trim()]
  let room = most
  const end = signs.findIndex(sign => {
    room -= stringWidth(sign)
    return room < 0
  })
  return end < 0
    ? signs.join('')
    : `${signs
        .slice(0, end - 1)
        .join('')
        .trimEnd()}…`
}
