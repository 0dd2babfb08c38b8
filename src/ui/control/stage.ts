import { keyOf } from '../keys/key-of.ts'
import { isSameSize, type Size } from '../layout/rectangle.ts'
import { createExplanations, type Explanations } from '../scene/explanations.ts'
import { homeEntries } from '../scene/home-entries.ts'
import { createLineFinder } from '../scene/line-finder.ts'
import { createMarkFinder } from '../scene/output-marks.ts'
import { buildStepScene, type SceneTools } from '../scene/step-scene.ts'
import type { AppServices } from '../services.ts'
import type { DrillNow, Moment } from '../state/moment.ts'
import { reduceUi, type UiChange } from '../state/reduce-ui.ts'
import { initialUi, type Notice, type UiState } from '../state/ui-state.ts'
import { createDrillDesk, type DrillDesk } from './drill-desk.ts'
import { followSession, type Seen, seeSession } from './follow-session.ts'
import { createSessionDesk, type SessionDesk } from './session-desk.ts'
import { createTurns } from './turns.ts'
import { createLineWatch } from './watch-lines.ts'

/** Holds the state of the screen and of the open session, and gives the moment that both make. */
export type Stage = {
  readonly services: AppServices
  readonly desk: SessionDesk
  readonly drills: DrillDesk
  readonly getMoment: () => Moment
  readonly momentAt: (size: Size) => Moment
  readonly subscribe: (listener: () => void) => () => void
  readonly apply: (changes: readonly UiChange[]) => void
  readonly tell: (text: string, tone: Notice['tone']) => void
  readonly resize: (size: Size) => void
  readonly loadExplanations: () => Promise<void>
}

const unseen: Seen = { stepKey: undefined, closed: undefined, notices: 0 }

const goesHome = (change: UiChange): boolean => change.type === 'go' && change.place.kind === 'home'

type Parts = Pick<Moment, 'ui' | 'size' | 'home' | 'waitingSince'> & {
  readonly desk: SessionDesk
  readonly drills: DrillDesk
  readonly tools: SceneTools & Pick<Moment, 'markdown'>
}

const drillNow = (drills: DrillDesk): DrillNow | undefined => {
  const drill = drills.current()
  return drill && { drill, progress: drill.getProgress() }
}

const buildMoment = ({ tools, desk, drills, ...known }: Parts): Moment => {
  const { services, markdown } = tools
  const store = desk.current()
  return {
    ...known,
    services,
    markdown,
    snapshot: store?.getSnapshot(),
    events: store?.events() ?? [],
    drill: drillNow(drills),
    scene: store === undefined ? undefined : buildStepScene(tools, { store, ...known }),
  }
}

const firstUi = ({ section, longLines, drillClock }: AppServices, home: Moment['home']): UiState => ({
  ...initialUi,
  homeChoice: Math.max(
    0,
    home.findIndex(entry => entry.kind === section),
  ),
  homeOpen: section === undefined ? [] : [section],
  longLines: longLines ?? initialUi.longLines,
  clock: drillClock ?? initialUi.clock,
})

const toolsFor = (
  services: AppServices,
  { explain, markdown }: Explanations,
  { timeOf, askAgain }: Pick<SceneTools, 'timeOf'> & { readonly askAgain: () => void },
): Parts['tools'] => ({
  services,
  explain,
  markdown,
  marks: createMarkFinder(services.scanLookFor),
  lines: createLineFinder(askAgain),
  timeOf,
})

const howToEnd = (services: AppServices, drills: DrillDesk): string =>
  drills.current() === undefined
    ? `Press ${keyOf(services, 'leave')} to leave.`
    : `Press ${keyOf(services, 'drill-finish')} to finish the drill.`

/** A stage that shows the home screen. */
export const createStage = (services: AppServices): Stage => {
  const explanations = createExplanations()
  const watch = createLineWatch(services.now)
  const askAgain = createTurns(() => change([]))
  const tools = toolsFor(services, explanations, { timeOf: watch.timeOf, askAgain })
  const listeners = new Set<() => void>()
  let home = homeEntries(services)
  let ui = firstUi(services, home)
  let size: Size = { columns: 80, rows: 24 }
  let seen = unseen
  let waitingSince: number | undefined
  let moment: Moment | undefined

  const change = (changes: readonly UiChange[]): void => {
    if (changes.some(goesHome)) home = homeEntries(services)
    ui = changes.reduce(reduceUi, ui)
    waitingSince = ui.place.kind === 'waiting' ? (waitingSince ?? services.now()) : undefined
    moment = undefined
    for (const listener of listeners) listener()
  }
  const desk = createSessionDesk(what => {
    const store = desk.current()
    watch.see(store, what)
    const snapshot = store?.getSnapshot()
    const before = what === 'new' ? unseen : seen
    seen = snapshot === undefined ? unseen : seeSession(snapshot)
    const follower = { ui, howToEnd: howToEnd(services, drills) }
    change(snapshot === undefined ? [] : followSession(before, snapshot, follower))
  })
  const drills = createDrillDesk(() => change([]))
  const momentOf = (at: Size): Moment =>
    buildMoment({ tools, desk, drills, ui, size: at, home, waitingSince })
  const getMoment = (): Moment => {
    moment ??= momentOf(size)
    return moment
  }
  return {
    services,
    desk,
    drills,
    getMoment,
    momentAt: at => (isSameSize(at, size) ? getMoment() : momentOf(at)),
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    apply: changes => {
      if (changes.length > 0) change(changes)
    },
    tell: (text, tone) => change([{ type: 'notice', notice: { text, tone } }]),
    resize: next => {
      if (isSameSize(next, size)) return
      size = next
      change([])
    },
    loadExplanations: explanations.load,
  }
}
