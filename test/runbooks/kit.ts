import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { CapturedOutput, Outcome, OutputLine, StreamName } from '../../src/base/index.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { diagnose, evaluateBranches, type Judgement, type RunResult } from '../../src/diagnosis/index.ts'
import { deriveFacts, parsers } from '../../src/facts/index.ts'
import type { Branch, Step, StepCommand, Tree } from '../../src/tree/index.ts'

/** What a command printed, as a case states it: `run` is the beginning of the command, `file` names a recorded output. */
export type Recorded = {
  readonly run: string
  readonly out?: string
  readonly err?: string
  readonly file?: string
  readonly exit?: number
  readonly timedOut?: boolean
}

/**
 * One case: outputs of a step's commands, and the step that they lead to: its id, with `RUNBOOK#` before it where it stands in
 * another runbook; `ask` where a person has to decide.
 */
export type Case = {
  readonly step: string
  readonly outputs: readonly Recorded[]
  readonly expect: { readonly goes: string; readonly causes?: readonly string[] }
}

/** What was made of a case. */
export type Judged = {
  readonly goes: string
  readonly causes: readonly string[]
  readonly judgement: Judgement
}

export const knowledge = loadKnowledge()

/** All runbooks of this repository. */
export const library = loadBundledLibrary()

/** A runbook of this repository, by its file name. */
export const runbookOf = (name: string): Tree => {
  const tree = library.trees.get(name)
  if (tree === undefined) throw new Error(`There is no runbook "${name}".`)
  return tree
}

/** The cases of a YAML file beside the tests; `samples` of the file only hold anchors. */
export const loadCases = (path: string): readonly Case[] =>
  parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { merge: true }).cases

const fixtures = new URL('../fixtures/runbooks/', import.meta.url)

/** Where each recorded output lies; its name is the same in whichever folder it stands. */
const fixtureByName = new Map(
  readdirSync(fixtures).flatMap(folder =>
    readdirSync(new URL(`${folder}/`, fixtures)).map(
      name => [name, new URL(`${folder}/${name}`, fixtures)] as const,
    ),
  ),
)

const fixture = (name: string): string => {
  const url = fixtureByName.get(name)
  return url === undefined ? '' : readFileSync(url, 'utf8')
}

/** The texts of both streams; a recorded output keeps them in `NAME.txt` and `NAME.stderr`. */
const textsOf = ({ out, err, file }: Recorded): { readonly stdout: string; readonly stderr: string } => {
  if (file !== undefined && !fixtureByName.has(`${file}.txt`) && !fixtureByName.has(`${file}.stderr`))
    throw new Error(`There is no recorded output "${file}".`)
  return {
    stdout: (out ?? '') + (file === undefined ? '' : fixture(`${file}.txt`)),
    stderr: (err ?? '') + (file === undefined ? '' : fixture(`${file}.stderr`)),
  }
}

const linesOf = (text: string, stream: StreamName): readonly Omit<OutputLine, 'number'>[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map(line => ({ stream, text: line }))

/** An output as the session would have captured it. */
export const capture = (recorded: Recorded): CapturedOutput => {
  const { stdout, stderr } = textsOf(recorded)
  const lines = [...linesOf(stdout, 'stdout'), ...linesOf(stderr, 'stderr')]
  return {
    firstLine: 1,
    lines: lines.map((line, index) => ({ number: index + 1, ...line })),
    totalLines: lines.length,
    totalBytes: stdout.length + stderr.length,
  }
}

export const outcomeOf = ({ exit, timedOut }: Recorded): Outcome =>
  timedOut === true ? { kind: 'timed-out', afterMs: 15_000 } : { kind: 'exited', code: exit ?? 0 }

const commandOf = (step: Step, recorded: Recorded): StepCommand => {
  const command = step.commands.find(({ run }) => run.startsWith(recorded.run))
  if (command === undefined) throw new Error(`${step.id} has no command that begins with "${recorded.run}"`)
  return command
}

/** A command as it would run, any value in the place of its placeholders. */
const filled = ({ run, placeholders }: StepCommand): string =>
  placeholders.reduce((line, { text }) => line.replace(text, 'value'), run)

const resultOf = (step: Step, recorded: Recorded): RunResult => {
  const command = filled(commandOf(step, recorded))
  const outcome = outcomeOf(recorded)
  const exitCode = outcome.kind === 'exited' ? outcome.code : undefined
  const { facts, lines } = deriveFacts(parsers, { command, ...textsOf(recorded), exitCode })
  const observation = { command, output: capture(recorded), outcome, facts, factLines: lines }
  return { ...observation, findings: diagnose(knowledge, observation) }
}

/** The step, or the end, that a branch of a tree leads to. */
export const nameOf = (tree: Tree, { to }: Branch): string => {
  if (to.kind !== 'step') return to.kind
  return to.ref.runbook === tree.name ? to.ref.step : `${to.ref.runbook}#${to.ref.step}`
}

/** The step that a name, as `nameOf` gives it, stands for. */
export const stepNamed = (tree: Tree, name: string): Step => {
  const [runbook, id] = name.includes('#') ? name.split('#') : [tree.name, name]
  return stepOf(library.trees.get(runbook ?? '') ?? tree, id ?? '')
}

/** Judges a step of a tree by outputs that are given. */
export const judgeOutputs = (tree: Tree, step: Step, outputs: readonly Recorded[]): Judged => {
  const results = outputs.map(recorded => resultOf(step, recorded))
  const conditions = step.branches.map(({ condition }) => condition)
  const judgement = evaluateBranches(knowledge, { conditions, results })
  const taken = judgement.recommended === undefined ? undefined : step.branches[judgement.recommended]
  return {
    goes: taken === undefined ? 'ask' : nameOf(tree, taken),
    causes: [...new Set(results.flatMap(({ findings }) => findings.map(({ cause }) => cause)))],
    judgement,
  }
}

/** A step that must be there. */
export const stepOf = (tree: Tree, id: string): Step => {
  const step = tree.stepById.get(id)
  if (step === undefined) throw new Error(`There is no step "${id}".`)
  return step
}
