import * as v from 'valibot'
import type { Diagnostic } from '../../base/index.ts'
import { adviseWord } from '../advise-word.ts'
import { pointOut } from '../point-out.ts'
import { locateInYaml, type YamlPath, type YamlText } from './locate-in-yaml.ts'

/** A checked value, `undefined` when the schema refuses it; then the diagnostics say where and why. */
export type CheckedEntry<T> = { readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] }

type Schema = v.GenericSchema<unknown, unknown>

const entriesOf = (schema: Schema): readonly string[] =>
  'entries' in schema && typeof schema.entries === 'object' && schema.entries !== null
    ? Object.keys(schema.entries)
    : []

const pathOf = (issue: v.BaseIssue<unknown>): YamlPath => (issue.path ?? []).map(item => String(item.key))

/** Tells of a key that nobody knows, with the one that was probably meant. */
export const remarkUnknownKey = (yaml: YamlText, path: YamlPath, known: readonly string[]): Diagnostic => {
  const key = String(path.at(-1))
  return pointOut({
    code: 'E_FRONTMATTER_UNKNOWN_KEY',
    severity: 'error',
    message: `The front matter has no key "${key}" here.`,
    advice: adviseWord(key, known),
    length: key.length,
    ...locateInYaml(yaml, path, 'key'),
  })
}

const remarkIssue = (yaml: YamlText, path: YamlPath, issue: v.BaseIssue<unknown>): Diagnostic => {
  const missing = issue.kind === 'schema' && issue.input === undefined
  return pointOut({
    code: 'E_FRONTMATTER_VALUE',
    severity: 'error',
    message: missing ? `"${path.join('.')}" is missing.` : `"${path.join('.')}" ${issue.message}.`,
    advice: 'docs/reference.md describes the front matter.',
    ...locateInYaml(yaml, path, 'value'),
  })
}

/** Checks one entry of the front matter against its schema. */
export const checkEntry = <TSchema extends Schema>(
  yaml: YamlText,
  path: YamlPath,
  { schema, value }: { readonly schema: TSchema; readonly value: unknown },
): CheckedEntry<v.InferOutput<TSchema>> => {
  const result = v.safeParse(schema, value)
  if (result.success) return { value: result.output, diagnostics: [] }
  const diagnostics = result.issues.map(issue => {
    const at = [...path, ...pathOf(issue)]
    const unknown = issue.expected === 'never' && at.length > path.length
    return unknown ? remarkUnknownKey(yaml, at, entriesOf(schema)) : remarkIssue(yaml, at, issue)
  })
  return { value: undefined, diagnostics }
}
