import type { StepRef } from '../../base/index.ts'
import { formatCounted } from '../../base/index.ts'
import {
  findStep,
  type Library,
  maskSeals,
  type Run,
  type Session,
  type StampedEvent,
} from '../../session/index.ts'
import { oneLine } from '../present/one-line.ts'
import { formatDuration, markWords, runWord, type Word } from '../present/words.ts'
import type { Moment } from '../state/moment.ts'
import { glyphs } from '../theme/glyphs.ts'

/** Where a row of the journal or of the findings leads: a run's output, or a step. */
export type RowGoal = { readonly ref: StepRef; readonly runId?: string; readonly line?: number | undefined }

/** An event as the journal's screen tells it. `at` is an ISO 8601 instant. */
export type JournalRow = {
  readonly at: string
  readonly word: Omit<Word, 'text'>
  readonly text: string
  readonly remark: string
  readonly goal: RowGoal | undefined
}

type Told = Omit<JournalRow, 'at'>
type Known = { readonly session: Session; readonly library: Library }
type Event<T extends StampedEvent['type']> = Extract<StampedEvent, { type: T }>

const dim = (sign: string): JournalRow['word'] => ({ sign, tone: 'dim' })

const plainly = (text: string, remark = ''): Told => ({
  word: dim(glyphs.untouched),
  text,
  remark,
  goal: undefined,
})

const titleOf = ({ library }: Known, ref: StepRef): string => findStep(library, ref)?.title ?? ref.step

const goalOf = ({ runId, ref }: Run, line?: number): RowGoal => ({ ref, runId, line })

const tookMs = ({ startedAt, finishedAt }: Run): number =>
  startedAt === undefined || finishedAt === undefined ? 0 : Date.parse(finishedAt) - Date.parse(startedAt)

const finished = (run: Run): Told => {
  const { sign, text, tone } = runWord(run)
  const remark = `${text} ${glyphs.separator} ${formatDuration(tookMs(run))} ${glyphs.separator} ${formatCounted(run.totalLines, 'line')}`
  return { word: { sign, tone }, text: oneLine(run.line), remark, goal: goalOf(run) }
}

const dropped = (run: Run, because: string | undefined): Told => ({
  word: dim(glyphs.untouched),
  text: oneLine(run.line),
  remark: because ?? 'not run',
  goal: undefined,
})

const found = (run: Run): readonly Told[] =>
  run.findings.map(({ severity, title, evidence }) => {
    const { sign, tone } = markWords[severity]
    const proof = evidence[0]?.text.replace(/\s+/g, ' ').trim() ?? ''
    return {
      word: { sign, tone },
      text: title,
      remark: proof,
      goal: goalOf(run, evidence.find(e => e.line > 0)?.line),
    }
  })

const asked = (run: Run, remark: string): Told => ({
  word: { sign: glyphs.unknown, tone: 'warn' },
  text: oneLine(run.line),
  remark,
  goal: undefined,
})

const branchText = (known: Known, { ref, branch, recommended }: Event<'branch-taken'>): Told => {
  const label = findStep(known.library, ref)?.branches[branch]?.label ?? ''
  const text = `Way ${branch + 1}${label === '' ? '' : `: ${label}`}`
  return {
    word: { sign: glyphs.recommended, tone: 'accent' },
    text,
    remark: recommended ? 'as recommended' : 'chosen',
    goal: undefined,
  }
}

const entryWords: Readonly<Record<string, string>> = {
  start: 'begun here',
  jump: 'jumped to',
  branch: 'by a way on',
  next: 'next in the document',
  back: 'went back',
  forward: 'went forward again',
}

/** What an event is told as; nothing for those that say what others say better. */
const tell = (known: Known, event: StampedEvent): readonly Told[] => {
  const run = 'runId' in event ? known.session.runs.get(event.runId) : undefined
  switch (event.type) {
    case 'session-opened':
      return [plainly(`The triage began on ${event.header.host}`, event.header.target)]
    case 'session-resumed':
      return [plainly('The triage was gone on with', event.tool)]
    case 'step-entered':
      return [
        {
          word: { sign: glyphs.here, tone: 'accent' },
          text: titleOf(known, event.ref),
          remark: entryWords[event.reason] ?? '',
          goal: { ref: event.ref },
        },
      ]
    case 'branch-taken':
      return [branchText(known, event)]
    case 'approval-asked':
      return run === undefined ? [] : [asked(run, `wants "${event.wants}"`)]
    case 'approval-refused':
      return run === undefined ? [] : [asked(run, 'answered no')]
    case 'approval-given':
      return run === undefined ? [] : [asked(run, 'answered yes')]
    case 'run-dropped':
      return run === undefined ? [] : [dropped(run, event.because)]
    case 'run-finished':
      return run === undefined ? [] : [finished(run)]
    case 'findings-derived':
      return run === undefined ? [] : found(run)
    case 'variable-set':
      return [plainly(`${event.name} = ${maskSeals(event.value)}`, 'value')]
    case 'place-mapped':
      return [plainly(`${event.place} is ${event.machine.host}`, event.machine.target)]
    case 'runbook-trusted':
      return [plainly(`Commands of ${event.runbook} may be run`, event.origin)]
    case 'note-added':
      return [
        {
          word: { sign: glyphs.look, tone: 'accent' },
          text: event.text,
          remark: titleOf(known, event.ref),
          goal: { ref: event.ref },
        },
      ]
    case 'session-closed':
      return [plainly(`The triage was closed: ${event.status}`)]
    default:
      return []
  }
}

type Kept = { readonly count: number; readonly rows: readonly JournalRow[] }

/** The list of events grows, and so is known by its length too. */
const told = new WeakMap<readonly StampedEvent[], Kept>()

/** The session's events as rows, oldest first. */
export const journalRows = ({ events, snapshot, services }: Moment): readonly JournalRow[] => {
  if (snapshot === undefined) return []
  const known = { session: snapshot.session, library: services.context.library }
  const before = told.get(events)
  if (before?.count === events.length) return before.rows
  const rows = events.flatMap(event => tell(known, event).map(row => ({ ...row, at: event.at })))
  told.set(events, { count: events.length, rows })
  return rows
}
