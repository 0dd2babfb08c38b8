import { markCommands } from './awk-commands.ts'

/** A piece of an awk program: code, or a string or pattern that stands as it is. */
const pieces = /"(?:\\[\s\S]|[^"\\\n])*"|#[^\n]*|[^"#]+|["#]/g

const INT = 'function __int(x) { x = x + 0; return x < 0 ? -int(-x) : int(x) }'

/** Code of an awk program with `int` cut towards zero: the shell's own goes down. */
const withInt = (program: string): string => {
  let isUsed = false
  const text = program.replace(pieces, piece => {
    if (/^["#]/.test(piece)) return piece
    return piece.replace(/(?<![\w.])int\s*\(/g, () => {
      isUsed = true
      return '__int('
    })
  })
  return isUsed ? `${INT}\n${text}` : text
}

const target = /^(\s*)((?:"(?:\\.|[^"\\\n])*"|[^"|;}\n])+)/

/** The place of what a print statement writes to: behind the first `>` that stands in no string, bracket or comparison in brackets. */
const redirectAt = (statement: string): number => {
  let depth = 0
  for (const { 0: token, index } of statement.matchAll(/"(?:\\.|[^"\\\n])*"|>>?|[()[\]]|[;}\n]/g)) {
    if (/^[([]/.test(token)) depth += 1
    else if (/^[)\]]/.test(token)) depth -= 1
    else if (/^[;}\n]/.test(token)) return -1
    else if (token.startsWith('>') && depth === 0) return index + token.length
  }
  return -1
}

/** A program in which what print writes to stands in brackets: of several words the shell's own takes the first alone. */
const withTargets = (program: string): string =>
  program
    .split(/(?<![\w"])(?=printf?\b)/)
    .map(part => {
      const at = /^printf?\b/.test(part) ? redirectAt(part) : -1
      if (at < 0) return part
      const [whole, gap = '', words = ''] = target.exec(part.slice(at)) ?? []
      const isOne = /^("(?:\\.|[^"\\])*"|[\w$]+|\(.*\))\s*$/.test(words)
      if (whole === undefined || isOne) return part
      return `${part.slice(0, at)}${gap}(${words.trim()})${part.slice(at + whole.length)}`
    })
    .join('')

/** An awk program as the shell's own awk takes it for what gawk would. */
export const spellAwk = (program: string): string => withTargets(withInt(markCommands(program)))
