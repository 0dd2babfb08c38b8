import { type Call, changes, doubts, type Impact } from '../tool.ts'

/**
 * An awk program reads unless it starts commands, writes to a file, or loads more code. A `>` inside parentheses or outside `print` compares;
 * after `print` or `printf` it writes.
 */
export const judgeAwk = ({ operands }: Call): Impact | undefined => {
  const program = operands[0]
  if (program === undefined) return undefined
  if (program.text === undefined) return doubts('the awk program cannot be told')
  return judgeProgram(program.text)
}

const judgeProgram = (program: string): Impact | undefined => {
  const bare = blankOut(program)
  if (/\bsystem\s*\(/.test(bare)) return doubts('awk starts commands with system()')
  if (/(?:^|[^|])\|(?!\|)/.test(bare.replace(/\|\|/g, '  '))) return doubts('awk pipes to or from a command')
  if (/@/.test(bare)) return doubts('awk loads code or calls by name')
  return printsToFile(bare) ? changes('awk prints to a file') : undefined
}

const token =
  /"(?:\\.|[^"\\])*"|#[^\n]*|(?<=(?:^|[~(,!&|{};\n?:]|\breturn\b)\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])*\//g

/** Strings, regular expressions and comments emptied, so that only code is left; `/dev/stderr` as a target stays recognisable. */
const blankOut = (program: string): string =>
  program.replace(token, piece =>
    piece === '"/dev/stderr"' || piece === '"/dev/stdout"' ? 'STREAM' : piece.startsWith('"') ? '""' : ' ',
  )

const printsToFile = (bare: string): boolean =>
  [...bare.matchAll(/\bprintf?\b/g)].some(match => writesWithin(bare.slice(match.index + match[0].length)))

/** Scans one statement for a `>` outside parentheses. */
const writesWithin = (rest: string): boolean => {
  let depth = 0
  for (const [at, char] of [...rest].entries()) {
    if (char === '(' || char === '[') depth += 1
    if (char === ')' || char === ']') depth -= 1
    if (depth <= 0 && /[;}\n]/.test(char)) return false
    if (depth <= 0 && char === '>') return !/^>+\s*STREAM/.test(rest.slice(at))
  }
  return false
}
