export { copySequence } from './control/osc-52.ts'
export type { DrillEnd, DrillEntry, OpenDrill } from './drill-port.ts'
export { type OwnBindings, ownBindings } from './keys/own-bindings.ts'
export { type KeyEntry, presentKeys } from './keys/present-keys.ts'
export { runApp } from './load-app.ts'
export { holdsMatch } from './present/find-matches.ts'
export { homeWords } from './present/home-words.ts'
export { dealingSteps } from './scene/dealing-steps.ts'
export { type HomeEntry, type HomeSection, homeEntries, homeSections } from './scene/home-entries.ts'
export { seenAtFirst } from './scene/home-folds.ts'
export { createMarkFinder, type Mark } from './scene/output-marks.ts'
export { type SearchEntry, type SearchSources, searchEntries } from './scene/search-entries.ts'
export { type StepState, stepStateOf } from './scene/step-states.ts'
export type {
  AppEnd,
  AppServices,
  LendTerminal,
  LookForHit,
  Multiplexer,
  RunbookEntry,
  TargetEntry,
} from './services.ts'
export type { Appearance, ThemeName } from './theme/appearance.ts'
