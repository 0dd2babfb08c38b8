import type { LineResult } from '../../cluster/index.ts'
import { diagnose, type Knowledge } from '../../diagnosis/index.ts'
import type { Judges } from '../../drill/index.ts'
import { deriveFacts, outputTexts, parsers } from '../../facts/index.ts'
import { classify } from '../../shell/index.ts'

const captured = ({ stdout, stderr }: LineResult) => {
  const split = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
  const lines = [
    ...split(stdout).map(text => ({ stream: 'stdout' as const, text })),
    ...split(stderr).map(text => ({ stream: 'stderr' as const, text })),
  ].map((line, index) => ({ ...line, number: index + 1 }))
  return { firstLine: 1, lines, totalLines: lines.length, totalBytes: stdout.length + stderr.length }
}

/** Judges a trainee's lines with the same classifier, parsers and causes as a triage. */
export const createJudges = (knowledge: Knowledge): Judges => ({
  effectOf: line => classify(line).effect,
  causesIn: (command, ran) => {
    const output = captured(ran)
    const { facts, lines } = deriveFacts(parsers, { command, ...outputTexts(output), exitCode: ran.exit })
    const outcome = { kind: 'exited', code: ran.exit } as const
    return diagnose(knowledge, { command, output, outcome, facts, factLines: lines }).map(f => f.cause)
  },
})
