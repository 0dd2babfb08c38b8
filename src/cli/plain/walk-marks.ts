import { formatCounted } from '../../base/index.ts'
import { scanLookFor } from '../../diagnosis/index.ts'
import { stripColours } from '../../facts/index.ts'
import { currentStep, findStep, type Refusal, type Run, runsOfStep } from '../../session/index.ts'
import { createMarkFinder, dealingSteps, type Mark } from '../../ui/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import { severityWords } from './present-run.ts'
import { keptOutput } from './tell-output.ts'

/** Which marked line is gone to: the next or the one before, of all or of those that warn. */
export type MarkGoal = { readonly direction: 'next' | 'before'; readonly kinds: 'all' | 'warnings' }

/** Goes to a marked line of the step's outputs and tells it with its meaning; gives the refusal where there is none. */
export type MarkWalk = (desk: PlainDesk, goal: MarkGoal) => Refusal | undefined

type MarkedLine = { readonly run: Run; readonly mark: Mark }

const words: Readonly<Record<Mark['kind'], string>> = {
  ...severityWords,
  'look-for': 'LOOK FOR',
}

const isSame = (one: MarkedLine, other: MarkedLine | undefined): boolean =>
  one.run.runId === other?.run.runId && one.mark.line === other.mark.line

/** Of every command of the step that ran, the newest run. */
const newestRuns = ({ store }: PlainDesk): readonly Run[] => {
  const { session } = store.getSnapshot()
  const runs = session.current === undefined ? [] : runsOfStep(session, session.current)
  return [...new Map(runs.map(run => [run.commandId ?? run.line, run])).values()]
}

const tellMark = (desk: PlainDesk, { run, mark }: MarkedLine): void => {
  const { store, context, out } = desk
  const { session } = store.getSnapshot()
  const { lines, firstLine } = keptOutput(desk, run)
  const kept = lines[mark.line - firstLine]?.text
  const text = kept ?? run.findings.flatMap(({ evidence }) => evidence).find(e => e.line === mark.line)?.text
  out(`Line ${mark.line} of [${run.line}]: ${stripColours(text ?? '').trim()}`)
  out(`  ${words[mark.kind]}: ${mark.meaning}`)
  const finding = run.findings.find(({ cause }) => cause === mark.cause)
  if (mark.cause === undefined || session.current === undefined) return
  for (const ref of dealingSteps(finding, session.current, context.library))
    out(`  to go on from it: g ${ref.runbook}#${ref.step}  ${findStep(context.library, ref)?.title}`)
}

const nounOf = ({ kinds }: MarkGoal): string => (kinds === 'all' ? 'marked line' : 'warning')

const nothingMarked = (goal: MarkGoal): Refusal => ({
  code: 'E_PLAIN_MARK',
  text: `The outputs of this step have no ${nounOf(goal)}. r runs its reads.`,
})

/** Creates the walk; it remembers where it stands, and begins again at the other end. */
export const createMarkWalk = (): MarkWalk => {
  const findMarks = createMarkFinder(scanLookFor)
  let standing: MarkedLine | undefined

  const markedLines = (desk: PlainDesk): readonly MarkedLine[] => {
    const { session } = desk.store.getSnapshot()
    const { lookFor = [] } = currentStep(session, desk.context.library) ?? {}
    return newestRuns(desk).flatMap(run => {
      const output = desk.store.outputOf(run.runId)
      return findMarks({ run, output, firstShown: 1, lookFor }).map(mark => ({ run, mark }))
    })
  }

  return (desk, goal) => {
    const all = markedLines(desk)
    const at = all.findIndex(each => isSame(each, standing))
    const wanted = all.filter(({ mark }) => goal.kinds === 'all' || mark.kind === 'warning')
    const isBehind = (each: MarkedLine): boolean => all.indexOf(each) > at
    const isAhead = (each: MarkedLine): boolean => all.indexOf(each) < at
    const found =
      goal.direction === 'next'
        ? (wanted.find(isBehind) ?? wanted[0])
        : (wanted.findLast(isAhead) ?? wanted.at(-1))
    if (found === undefined) return nothingMarked(goal)
    standing = found
    tellMark(desk, found)
    desk.out(`  ${wanted.indexOf(found) + 1} of ${formatCounted(wanted.length, nounOf(goal))}`)
    return undefined
  }
}
