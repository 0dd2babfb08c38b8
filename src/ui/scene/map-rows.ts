import type { Destination, StepRef } from '../../base/index.ts'
import { emptySession, type Library, type Session } from '../../session/index.ts'
import type { Step, Tree } from '../../tree/index.ts'
import { stepName } from '../present/step-name.ts'
import type { Moment } from '../state/moment.ts'
import type { MapOverlay } from '../state/overlay.ts'
import { branchChoices, type Choice } from './choices.ts'
import { type StepState, stepStateOf } from './step-states.ts'

/** A row of the map: a step, or a branch below its step. */
export type MapRow = {
  readonly id: string
  /** For each level above, whether more comes below there; the last says it of the row itself. */
  readonly goesOn: readonly boolean[]
  readonly title: string
  readonly step: Step
  /** Absent in a step that has nothing below it. */
  readonly fold: 'open' | 'folded' | undefined
  readonly known: StepState
  /** Present on a branch. */
  readonly branch:
    | { readonly choice: Choice; readonly to: Destination; readonly isTaken: boolean }
    | undefined
}

type Drawn = {
  readonly tree: Tree
  readonly session: Session
  readonly library: Library
  readonly folds: MapOverlay['folds']
  readonly taken: ReadonlySet<string>
}

const passage = (from: StepRef, to: StepRef): string =>
  `${from.runbook}#${from.step} > ${to.runbook}#${to.step}`

/** Which ways were gone, from each step of the path to the one after it. */
const passages = ({ path }: Session): ReadonlySet<string> =>
  new Set(path.slice(1).map((ref, at) => passage(path[at] ?? ref, ref)))

const branchRows = (drawn: Drawn, step: Step, goesOn: readonly boolean[]): readonly MapRow[] => {
  const ref = { runbook: drawn.tree.name, step: step.id }
  return branchChoices({ ...drawn, ref, step }).flatMap((choice, at): readonly MapRow[] => {
    const to = step.branches[at]?.to
    if (to === undefined) return []
    const isLast = at === step.branches.length - 1 && step.children.length === 0
    return [
      {
        id: `${step.id} > ${at}`,
        goesOn: [...goesOn, !isLast],
        title: choice.title,
        step,
        fold: undefined,
        known: stepStateOf(drawn.session, ref),
        branch: { choice, to, isTaken: to.kind === 'step' && drawn.taken.has(passage(ref, to.ref)) },
      },
    ]
  })
}

/** What was visited, and what holds other steps, shows what is below it. */
const foldOf = ({ folds }: Drawn, { id, children, branches }: Step, known: StepState): MapRow['fold'] => {
  if (children.length === 0 && branches.length === 0) return undefined
  return folds.get(id) ?? (known.visits.length > 0 || children.length > 0 ? 'open' : 'folded')
}

function* stepRows(drawn: Drawn, step: Step, goesOn: readonly boolean[]): Generator<MapRow> {
  const known = stepStateOf(drawn.session, { runbook: drawn.tree.name, step: step.id })
  const fold = foldOf(drawn, step, known)
  yield { id: step.id, goesOn, title: stepName(step), step, fold, known, branch: undefined }
  if (fold !== 'open') return
  yield* branchRows(drawn, step, goesOn)
  for (const [at, id] of step.children.entries()) {
    const child = drawn.tree.stepById.get(id)
    if (child !== undefined) yield* stepRows(drawn, child, [...goesOn, at < step.children.length - 1])
  }
}

const drawRows = (drawn: Drawn): readonly MapRow[] =>
  drawn.tree.steps
    .filter(({ parent }) => parent === undefined)
    .flatMap(step => [...stepRows(drawn, step, [])])

type Kept = {
  readonly folds: MapOverlay['folds']
  readonly session: Session
  readonly rows: readonly MapRow[]
}

/** The newest rows of each runbook: a key asks for them several times. */
const kept = new WeakMap<Tree, Kept>()

/** The rows of a map from top to bottom, folded ones left out. Empty for a runbook that is not there. */
export const mapRows = (map: MapOverlay, { services, snapshot }: Moment): readonly MapRow[] => {
  const { library } = services.context
  const tree = library.trees.get(map.runbook)
  const session = snapshot?.session ?? emptySession
  const { folds } = map
  if (tree === undefined) return []
  const before = kept.get(tree)
  if (before?.folds === folds && before.session === session) return before.rows
  const rows = drawRows({ tree, session, library, folds, taken: passages(session) })
  kept.set(tree, { folds, session, rows })
  return rows
}

/** The index of the chosen row; where none is chosen, that of the step where the session stands. */
export const chosenRow = (rows: readonly MapRow[], { selected }: MapOverlay): number => {
  const chosen = rows.findIndex(({ id }) => id === selected)
  return Math.max(
    0,
    chosen >= 0 ? chosen : rows.findIndex(({ known, branch }) => known.state === 'here' && !branch),
  )
}
