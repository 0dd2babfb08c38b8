import type { Document } from 'yaml'
import { createYamlPlaces, type Diagnostic, nearestWord, type Position } from '../base/index.ts'
import type { ValuePath } from './kind.ts'
import { type SettingName, settingNames, settingOf } from './settings-table.ts'

/** What a settings file says: values that are right, and what is wrong with it. */
export type SettingsFile = {
  readonly values: ReadonlyMap<SettingName, unknown>
  readonly diagnostics: readonly Diagnostic[]
  /** Where a key stands, such as `['keys', 'help']`; its surroundings where it is not there. */
  readonly placeOf: (path: ValuePath) => Position
}

type Problem = {
  readonly code: string
  readonly path: ValuePath
  readonly message: string
  readonly advice: string
}
type Written = Readonly<Record<string, unknown>>

const start: Position = { line: 1, column: 1 }

const isMap = (written: unknown): written is Written =>
  typeof written === 'object' && written !== null && !Array.isArray(written)

const groups: ReadonlySet<string> = new Set(
  settingNames.flatMap(name => (name.includes('.') ? [name.slice(0, name.indexOf('.'))] : [])),
)

/** The known name that a wrong one was probably meant to be: one beside it, or one of that name elsewhere. */
const meantBy = (name: string): string | undefined => {
  const parent = name.slice(0, name.lastIndexOf('.') + 1)
  const last = name.slice(parent.length)
  const beside = [...settingNames, ...groups]
    .filter(one => one.startsWith(parent) && !one.slice(parent.length).includes('.'))
    .map(one => one.slice(parent.length))
  const near = nearestWord(last, beside)
  if (near !== undefined) return `${parent}${near}`
  const bare = nearestWord(
    last,
    settingNames.map(one => one.slice(one.lastIndexOf('.') + 1)),
  )
  return bare === undefined ? undefined : settingNames.find(one => one === bare || one.endsWith(`.${bare}`))
}

const unknownKey = (path: ValuePath): Problem => {
  const name = path.join('.')
  const near = meantBy(name)
  return {
    code: 'E_CONFIG_UNKNOWN',
    path,
    message: `there is no setting "${name}"`,
    advice: near === undefined ? '"runtree config" lists all settings.' : `Did you mean "${near}"?`,
  }
}

const wrongValue = (path: ValuePath, message: string, advice: string): Problem => ({
  code: 'E_CONFIG_VALUE',
  path,
  message: `${path.join('.')}: ${message}`,
  advice,
})

type Found = { readonly values: Map<SettingName, unknown>; readonly problems: Problem[] }

const takeSetting = (name: SettingName, written: unknown, found: Found): void => {
  const { kind, example } = settingOf(name)
  const path = name.split('.')
  if (written === null && kind.text === 'yaml') return
  const read = kind.read(written)
  if (read.ok) found.values.set(name, read.value)
  else if (written === null)
    found.problems.push(wrongValue(path, 'has no value', `It takes ${kind.takes}, such as ${example}.`))
  else
    for (const problem of read.error)
      found.problems.push(wrongValue([...path, ...problem.path], problem.message, `It takes ${kind.takes}.`))
}

const walk = (written: Written, path: readonly string[], found: Found): void => {
  for (const [key, value] of Object.entries(written)) {
    const name = [...path, key].join('.')
    const known = key.includes('.') ? undefined : settingNames.find(one => one === name)
    if (known !== undefined) takeSetting(known, value, found)
    else if (path.length > 0 || !groups.has(key)) found.problems.push(unknownKey([...path, key]))
    else if (isMap(value)) walk(value, [key], found)
    else if (value !== null)
      found.problems.push(wrongValue([key], 'wants settings below it', `Known are ${belowOf(key)}.`))
  }
}

const belowOf = (group: string): string =>
  settingNames.filter(name => name.startsWith(`${group}.`)).join(', ')

const unparsed = (message: string, at: Position): SettingsFile => ({
  values: new Map(),
  diagnostics: [
    {
      code: 'E_CONFIG_YAML',
      severity: 'error',
      message,
      advice: '"runtree config init" shows how such a file looks.',
      span: { start: at, end: at },
    },
  ],
  placeOf: () => at,
})

const collect = (written: Written): Found => {
  const found: Found = { values: new Map(), problems: [] }
  walk(written, [], found)
  return found
}

const plainOf = (document: Document): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    return error
  }
}

/** Reads the text of a settings file (YAML). Everything that is wrong is told with its line and column. Never throws. */
export const readSettingsFile = async (text: string): Promise<SettingsFile> => {
  const { LineCounter, parseDocument } = await import('./yaml-reader.ts')
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const { of, trouble } = createYamlPlaces(document, counter)
  if (trouble !== undefined) return unparsed(`not right YAML: ${trouble.message}`, trouble.at)
  const written = plainOf(document)
  if (written instanceof Error) return unparsed(`not right YAML: ${written.message}`, start)
  if (written !== null && !isMap(written)) return unparsed('the file must hold lines of "name: value"', start)
  const placeOf = (path: ValuePath): Position => of(path, 'key')
  const { values, problems } = collect(written ?? {})
  const diagnostics = problems.map(({ code, path, message, advice }): Diagnostic => {
    const at = placeOf(path)
    return { code, severity: 'error', message, advice, span: { start: at, end: at } }
  })
  return { values, diagnostics, placeOf }
}
