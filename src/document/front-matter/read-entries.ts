import type * as v from 'valibot'
import type { Diagnostic } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'
import type { FrontMatter } from '../types.ts'
import { checkEntry, remarkUnknownKey } from './check-entry.ts'
import { elementKey, elementSchemas, frontMatterKeys, plainSchemas } from './front-matter-schema.ts'
import { locateInYaml, type YamlPath, type YamlText } from './locate-in-yaml.ts'

/** The good entries of a front matter, and what was wrong with the others. */
export type ReadEntries = {
  readonly entries: Omit<FrontMatter, 'present'>
  readonly diagnostics: readonly Diagnostic[]
}

type Mapping = Readonly<Record<string, unknown>>
type Reading = { readonly yaml: YamlText; readonly values: Mapping; readonly diagnostics: Diagnostic[] }
type Element<T> = { readonly key: string; readonly value: T; readonly line: number }

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const check = <TSchema extends v.GenericSchema<unknown, unknown>>(
  { yaml, diagnostics }: Reading,
  path: YamlPath,
  entry: { readonly schema: TSchema; readonly value: unknown },
): v.InferOutput<TSchema> | undefined => {
  const checked = checkEntry(yaml, path, entry)
  diagnostics.push(...checked.diagnostics)
  return checked.value
}

const readPlain = <TKey extends keyof typeof plainSchemas>(
  reading: Reading,
  key: TKey,
): v.InferOutput<(typeof plainSchemas)[TKey]> | undefined => {
  const value = reading.values[key]
  return value === undefined ? undefined : check(reading, [key], { schema: plainSchemas[key], value })
}

const remarkShape = ({ yaml }: Reading, key: string, wanted: 'list' | 'map'): Diagnostic =>
  pointOut({
    code: 'E_FRONTMATTER_VALUE',
    severity: 'error',
    message: `"${key}" must be a ${wanted === 'list' ? 'list' : 'mapping'}.`,
    advice: 'docs/reference.md describes the front matter.',
    ...locateInYaml(yaml, [key], 'value'),
  })

const readElements = <TKey extends keyof typeof elementSchemas>(
  reading: Reading,
  key: TKey,
): readonly Element<v.InferOutput<(typeof elementSchemas)[TKey]['schema']>>[] => {
  const { kind, schema } = elementSchemas[key]
  const value = reading.values[key]
  if (value === undefined) return []
  if (kind === 'list' ? !Array.isArray(value) : !isMapping(value)) {
    reading.diagnostics.push(remarkShape(reading, key, kind))
    return []
  }
  return Object.entries(value ?? {}).flatMap(([name, element]) => {
    if (check(reading, [key, name], { schema: elementKey, value: name }) === undefined) return []
    const checked = check(reading, [key, name], { schema, value: element ?? {} })
    const { line } = locateInYaml(reading.yaml, [key, name], 'key')
    return checked === undefined ? [] : [{ key: name, value: checked, line }]
  })
}

const readStart = (reading: Reading): FrontMatter['start'] => {
  const slug = readPlain(reading, 'start')
  return slug === undefined ? undefined : { slug, line: locateInYaml(reading.yaml, ['start'], 'key').line }
}

const remarkRoot = (yaml: YamlText): Diagnostic =>
  pointOut({
    code: 'E_FRONTMATTER_VALUE',
    severity: 'error',
    message: 'The front matter must be a mapping.',
    advice: 'Write it as lines of "key: value".',
    ...locateInYaml(yaml, [], 'value'),
  })

/** Reads the front matter's entries from its YAML nodes (for places) and its plain value. */
export const readEntries = (yaml: YamlText, value: unknown): ReadEntries => {
  const values = isMapping(value) ? value : {}
  const reading: Reading = { yaml, values, diagnostics: isMapping(value) ? [] : [remarkRoot(yaml)] }
  for (const key of Object.keys(values)) {
    if (!frontMatterKeys.includes(key))
      reading.diagnostics.push(remarkUnknownKey(yaml, [key], frontMatterKeys))
  }
  const entries = {
    title: readPlain(reading, 'title'),
    summary: readPlain(reading, 'summary'),
    where: readPlain(reading, 'where'),
    start: readStart(reading),
    symptoms: readElements(reading, 'symptoms').map(({ value: { say, go }, line }) => ({ say, go, line })),
    variables: readElements(reading, 'variables').map(({ key, value, line }) => ({
      name: key,
      about: value.about,
      type: value.type,
      from: value.from,
      spellings: value.spellings ?? [],
      line,
    })),
    requires: readElements(reading, 'requires').map(element => element.value),
    layer: readPlain(reading, 'layer'),
    layers: readElements(reading, 'layers').map(({ key, value: layer, line }) => ({
      slug: key,
      layer,
      line,
    })),
  }
  return { entries, diagnostics: reading.diagnostics }
}
