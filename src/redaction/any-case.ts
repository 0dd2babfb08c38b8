const otherCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()

const isLetter = (text: string): boolean => /^[A-Za-z]$/.test(text)

/** The members of a class with the letters in their other case before them; ranges of letters too. */
const widenClass = (members: string): string => {
  const more = [...members.matchAll(/\\(?:x[\da-f]{2}|u[\da-f]{4}|c[a-z]|.)|([a-zA-Z])(?:-([a-zA-Z]))?|./gis)]
  const added = more.map(([, from, to]) => {
    if (from === undefined) return ''
    if (to === undefined) return otherCase(from)
    const isAcross = from < 'a' !== to < 'a'
    return isAcross ? 'A-Za-z' : `${otherCase(from)}-${otherCase(to)}`
  })
  // A dash at an end means itself, and must not come to stand between two letters.
  return `${added.join('')}${members.replace(/^-/, '\\-')}`
}

const part =
  /(?<kept>\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|c[A-Za-z]|[\s\S])|\(\?(?:<[A-Za-z_$][\w$]*>|:))|\[(?<not>\^?)(?<members>(?:\\[\s\S]|[^\]\\])*)\]|(?<letter>[A-Za-z])/g

/**
 * The source of a regular expression that finds its letters in any case without the flag for it: an expression with that flag is none
 * that V8's linear engine takes over.
 */
export const anyCase = (source: string): string =>
  source.replace(part, (...given) => {
    const { kept, not, members, letter } = given.at(-1) as Readonly<Record<string, string | undefined>>
    if (kept !== undefined) return kept
    if (members !== undefined) return `[${not ?? ''}${widenClass(members)}]`
    return letter !== undefined && isLetter(letter) ? `[${letter}${otherCase(letter)}]` : (letter ?? '')
  })
