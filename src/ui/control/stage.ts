import type { Size } from '../layout/rectangle.ts'
import { createExplanations } from '../scene/explanations.ts'
import { homeEntries } from '../scene/home-entries.ts'
import { createMarkFinder } from '../scene/output-marks.ts'
import { buildStepScene } from '../scene/step-scene.ts'
import type { AppServices } from '../services.ts'
import type { Moment } from '../state/moment.ts'
import { reduceUi, type UiChange } from '../state/reduce-ui.ts'
import { initialUi, type Notice } from '../state/ui-state.ts'
import { followSession, type Seen, seeSession } from './follow-session.ts'
import { createSessionDesk, type SessionDesk } from './session-desk.ts'

/** Holds the state of the screen and of the open session, and gives the moment that both make. */
export type Stage = {
  readonly services: AppServices
  readonly desk: SessionDesk
  readonly getMoment: () => Moment
  readonly subscribe: (listener: () => void) => () => void
  readonly apply: (changes: readonly UiChange[]) => void
  readonly tell: (text: string, tone: Notice['tone']) => void
  readonly resize: (size: Size) => void
  readonly loadExplanations: () => Promise<void>
}

const unseen: Seen = { stepKey: undefined, closed: undefined, notices: 0 }

/** A stage that shows the home screen. */
export const createStage = (services: AppServices): Stage => {
  const explanations = createExplanations()
  const tools = { services, explain: explanations.explain, marks: createMarkFinder(services.scanLookFor) }
  let home = homeEntries(services)
  const listeners = new Set<() => void>()
  let ui = initialUi
  let size: Size = { columns: 80, rows: 24 }
  let seen = unseen
  let moment: Moment | undefined

  const changed = (): void => {
    moment = undefined
    for (const listener of listeners) listener()
  }
  const apply = (changes: readonly UiChange[]): void => {
    if (changes.length === 0) return
    if (changes.some(change => change.type === 'go' && change.place.kind === 'home'))
      home = homeEntries(services)
    ui = changes.reduce(reduceUi, ui)
    changed()
  }
  const follow = (): void => {
    const snapshot = desk.current()?.getSnapshot()
    const changes = snapshot === undefined ? [] : followSession(seen, snapshot, ui)
    seen = snapshot === undefined ? unseen : seeSession(snapshot)
    ui = changes.reduce(reduceUi, ui)
    changed()
  }
  const desk = createSessionDesk(follow)

  const buildMoment = (): Moment => {
    const store = desk.current()
    const scene = store === undefined ? undefined : buildStepScene(tools, { store, ui, size })
    return { services, ui, size, home, snapshot: store?.getSnapshot(), scene }
  }
  return {
    services,
    desk: {
      ...desk,
      take: store => {
        desk.take(store)
        seen = unseen
        follow()
      },
    },
    getMoment: () => {
      moment ??= buildMoment()
      return moment
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    apply,
    tell: (text, tone) => apply([{ type: 'notice', notice: { text, tone } }]),
    resize: next => {
      if (next.columns === size.columns && next.rows === size.rows) return
      size = next
      changed()
    },
    loadExplanations: explanations.load,
  }
}
