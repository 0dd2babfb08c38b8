import type { StepRef } from '../../base/index.ts'
import type { SessionSummary } from '../../runtime/index.ts'
import type { DrillEntry } from '../drill-port.ts'
import type { AppServices, RunbookEntry } from '../services.ts'
import { offeredDrill } from './offered-drill.ts'

/** One thing that can be opened from the home screen. */
export type HomeEntry =
  /** `title` is that of the runbook, where there are several. */
  | {
      readonly kind: 'symptom'
      readonly say: string
      readonly ref: StepRef
      readonly title: string | undefined
    }
  | { readonly kind: 'runbook'; readonly runbook: RunbookEntry; readonly start: StepRef | undefined }
  /** `isOffered` marks the one to do next. */
  | { readonly kind: 'drill'; readonly drill: DrillEntry; readonly isOffered: boolean }
  | { readonly kind: 'session'; readonly summary: SessionSummary; readonly title: string }

/** What the home screen is made from. */
type HomeSources = Pick<AppServices, 'runbooks' | 'context' | 'drills' | 'earlier'>

/** The sections of the home screen, in order. */
export const homeSections = ['symptom', 'runbook', 'drill', 'session'] as const

/** One section of the home screen. */
export type HomeSection = (typeof homeSections)[number]

const runbookEntries = ({ runbooks, context }: HomeSources): readonly HomeEntry[] =>
  runbooks.map(runbook => {
    const step = context.library.trees.get(runbook.name)?.start
    return {
      kind: 'runbook',
      runbook,
      start: step === undefined ? undefined : { runbook: runbook.name, step },
    }
  })

const symptomsOf = ({ name, title }: RunbookEntry, services: HomeSources): readonly HomeEntry[] => {
  const { runbooks, context } = services
  const shown = runbooks.length > 1 ? title : undefined
  const symptoms = context.library.trees.get(name)?.symptoms ?? []
  return symptoms.flatMap(({ say, go }): readonly HomeEntry[] =>
    go.kind === 'step' ? [{ kind: 'symptom', say, ref: go.ref, title: shown }] : [],
  )
}

/** The one to do next stands first. */
const drillEntries = ({ drills }: HomeSources): readonly HomeEntry[] => {
  const offered = offeredDrill(drills)
  const first = offered === undefined ? [] : [offered]
  return [...first, ...drills.filter(drill => drill !== offered)].map(drill => ({
    kind: 'drill',
    drill,
    isOffered: drill === offered,
  }))
}

const sessionEntries = ({ runbooks, earlier }: HomeSources): readonly HomeEntry[] =>
  earlier.map(summary => ({
    kind: 'session',
    summary,
    title: runbooks.find(r => r.name === summary.header.runbook)?.title ?? summary.header.runbook,
  }))

/** What the home screen lists: what someone would complain of, runbooks, drills, and earlier sessions, newest first. */
export const homeEntries = (services: HomeSources): readonly HomeEntry[] => [
  ...services.runbooks.flatMap(runbook => symptomsOf(runbook, services)),
  ...runbookEntries(services),
  ...drillEntries(services),
  ...sessionEntries(services),
]
