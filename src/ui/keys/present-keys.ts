import type { AppBinding } from './app-binding.ts'
import { type Scope, type Tag, tags } from './binding.ts'
import { bindings } from './bindings.ts'
import { keyName } from './key-names.ts'

/** A key as the documentation lists it. `where` says in words when it counts. */
export type KeyEntry = {
  readonly id: string
  readonly tag: Tag
  readonly keys: readonly string[]
  readonly description: string
  readonly where: string
}

/** Where keys of a scope count, in words that follow "counts". */
export const whereWords: Readonly<Record<Scope, string>> = {
  'output-search': 'in the output, while a search is on',
  output: 'in the output',
  commands: 'in the commands',
  findings: 'in the findings',
  next: 'in the ways on',
  path: 'in the path',
  step: 'on a step',
  drill: 'while a drill is being done',
  briefing: 'in the briefing of a drill',
  debrief: 'in the debrief of a drill',
  reading: 'in a briefing or a debrief',
  home: 'on the home screen',
  rows: 'in a list that fills the screen',
  found: 'in the findings of the session',
  journal: 'in the journal',
  report: 'in the report',
  help: 'in the help',
  'help-filter': 'in the help, while it is filtered',
  map: 'in the map',
  search: 'in a list that is searched',
  palette: 'in the palette and the help',
  place: 'when asked where a place is',
  targets: 'when a target is chosen',
  cause: 'when asked for the cause of a drill',
  hints: 'in the hints of a drill',
  finish: 'when asked whether a drill is finished',
  variables: 'in the form for values',
  approval: 'when a command asks for approval',
  field: 'where text is typed',
  leave: 'when asked whether to leave',
  copy: 'when asked what to copy',
  menu: 'in a menu',
  overlay: 'in anything that lies over the screen',
  app: 'everywhere',
}

/** All keys in the order of their groups, as `runtree keys` and the documentation list them; the program's own where no table is given. */
export const presentKeys = (table: readonly AppBinding[] = bindings): readonly KeyEntry[] =>
  tags.flatMap(tag =>
    table
      .filter(binding => binding.tag === tag)
      .map(({ id, keys, description, scope }) => ({
        id,
        tag,
        keys: keys.map(keyName),
        description,
        where: whereWords[scope],
      })),
  )
