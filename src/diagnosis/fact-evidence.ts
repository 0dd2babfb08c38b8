import { streamLines, stripColours } from '../facts/index.ts'
import type { Evidence, Observation } from './types.ts'

/** Makes evidence out of facts: `path` is the fact's path (`filesystems[2]`), `text` the sentence to show. */
export type FactWitness = (path: string, text: string, rule: string) => Evidence

/** Evidence for facts of one output, placed on the line that each was read from; line 0 when it stands on no line. */
export const factWitness = ({ output, factLines }: Observation): FactWitness => {
  const lines = streamLines(output, 'stdout')
  return (path, text, rule) => {
    const at = lines[(factLines.get(path) ?? 0) - 1]
    if (at === undefined) return { line: 0, column: 0, length: 0, text, rule }
    return { line: at.number, column: 1, length: stripColours(at.text).length, text, rule }
  }
}
