import * as v from 'valibot'
import { isLayer, isPlaceKind, type Layer, layers, places } from '../../base/index.ts'
import { findControlCharacter } from '../control-characters.ts'
import type { DeclaredType } from '../types.ts'

/** The types of variables, in the order in which messages name them. */
export const variableTypes = [
  'ip',
  'host',
  'port',
  'name',
  'path',
  'number',
  'duration',
  'text',
  'secret',
] as const satisfies readonly DeclaredType[]

const line = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.nonEmpty('must not be empty'),
  v.check(text => findControlCharacter(text) < 0, 'must not hold control characters'),
)

const place = v.pipe(line, v.check(isPlaceKind, `must be one of ${places.join(', ')}`))

const layer = v.custom<Layer>(
  value => typeof value === 'string' && isLayer(value),
  `must be one of ${layers.join(', ')}`,
)

/** A slug, with or without the `#` that a link would have. */
const slug = v.pipe(
  line,
  v.transform(text => text.replace(/^#/, '')),
)

const variable = v.strictObject(
  {
    about: v.optional(line),
    type: v.optional(v.picklist(variableTypes, `must be one of ${variableTypes.join(', ')}`)),
    from: v.optional(line),
    spellings: v.optional(v.array(line, 'must be a list of texts')),
  },
  'must be a mapping with about, type, from and spellings',
)

const symptom = v.strictObject({ say: line, go: slug }, 'must be a mapping with say and go')

/** Schemas of the front matter's plain entries, by key. */
export const plainSchemas = { title: line, summary: line, where: place, start: slug, layer } as const

/** Schemas of the elements of its lists and maps, by key. A list's or map's good elements are kept when others are wrong. */
export const elementSchemas = {
  symptoms: { kind: 'list', schema: symptom },
  variables: { kind: 'map', schema: variable },
  requires: { kind: 'list', schema: line },
  layers: { kind: 'map', schema: layer },
} as const

/** What the name of a variable, the slug of a step, or the index of a list's element may be. */
export const elementKey = line

/** Every key that a front matter may have. */
export const frontMatterKeys: readonly string[] = [
  ...Object.keys(plainSchemas),
  ...Object.keys(elementSchemas),
]
