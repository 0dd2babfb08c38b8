import { readdirSync, readFileSync } from 'node:fs'
import type { CapturedOutput, Outcome } from '../../src/base/index.ts'
import {
  compileKnowledge,
  diagnose,
  type Knowledge,
  parseCauses,
  type RunResult,
} from '../../src/diagnosis/index.ts'
import { deriveFacts, outputTexts, parsers } from '../../src/facts/index.ts'

const causesFolder = new URL('../../runbooks/causes/', import.meta.url)

/** The bundled causes. */
export const bundledKnowledge = (): Knowledge => {
  const files = readdirSync(causesFolder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
  return compileKnowledge(
    files.flatMap(
      name => parseCauses({ name, text: readFileSync(new URL(name, causesFolder), 'utf8') }).causes,
    ),
  )
}

/** Causes written in a test. */
export const knowledgeOf = (text: string): Knowledge => {
  const { causes, diagnostics } = parseCauses({ name: 'test', text })
  if (diagnostics.length > 0) throw new Error(diagnostics.map(d => d.message).join('\n'))
  return compileKnowledge(causes)
}

/** What a command gave: its streams as texts and how it ended. */
export type Ran = {
  readonly command: string
  readonly stdout?: string
  readonly stderr?: string
  readonly outcome?: Outcome
}

const captured = (stdout: string, stderr: string): CapturedOutput => {
  const split = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
  const lines = [
    ...split(stdout).map(text => ({ stream: 'stdout' as const, text })),
    ...split(stderr).map(text => ({ stream: 'stderr' as const, text })),
  ].map((line, index) => ({ ...line, number: index + 1 }))
  return { firstLine: 1, lines, totalLines: lines.length, totalBytes: stdout.length + stderr.length }
}

/** A finished run as the session would see it, facts and findings derived. */
export const observe = (knowledge: Knowledge, ran: Ran): RunResult => {
  const outcome = ran.outcome ?? { kind: 'exited', code: 0 }
  const output = captured(ran.stdout ?? '', ran.stderr ?? '')
  const exitCode = outcome.kind === 'exited' ? outcome.code : undefined
  const { facts, lines } = deriveFacts(parsers, { command: ran.command, ...outputTexts(output), exitCode })
  const observation = { command: ran.command, output, outcome, facts, factLines: lines }
  return { ...observation, findings: diagnose(knowledge, observation) }
}
