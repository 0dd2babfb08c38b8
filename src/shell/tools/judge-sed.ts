import { type Call, changes, doubts, type Impact } from '../tool.ts'

const cannotTell: Impact = doubts('the sed script cannot be told')

/** A sed script reads unless it writes files (`w`, `W`, `s///w`) or runs commands (`e`, `s///e`). What the scanner does not know is unknown. */
export const judgeSed = ({ operands, options }: Call): Impact | undefined => {
  const given = options.filter(option => option.name === '-e' || '--expression'.startsWith(option.name))
  const scripts = given.some(option => option.name.length > 1 && option.name !== '--')
    ? given.map(option => option.value)
    : operands.slice(0, 1)
  for (const script of scripts) {
    if (script?.text === undefined) return cannotTell
    const impact = judgeScript(script.text)
    if (impact !== undefined) return impact
  }
  return undefined
}

const address =
  /^(?:\d+(?:~\d+)?|\$|\/(?:\\.|\[\^?\]?[^\]]*\]|[^/\\])*\/[IM]*|\\(.)(?:\\.|(?!\1).)*\1[IM]*|[+~]\d+)/
const simple = /^[pPdDnNgGhHxFz=]/
const numbered = /^[lqQL]\s*\d*/
const labelled = /^[bBtT:][ \t]*[^;}\n]*/
const lined = /^(?:[aci]\\?[^\n]*|[rR][^\n]*|#[^\n]*)/

/** Walks over the script command by command. */
const judgeScript = (script: string): Impact | undefined => {
  let rest = skipBlank(script)
  while (rest !== '') {
    rest = skipAddresses(rest)
    const step = takeCommand(rest)
    if (typeof step !== 'string') return step
    rest = skipBlank(step)
  }
  return undefined
}

const skipBlank = (text: string): string => text.replace(/^[\s;{}]+/, '')

const skipAddresses = (text: string): string => {
  const first = text.replace(address, '')
  const second = /^\s*,\s*/.test(first) ? first.replace(/^\s*,\s*/, '').replace(address, '') : first
  return second.replace(/^\s*!?\s*/, '')
}

/** What stands behind one command, or what is wrong with it. */
const takeCommand = (text: string): string | Impact => {
  if (text === '' || text.startsWith('{') || text.startsWith('}')) return text.slice(1)
  if (/^[wW]\s*\/dev\/std(?:out|err)\s*(?:\n|$)/.test(text)) return text.replace(/^[^\n]*/, '')
  if (/^[wW]/.test(text)) return changes('sed writes a file')
  if (text.startsWith('e')) return doubts('sed runs a command')
  if (/^[sy]/.test(text)) return takeSubstitution(text)
  const rule = [simple, numbered, labelled, lined].find(pattern => pattern.test(text))
  return rule === undefined ? cannotTell : text.replace(rule, '')
}

/** Reads a substitution as GNU sed does, which takes a delimiter in brackets as it stands, and as seds do that end the pattern there. */
const takeSubstitution = (text: string): string | Impact => {
  const delimiter = text[1]
  if (delimiter === undefined || /[\s\\]/.test(delimiter)) return cannotTell
  const plain = takeFlags(text, findDelimiter(text, delimiter, 2))
  if (typeof plain !== 'string' && plain !== cannotTell) return plain
  const bracketed = takeFlags(text, findDelimiter(blankBrackets(text), delimiter, 2))
  return bracketed === cannotTell ? plain : bracketed
}

/** Brackets of the pattern filled with a letter, the rest as it was. */
const blankBrackets = (text: string): string =>
  text.slice(0, 2) +
  text
    .slice(2)
    .replace(/\\.|\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/g, piece =>
      piece.startsWith('[') ? 'x'.repeat(piece.length) : piece,
    )

/** What stands behind the flags, given where the pattern ends. */
const takeFlags = (text: string, middle: number): string | Impact => {
  const end = middle < 0 ? -1 : findDelimiter(text, text[1] ?? '', middle + 1)
  if (end < 0) return cannotTell
  const flags = /^[^;}\n]*/.exec(text.slice(end + 1))?.[0].trim() ?? ''
  if (text.startsWith('s') && /w/.test(flags)) return changes('sed writes a file')
  if (text.startsWith('s') && /e/.test(flags)) return doubts('sed runs a command')
  return /^[gpiIMm\d\s]*$/.test(flags) ? text.slice(end + 1).replace(/^[^;}\n]*/, '') : cannotTell
}

/** The next delimiter that is not escaped. */
const findDelimiter = (text: string, delimiter: string, from: number): number => {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === delimiter) return at
  }
  return -1
}
