import type { CommandWords } from '../types.ts'
import { producersOfLine } from './command-words-of.ts'
import { keepsLines } from './filters.ts'
import { hasOption } from './options.ts'

/** Tells whether a stage prints how many lines it was given, or found. */
export const counts = (argv: CommandWords): boolean =>
  (argv[0] === 'wc' && hasOption(argv, 'l', 'lines')) ||
  (/^(?:[ef]?grep|rg)$/.test(argv[0] ?? '') && hasOption(argv, 'c', 'count'))

const isKnown = (argv: CommandWords): boolean => counts(argv) || argv[0] === 'jq'

/** Stands between the words of a stage that rewrites its input and the words of the command that it is fed by. */
export const FED_BY = '<'

/**
 * The stages that make something of their own out of a command's lines, where it is known what: `wc -l`, `grep -c` and `jq` with a
 * filter. Behind the words of the stage stand `<` and the words of the command that feeds it; what is counted behind another filter
 * has no such words, as only a part of the lines is counted.
 */
export const rewritingsOf = (line: string): readonly CommandWords[] =>
  producersOfLine(line).flatMap(({ argv, stages }) => {
    const index = stages.findIndex(stage => !keepsLines(stage))
    const stage = stages[index]
    if (stage === undefined) return counts(argv) ? [argv] : []
    if (!isKnown(stage) || !stages.slice(index + 1).every(keepsLines)) return []
    return [index === 0 && stage[0] !== 'grep' ? [...stage, FED_BY, ...argv] : stage]
  })
