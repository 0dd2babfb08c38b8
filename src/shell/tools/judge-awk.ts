import { type Call, changes, doubts, type Impact } from '../tool.ts'

/**
 * An awk program reads unless it starts commands, writes to a file, or loads more code. A `>` inside parentheses or outside `print` compares;
 * after `print` or `printf` it writes.
 */
export const judgeAwk = ({ operands }: Call): Impact | undefined => {
  const program = operands[0]
  if (program === undefined) return undefined
  if (program.text === undefined) return doubts('the awk program cannot be told')
  return judgeText(program.text.replaceAll('\\\n', ' '))
}

/**
 * Whether a `/` divides or begins a pattern, and with it where strings and comments are, can only be told by awk's whole grammar. Where it is
 * open the text is judged both ways.
 */
const judgeText = (text: string): Impact | undefined => {
  if (/[+-]\s*\/.*["#/]/s.test(text)) return doubts('a slash behind a sign cannot be told')
  return (
    judgeProgram(text, afterSigns) ??
    (/\)\s*\//.test(text) ? judgeProgram(text, afterParenthesis) : undefined)
  )
}

const judgeProgram = (program: string, token: RegExp): Impact | undefined => {
  const bare = blankOut(program, token)
  if (/\bsystem\s*\(/.test(bare)) return doubts('awk starts commands with system()')
  if (/(?:^|[^|])\|(?!\|)/.test(bare.replace(/\|\|/g, '  '))) return doubts('awk pipes to or from a command')
  if (/@/.test(bare)) return doubts('awk loads code or calls by name')
  return printsToFile(bare) ? changes('awk prints to a file') : undefined
}

const pattern = '\\/(?:\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]\\\\])*\\]|[^/\\\\\\n])*\\/'
const tokenBehind = (signs: string): RegExp =>
  new RegExp(
    `"(?:\\\\.|[^"\\\\])*"|#[^\\n]*|(?<=(?:^|[${signs}]|\\b(?:return|print|printf|in|case|do|else)\\b)\\s*)${pattern}`,
    'g',
  )
const afterSigns = tokenBehind('~(,!&|{};\\n?:=<>*%^')
const afterParenthesis = tokenBehind('~(),!&|{};\\n?:=<>*%^')

/** Strings, regular expressions and comments emptied, so that only code is left; `/dev/stderr` as a target stays recognisable. */
const blankOut = (program: string, token: RegExp): string =>
  program.replace(token, piece =>
    piece === '"/dev/stderr"' || piece === '"/dev/stdout"' ? 'STREAM' : piece.startsWith('"') ? '""' : ' ',
  )

const printsToFile = (bare: string): boolean =>
  [...bare.matchAll(/\bprintf?\b/g)].some(match => writesWithin(bare.slice(match.index + match[0].length)))

/** Scans one statement for a `>` outside parentheses. What stands behind the name of a stream is glued to it. */
const writesWithin = (rest: string): boolean => {
  let depth = 0
  for (const [at, char] of [...rest].entries()) {
    if (char === '(' || char === '[') depth += 1
    if (char === ')' || char === ']') depth -= 1
    if (depth <= 0 && /[;}\n]/.test(char)) return false
    if (depth <= 0 && char === '>') return !/^>+\s*STREAM\s*(?:[;}\n]|$)/.test(rest.slice(at))
  }
  return false
}
