import type { StepRef } from '../../base/index.ts'
import { currentTree, type Intent, type Refusal } from '../../session/index.ts'
import { findSteps, type Tree } from '../../tree/index.ts'
import { searchEntries } from '../../ui/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import { presentFound } from './present-found.ts'

/** A session in linear text has no home screen around it. */
const noHome = [] as const

type FoundStep = { readonly ref: StepRef; readonly title: string }

const stepsIn = (tree: Tree, words: string): readonly FoundStep[] =>
  findSteps(tree, words).map(({ id, title }) => ({ ref: { runbook: tree.name, step: id }, title }))

/** The steps that words mean: of the runbook that is walked if it has any, else of the others; `RUNBOOK#STEP` names one outright. */
const stepsFor = ({ store, context: { library } }: PlainDesk, words: string): readonly FoundStep[] => {
  const [, runbook = '', step = ''] = /^([\w.-]+)#(\S+)$/.exec(words) ?? []
  const named = library.trees.get(runbook)
  if (named !== undefined) return stepsIn(named, `#${step}`)
  const here = currentTree(store.getSnapshot().session, library)
  const own = here === undefined ? [] : stepsIn(here, words)
  return own.length > 0 ? own : [...library.trees.values()].flatMap(tree => stepsIn(tree, words))
}

/** Goes to the step that words mean; gives the refusal where none or several fit. */
export const jump = (desk: PlainDesk, words: string): Intent | Refusal => {
  const found = stepsFor(desk, words)
  const [first, second] = found
  if (first === undefined)
    return {
      code: 'E_PLAIN_STEP',
      text: `No step fits "${words}". / and words search commands and causes too.`,
    }
  if (second === undefined) return { type: 'enter-step', ref: first.ref }
  const lines = found.map(({ ref, title }) => `  g ${ref.runbook}#${ref.step}  ${title}`)
  return { code: 'E_PLAIN_STEP', text: ['Several steps fit:', ...lines].join('\n') }
}

/** Prints what holds the words, as the screens find it, and how each is gone to. */
export const tellFound = ({ store, context, out }: PlainDesk, words: string): void => {
  const { current } = store.getSnapshot().session
  const scene = current === undefined ? undefined : { ref: current }
  const found = searchEntries({ services: { context }, home: noHome, scene }, words)
  const lines = found.map(({ kind, name, where, ref }) =>
    ref === undefined
      ? `  ${name} (${kind}, ${where}; no step deals with it)`
      : `  g ${ref.runbook}#${ref.step}  ${name} (${kind}, ${where})`,
  )
  presentFound(lines, words).forEach(out)
}
