import type { Bash } from 'just-bash/browser'

/** Ends that call for another line whatever stands before them. */
const openEnd = /(^|[^\\])(\\\\)*\\$|(\|\||&&|\|)\s*$/

const cutShort = /got EOF|unexpected EOF|unterminated here-document/

/** The closing word that a parser found missing at the end of a text: it names the word itself. */
const missingWord = (message: string, text: string): boolean => {
  const word = /near unexpected token `(fi|done|esac)'$/.exec(message)?.[1]
  return word !== undefined && !new RegExp(`(^|[\\s;])${word}(\\s|;|$)`).test(text)
}

/** Whether a text is the beginning of a command that goes on in the next line. */
export const needsMore = (bash: Bash, text: string): boolean => {
  if (openEnd.test(text)) return true
  try {
    bash.transform(text)
    return false
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return cutShort.test(message) || missingWord(message, text)
  }
}
