import { streamLines, stripColours } from '../facts/index.ts'
import type { Evidence, Observation } from './types.ts'

/**
 * Makes evidence out of facts: `paths` are those of the facts that it rests on (`filesystems[2]`, or `lines[7]` for a line of the
 * output), the most telling first, `text` the sentence to show.
 */
export type FactWitness = (paths: readonly string[], text: string, rule: string) => Evidence

/** Evidence that stands on no line: it rests on several outputs together. */
export const nowhere: FactWitness = (_, text, rule) => ({ line: 0, column: 0, length: 0, text, rule })

const lineAt = /^lines\[(\d+)\]$/

/** Evidence for facts of one output, placed on the line that the first of them with a place was read from; line 0 when none has one. */
export const factWitness = ({ output, factLines }: Observation): FactWitness => {
  const lines = streamLines(output, 'stdout')
  const placeOf = (path: string) => {
    const [, index] = lineAt.exec(path) ?? []
    return index === undefined ? lines[(factLines.get(path) ?? 0) - 1] : output.lines[Number(index)]
  }
  return (paths, text, rule) => {
    const at = paths.map(placeOf).find(line => line !== undefined)
    if (at === undefined) return nowhere(paths, text, rule)
    return { line: at.number, column: 1, length: stripColours(at.text).length, text, rule }
  }
}
