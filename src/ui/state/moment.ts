import type { Snapshot } from '../../runtime/index.ts'
import type { Size } from '../layout/rectangle.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import type { StepScene } from '../scene/step-scene.ts'
import type { AppServices } from '../services.ts'
import type { UiState } from './ui-state.ts'

/** Everything that is true of the screen at one moment. Keys are resolved with it and rows are made from it. */
export type Moment = {
  readonly services: AppServices
  readonly ui: UiState
  readonly size: Size
  readonly home: readonly HomeEntry[]
  /** Absent while no session is open. */
  readonly snapshot: Snapshot | undefined
  /** Absent unless a session stands on a step. */
  readonly scene: StepScene | undefined
}
