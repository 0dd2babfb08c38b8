import type { StepRef } from '../../base/index.ts'
import type { DrillClock } from '../../drill/index.ts'
import type { SessionSummary } from '../../runtime/index.ts'
import type { Intent } from '../../session/index.ts'
import type { Leaving } from './overlay.ts'
import type { UiChange } from './reduce-ui.ts'

/** What is done in a drill. */
export type DrillDeed =
  /** To the runbook, or back to it. */
  | { readonly kind: 'begin' | 'shell' | 'take-hint' | 'finish' }
  | { readonly kind: 'set-clock'; readonly clock: DrillClock }
  | { readonly kind: 'name-cause'; readonly cause: string }

/** What a key brings about. */
export type Action =
  | { readonly type: 'change'; readonly changes: readonly UiChange[] }
  | { readonly type: 'intent'; readonly intent: Intent }
  | { readonly type: 'open'; readonly ref: StepRef }
  | { readonly type: 'resume'; readonly summary: SessionSummary }
  | { readonly type: 'change-target'; readonly name: string }
  | { readonly type: 'open-drill'; readonly name: string }
  | { readonly type: 'drill'; readonly deed: DrillDeed }
  | { readonly type: 'run'; readonly intent: Intent }
  /** Moves the choice in the list that lies over the screen. */
  /** The text that fills the screen, moved down (1) or up (-1). */
  | { readonly type: 'scroll'; readonly by: 'row' | 'page' | 'end'; readonly way: 1 | -1 }
  | { readonly type: 'choose'; readonly by: number }
  /** Enter in an overlay. */
  | { readonly type: 'submit' }
  | { readonly type: 'show-report' }
  /** Writes a text to a file that is not there yet. */
  | { readonly type: 'save'; readonly path: string; readonly text: string }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'leave'; readonly to: Leaving; readonly asking: 'ask' | 'ask-when-running' | 'at-once' }
  | { readonly type: 'interrupt' }
  | { readonly type: 'suspend' }
  | { readonly type: 'repaint' }

/** Changes of the screen as an action. */
export const change = (...changes: readonly UiChange[]): Action => ({ type: 'change', changes })

/** An action that does nothing: at the end of a list, say. */
export const stay: Action = { type: 'change', changes: [] }
