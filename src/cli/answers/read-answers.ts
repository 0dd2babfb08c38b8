import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import {
  createYamlPlaces,
  fail,
  nearestWord,
  type Position,
  type Result,
  type StepRef,
  succeed,
} from '../../base/index.ts'
import { type Library, stepKey } from '../../session/index.ts'
import { findSteps, type Tree } from '../../tree/index.ts'
import { findBranch } from './find-branch.ts'

/** A person's choices made ahead: which branch is taken at a step, counted from 0, by `runbook#step`. */
export type Answers = ReadonlyMap<string, number>

/** What is wrong with a file of answers, and where. */
export type AnswerProblem = { readonly at: Position; readonly message: string }

/** The runbooks of a walk and the one that it begins with. */
export type AnswerContext = { readonly library: Library; readonly entry: string }

type Read = { readonly answers: Answers; readonly problems: readonly AnswerProblem[] }

const refsIn = (trees: readonly Tree[], step: string): readonly StepRef[] =>
  trees.flatMap(tree => (tree.stepById.has(step) ? [{ runbook: tree.name, step }] : []))

const unknownStep = (name: string, trees: readonly Tree[]): string => {
  const near = nearestWord(
    name.replace(/^.*#/, ''),
    trees.flatMap(tree => tree.steps.map(({ id }) => id)),
  )
  return `there is no step "${name}"${near === undefined ? '' : `; did you mean ${near}?`}`
}

/** The one step that a name leads to: `runbook#step`; else one of the runbook that the walk begins with; else one of another that it reaches. */
const findStepNamed = (name: string, { library, entry }: AnswerContext): Result<StepRef, string> => {
  const trees = [...library.trees.values()]
  const [, runbook, within] = /^([^#]+)#(.+)$/.exec(name) ?? []
  const first = library.trees.get(runbook ?? entry)
  const found = first === undefined ? [] : findSteps(first, within ?? name)
  const refs =
    found.length > 0 || runbook !== undefined
      ? found.map(({ id }) => ({ runbook: first?.name ?? '', step: id }))
      : refsIn(trees, name.replace(/^#/, ''))
  const [only, another] = refs
  if (only === undefined) return fail(unknownStep(name, trees))
  return another === undefined
    ? succeed(only)
    : fail(`"${name}" fits several steps: ${refs.map(stepKey).slice(0, 8).join(', ')}`)
}

const readOne = (
  name: string,
  answer: string,
  context: AnswerContext,
): Result<readonly [string, number], string> => {
  const ref = findStepNamed(name, context)
  if (!ref.ok) return ref
  const step = context.library.trees.get(ref.value.runbook)?.stepById.get(ref.value.step)
  if (step === undefined) return fail(`there is no step "${name}"`)
  const branch = findBranch(step, answer)
  return branch.ok ? succeed([stepKey(ref.value), branch.value]) : branch
}

const textOf = (node: unknown): string | undefined => {
  if (!isScalar(node) || (typeof node.value !== 'string' && typeof node.value !== 'number')) return undefined
  // As it stands in the file: 7.10 is a section, not 7.1.
  return node.source ?? String(node.value)
}

/** Reads a file of answers (YAML: step → branch). Everything that is wrong is told with its place. Never throws. */
export const readAnswers = (text: string, context: AnswerContext): Read => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const places = createYamlPlaces(document, counter)
  const problemAt = (at: Position, message: string): Read => ({
    answers: new Map(),
    problems: [{ at, message }],
  })
  if (places.trouble !== undefined)
    return problemAt(places.trouble.at, `not right YAML: ${places.trouble.message}`)
  if (document.contents === null) return { answers: new Map(), problems: [] }
  if (!isMap(document.contents)) return problemAt(places.at(0), 'the file must hold lines of "step: branch"')
  const answers = new Map<string, number>()
  const problems: AnswerProblem[] = []
  for (const { key, value } of document.contents.items) {
    const name = textOf(key)
    const answer = textOf(value)
    const read =
      name === undefined || answer === undefined
        ? fail('wants a step and, behind it, the number, the destination or the words of a branch')
        : readOne(name, answer, context)
    const place = places.at(isNode(key) ? (key.range?.[0] ?? 0) : 0)
    if (!read.ok) problems.push({ at: place, message: read.error })
    else if (answers.has(read.value[0]))
      problems.push({ at: place, message: `${read.value[0]} is answered twice` })
    else answers.set(...read.value)
  }
  return { answers, problems }
}
