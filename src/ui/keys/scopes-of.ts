import type { Moment } from '../state/moment.ts'
import { fieldOfOverlay, type Overlay } from '../state/overlay.ts'
import { focuses, type UiState } from '../state/ui-state.ts'
import type { Scope } from './binding.ts'

const overlayScopes: Readonly<Record<Overlay['kind'], readonly Scope[]>> = {
  help: ['help', 'rows', 'overlay'],
  journal: ['journal', 'rows', 'overlay'],
  found: ['found', 'rows', 'overlay'],
  report: ['report', 'rows', 'overlay'],
  save: ['field'],
  target: ['overlay'],
  map: ['map', 'overlay'],
  variables: ['variables', 'field'],
  approval: ['approval'],
  palette: ['palette', 'search', 'field'],
  jump: ['search', 'field'],
  cause: ['cause', 'field'],
  targets: ['targets', 'field'],
  hints: ['hints', 'overlay'],
  finish: ['finish', 'menu'],
  place: ['place', 'field'],
  trust: ['field'],
  find: ['field'],
  filter: ['field'],
  edit: ['field'],
  'ad-hoc': ['field'],
  note: ['field'],
  copy: ['copy', 'menu', 'overlay'],
  leave: ['leave', 'menu'],
}

const filteredHelp: readonly Scope[] = ['help-filter', 'palette', 'search', 'field']

/** While the help is filtered, keys type. */
const scopesOfOverlay = (overlay: Overlay): readonly Scope[] =>
  overlay.kind === 'help' && overlay.field !== undefined ? filteredHelp : overlayScopes[overlay.kind]

const stepScopes = ({ focus, find }: UiState): readonly Scope[] => [
  ...(focus === 'output' && find !== undefined ? (['output-search'] as const) : []),
  focus,
  'step',
]

/** The scopes whose keys count at a moment, the most special first. */
export const scopesOf = ({ ui, scene, drill }: Moment): readonly Scope[] => {
  const during: readonly Scope[] = drill === undefined ? [] : ['drill']
  if (ui.overlay !== undefined) return [...scopesOfOverlay(ui.overlay), 'app']
  if (ui.place.kind === 'home') return ['home', 'app']
  if (ui.place.kind === 'briefing') return ['briefing', 'reading', ...during, 'app']
  if (ui.place.kind === 'debrief') return ['debrief', 'reading', 'app']
  return ui.place.kind === 'step' && scene !== undefined ? [...stepScopes(ui), ...during, 'app'] : ['app']
}

const chains: readonly (readonly Scope[])[] = [
  ...Object.values(overlayScopes),
  filteredHelp,
  ['home'],
  ['briefing', 'reading', 'drill'],
  ['debrief', 'reading'],
  ...focuses.map((focus): readonly Scope[] => [focus, 'step', 'drill']),
  ['output-search', 'output', 'step', 'drill'],
]

/** Every order of scopes that there can be at a moment. */
export const scopeChains = chains.map((chain): readonly Scope[] => [...chain, 'app'])

/** Tells whether keys type text at a moment. */
export const isTyping = ({ ui }: Moment): boolean => fieldOfOverlay(ui.overlay) !== undefined
