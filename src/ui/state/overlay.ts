import type { Place } from '../../base/index.ts'
import type { Intent } from '../../session/index.ts'
import { fieldOf, type TextField } from './text-field.ts'

/** A placeholder that is asked for. */
export type AskedVariable = {
  readonly name: string
  readonly about: string
  readonly field: TextField
  /** What is typed is not shown. */
  readonly isSecret: boolean
  /** Values out of what was collected, the likeliest first. */
  readonly suggestions: readonly string[]
}

/** Where leaving leads. */
export type Leaving = 'home' | 'quit'

/** A runbook as a tree. `selected` is the id of a row; `folds` holds what was opened or folded by hand, by row. */
export type MapOverlay = {
  readonly kind: 'map'
  readonly runbook: string
  readonly selected: string | undefined
  readonly folds: ReadonlyMap<string, 'open' | 'folded'>
}

/** What lies over the screen and takes the keys; never more than one. */
export type Overlay =
  /** The keys that count here; `field` filters them once it is asked for. */
  | { readonly kind: 'help'; readonly selected: number; readonly field?: TextField }
  /** Every action of the program. */
  | { readonly kind: 'palette'; readonly field: TextField; readonly selected: number }
  | { readonly kind: 'target' }
  /** Asks where commands of the next session run. */
  | { readonly kind: 'targets'; readonly field: TextField; readonly selected: number }
  | MapOverlay
  /** What happened in the session. */
  | { readonly kind: 'journal'; readonly selected: number }
  /** Everything that was found in the session. */
  | { readonly kind: 'found'; readonly selected: number }
  /** The report as Markdown; `selected` is the first row that is seen. */
  | { readonly kind: 'report'; readonly text: string; readonly selected: number }
  /** Asks for the file that a text is saved to. */
  | { readonly kind: 'save'; readonly text: string; readonly field: TextField }
  | {
      readonly kind: 'variables'
      readonly asked: readonly AskedVariable[]
      readonly at: number
      /** What to do once all are given; absent when they are only looked at. */
      readonly intent?: Intent
    }
  | { readonly kind: 'approval'; readonly runId: string; readonly field: TextField }
  | { readonly kind: 'jump'; readonly field: TextField; readonly selected: number }
  /** Asks where a place is; `intent` is what goes on once that is said. */
  | {
      readonly kind: 'place'
      readonly place: Place
      readonly field: TextField
      readonly selected: number
      readonly intent: Intent
    }
  /** Asks whether the commands of a runbook from outside may be run; `intent` is what goes on then. */
  | { readonly kind: 'trust'; readonly runbook: string; readonly field: TextField; readonly intent: Intent }
  /** Asks for the cause of a drill. */
  | { readonly kind: 'cause'; readonly field: TextField; readonly selected: number }
  | { readonly kind: 'hints' }
  /** Asks whether a drill is finished. */
  | { readonly kind: 'finish'; readonly selected: number }
  | { readonly kind: 'find'; readonly field: TextField }
  /** Asks which lines of the output are to be shown. */
  | { readonly kind: 'filter'; readonly field: TextField }
  | { readonly kind: 'edit'; readonly commandId: string; readonly field: TextField }
  | { readonly kind: 'ad-hoc'; readonly field: TextField }
  | { readonly kind: 'note'; readonly field: TextField }
  | { readonly kind: 'copy'; readonly selected: number }
  | { readonly kind: 'leave'; readonly to: Leaving; readonly selected: number }

/** The overlays with a list from which one is chosen. */
export type ListOverlay = Extract<
  Overlay,
  { kind: 'help' | 'palette' | 'jump' | 'place' | 'cause' | 'targets' | 'journal' | 'found' | 'report' }
>

const lists: readonly Overlay['kind'][] = [
  'help',
  'palette',
  'jump',
  'place',
  'cause',
  'targets',
  'journal',
  'found',
  'report',
] satisfies ListOverlay['kind'][]

/** Tells whether one is chosen from a list in an overlay. */
export const isList = (overlay: Overlay): overlay is ListOverlay => lists.includes(overlay.kind)

/** The text that is typed into an overlay; `undefined` where none is. */
export const fieldOfOverlay = (overlay: Overlay | undefined): TextField | undefined => {
  if (overlay === undefined) return undefined
  if (overlay.kind === 'variables') return overlay.asked[overlay.at]?.field
  return 'field' in overlay ? overlay.field : undefined
}

/** The overlay with another text in its field. A search begins again at its first result. */
export const withField = (overlay: Overlay, field: TextField): Overlay => {
  if (overlay.kind === 'variables') {
    const asked = overlay.asked.map((entry, at) => (at === overlay.at ? { ...entry, field } : entry))
    return { ...overlay, asked }
  }
  if (!('field' in overlay)) return overlay
  return isList(overlay) ? { ...overlay, field, selected: 0 } : { ...overlay, field }
}

/** Asks where a place is before an intent is followed. */
export const askPlace = (place: Place, intent: Intent): Overlay => ({
  kind: 'place',
  place,
  field: fieldOf(),
  selected: 0,
  intent,
})

/** Asks about a runbook from outside before an intent is followed. */
export const askTrust = (runbook: string, intent: Intent): Overlay => ({
  kind: 'trust',
  runbook,
  field: fieldOf(),
  intent,
})

/** The overlays that are an empty field with a list to choose from. */
export const emptyChoice = (kind: 'cause' | 'targets'): Overlay => ({ kind, field: fieldOf(), selected: 0 })

/** The overlays that are a single empty field. */
export const emptyField = (kind: 'find' | 'ad-hoc' | 'note'): Overlay => ({ kind, field: fieldOf() })
