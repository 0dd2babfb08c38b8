import type { HomeSection } from '../scene/home-entries.ts'
import { type Overlay, withField } from './overlay.ts'
import type { TextField } from './text-field.ts'
import { type Focus, freshView, type Notice, type Place, type StepView, type UiState } from './ui-state.ts'

/** What can happen to the screen itself. Bounds are checked by whoever makes the change: the reducer only stores. */
export type UiChange =
  | { readonly type: 'go'; readonly place: Place }
  | { readonly type: 'scroll-reading'; readonly top: number }
  | { readonly type: 'clock'; readonly clock: UiState['clock'] }
  | { readonly type: 'choose-home'; readonly choice: number }
  | { readonly type: 'open-sections'; readonly sections: readonly HomeSection[] }
  | { readonly type: 'focus'; readonly focus: Focus }
  | { readonly type: 'zoom'; readonly zoom: Focus | undefined }
  | { readonly type: 'view'; readonly stepKey: string; readonly change: Partial<StepView> }
  | { readonly type: 'long-lines'; readonly longLines: UiState['longLines'] }
  | { readonly type: 'times'; readonly times: UiState['times'] }
  | { readonly type: 'find'; readonly find: string | undefined }
  | { readonly type: 'choose-path'; readonly choice: number | undefined }
  | { readonly type: 'overlay'; readonly overlay: Overlay | undefined }
  | { readonly type: 'type'; readonly field: TextField }
  | { readonly type: 'notice'; readonly notice: Notice | undefined }
  | { readonly type: 'interrupted' }
  | { readonly type: 'key-pressed' }

const withView = (ui: UiState, key: string, change: Partial<StepView>): UiState => {
  const before = ui.views.get(key) ?? freshView
  return { ...ui, views: new Map(ui.views).set(key, { ...before, ...change }) }
}

/** The screen after a change. */
export const reduceUi = (ui: UiState, change: UiChange): UiState => {
  switch (change.type) {
    case 'go':
      return {
        ...ui,
        place: change.place,
        overlay: undefined,
        zoom: undefined,
        find: undefined,
        pathChoice: undefined,
      }
    case 'scroll-reading':
      return 'top' in ui.place ? { ...ui, place: { ...ui.place, top: change.top } } : ui
    case 'clock':
      return { ...ui, clock: change.clock }
    case 'choose-home':
      return { ...ui, homeChoice: change.choice }
    case 'open-sections':
      return { ...ui, homeOpen: change.sections }
    case 'focus':
      return { ...ui, focus: change.focus, pathChoice: undefined }
    case 'zoom':
      return { ...ui, zoom: change.zoom }
    case 'view':
      return withView(ui, change.stepKey, change.change)
    case 'long-lines':
      return { ...ui, longLines: change.longLines }
    case 'times':
      return { ...ui, times: change.times }
    case 'find':
      return { ...ui, find: change.find }
    case 'choose-path':
      return { ...ui, pathChoice: change.choice }
    case 'overlay':
      return { ...ui, overlay: change.overlay }
    case 'type':
      return ui.overlay === undefined ? ui : { ...ui, overlay: withField(ui.overlay, change.field) }
    case 'notice':
      return { ...ui, notice: change.notice }
    case 'interrupted':
      return { ...ui, interrupts: ui.interrupts + 1 }
    case 'key-pressed':
      return ui.notice === undefined && ui.interrupts === 0 ? ui : { ...ui, notice: undefined, interrupts: 0 }
  }
}
