import type { DrillProgress } from '../../drill/index.ts'
import type { Snapshot } from '../../runtime/index.ts'
import type { StampedEvent } from '../../session/index.ts'
import type { OpenDrill } from '../drill-port.ts'
import type { Size } from '../layout/rectangle.ts'
import type { Row } from '../present/span.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import type { StepScene } from '../scene/step-scene.ts'
import type { AppServices } from '../services.ts'
import type { UiState } from './ui-state.ts'

/** A drill that is being done, and how far it has come. */
export type DrillNow = { readonly drill: OpenDrill; readonly progress: DrillProgress }

/** Everything that is true of the screen at one moment. Keys are resolved with it and rows are made from it. */
export type Moment = {
  readonly services: AppServices
  readonly ui: UiState
  readonly size: Size
  readonly home: readonly HomeEntry[]
  /** Since when the screen that waits is shown, in milliseconds since the epoch. */
  readonly waitingSince: number | undefined
  /** Renders Markdown for a width. */
  readonly markdown: (text: string, width: number) => readonly Row[]
  /** What happened in the open session; empty without one. */
  readonly events: readonly StampedEvent[]
  /** Absent while no session is open. */
  readonly snapshot: Snapshot | undefined
  /** Absent while no drill is being done. */
  readonly drill: DrillNow | undefined
  /** Absent unless a session stands on a step. */
  readonly scene: StepScene | undefined
}
