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

const places: Readonly<Record<Scope, string>> = {
  'output-search': 'in the output, while a search is on',
  output: 'in the output',
  commands: 'in the commands',
  findings: 'in the findings',
  next: 'in the ways on',
  path: 'in the path',
  step: 'on a step',
  home: 'on the home screen',
  help: 'in the help',
  jump: 'in the search for steps',
  place: 'when asked where a place is',
  variables: 'in the form for values',
  approval: 'when a command asks for approval',
  field: 'where text is typed',
  leave: 'when asked whether to leave',
  copy: 'after y',
  menu: 'in a menu',
  overlay: 'in anything that lies over the screen',
  app: 'everywhere',
}

/** All keys in the order of their groups, as `runtree keys` and the documentation list them. */
export const presentKeys = (): readonly KeyEntry[] =>
  tags.flatMap(tag =>
    bindings
      .filter(binding => binding.tag === tag)
      .map(({ id, keys, description, scope }) => ({
        id,
        tag,
        keys: keys.map(keyName),
        description,
        where: places[scope],
      })),
  )
