import { atOnce, type CapturedOutput, type InPieces, type Outcome } from '../base/index.ts'
import { diagnosing, type Finding, noteLongLines } from '../diagnosis/index.ts'
import { type DerivedFacts, derivingFacts, outputTexts } from '../facts/index.ts'
import type { DecideContext } from './types.ts'

/** A command that has ended, with what it printed. */
export type EndedCommand = {
  readonly command: string
  readonly outcome: Outcome
  readonly output: CapturedOutput
  /** When it ended: what is past its date is judged by this. */
  readonly at?: string | undefined
}

/** What an output says: its facts, and the causes that it points to. */
export type Analysis = DerivedFacts & { readonly findings: readonly Finding[] }

const exitCodeOf = (outcome: Outcome): number | undefined =>
  outcome.kind === 'exited' ? outcome.code : undefined

/** What outputs are analysed with. */
type Analyst = Pick<DecideContext, 'parsers' | 'knowledge'>

/** Derives facts and findings from an output, with the parsers and the knowledge that are given. */
export function* analysing(
  { parsers, knowledge }: Analyst,
  { command, outcome, output, at }: EndedCommand,
): InPieces<Analysis> {
  const ended = { command, ...outputTexts(output), exitCode: exitCodeOf(outcome) }
  const derived = yield* derivingFacts(parsers, ended)
  const { facts, lines: factLines } = derived
  const when = at === undefined ? {} : { at }
  yield
  const findings = yield* diagnosing(knowledge, { command, output, outcome, facts, factLines, ...when })
  return { ...derived, diagnostics: [...derived.diagnostics, ...noteLongLines(output.lines)], findings }
}

/** The same at once. */
export const analyseOutput = (analyst: Analyst, ended: EndedCommand): Analysis =>
  atOnce(analysing(analyst, ended))
