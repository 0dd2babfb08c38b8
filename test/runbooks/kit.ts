import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as cases from '../../src/cli/cases/judge-case.ts'
import { createStreamReader } from '../../src/cli/cases/read-recorded.ts'
import type { Case, Judged, Recorded } from '../../src/cli/cases/types.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import type { Branch, Step, Tree } from '../../src/tree/index.ts'

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

/** The texts of both streams; a recorded output's name is the same in whichever folder it stands. */
const streamsOf = createStreamReader(fileURLToPath(new URL('../fixtures/runbooks', import.meta.url)))

/** An output as the session would have captured it. */
export const capture = (recorded: Recorded): ReturnType<typeof cases.captureStreams> =>
  cases.captureStreams(streamsOf(recorded))

/** The step, or the end, that a branch of a tree leads to. */
export const nameOf = (tree: Tree, branch: Branch): string => cases.nameOf(branch, tree)

/** The step that a name, as `nameOf` gives it, stands for. */
export const stepNamed = (tree: Tree, name: string): Step => {
  const [runbook, id] = name.includes('#') ? name.split('#') : [tree.name, name]
  return stepOf(library.trees.get(runbook ?? '') ?? tree, id ?? '')
}

/** Judges a step of a tree by outputs that are given. */
export const judgeOutputs = (tree: Tree, step: Step, outputs: readonly Recorded[]): Judged =>
  cases.judgeOutputs({ tree, knowledge, streamsOf }, step, outputs)

/** A step that must be there. */
export const stepOf = (tree: Tree, id: string): Step => {
  const step = tree.stepById.get(id)
  if (step === undefined) throw new Error(`There is no step "${id}".`)
  return step
}

/** The files of cases of this repository. */
export const caseFolder = fileURLToPath(new URL('.', import.meta.url))

/** The names of the runbooks that have a folder of cases. */
export const testedRunbooks: readonly string[] = readdirSync(caseFolder, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && library.trees.has(entry.name))
  .map(({ name }) => name)
