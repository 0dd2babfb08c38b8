import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords } from '../types.ts'

const prompt = /^(?:\[[^\]]*\]|\([^)]*\) ?\S*|[\w.-]+@[\w.-]+:?\S*|[\w.-]+)? ?[$#>%](?: |$)/

/**
 * The lines of an output without prompts and the command that people paste along with it. For programs that answer with bare
 * values, which otherwise could not be told from what was typed.
 */
export const answerLines = (stdout: string, argv: CommandWords): readonly TextLine[] =>
  linesOf(stdout).filter(({ text }) => {
    const match = prompt.exec(text)
    if (match === null) return true
    const typed = text.slice(match[0].length).trim()
    return typed !== '' && argv[0] !== undefined && !typed.includes(argv[0])
  })
