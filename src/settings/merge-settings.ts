import type { Position } from '../base/index.ts'
import type { ValuePath } from './kind.ts'
import type { SettingsFile } from './read-settings-file.ts'
import { type SettingName, type Settings, settingNames, settingOf, variableOf } from './settings-table.ts'

/** Where a setting's value comes from. */
export type Origin =
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly at: Position }
  | { readonly kind: 'default' }

/** A value that the command line or the environment gives and that cannot be. */
export type WrongSetting = {
  readonly name: SettingName
  readonly origin: Origin
  readonly message: string
}

/** The settings that hold, where each comes from, and what could not be taken. */
export type Effective = {
  readonly values: Settings
  readonly origins: ReadonlyMap<SettingName, Origin>
  readonly wrong: readonly WrongSetting[]
  /** Where a part of the settings file stands. */
  readonly placeOf: (path: ValuePath) => Position
}

/** What is said about the settings, the strongest first. A switch of the command line gives `true`. */
export type SettingSources = {
  readonly options: ReadonlyMap<SettingName, string | true>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly file?: SettingsFile
}

type Said = { readonly origin: Origin; readonly written: unknown }

/** A text of the environment as a value; one that is no YAML stays a text, which the kind then refuses. */
const fromText = async (name: SettingName, text: string): Promise<unknown> => {
  if (settingOf(name).kind.text === 'plain') return text
  const { parse } = await import('./yaml-reader.ts')
  try {
    return parse(text)
  } catch {
    return text
  }
}

const saidOf = async (
  name: SettingName,
  { options, environment }: SettingSources,
): Promise<Said | undefined> => {
  const { option = '', optionMeans } = settingOf(name)
  const given = options.get(name)
  if (given !== undefined)
    return { origin: { kind: 'option', option }, written: given === true ? optionMeans : given }
  const variable = variableOf(name)
  const text = environment[variable]
  if (text === undefined || text === '') return undefined
  return { origin: { kind: 'environment', variable }, written: await fromText(name, text) }
}

/** Puts the settings together: the command line goes before the environment, that before the file, and that before what is usual. */
export const mergeSettings = async (sources: SettingSources): Promise<Effective> => {
  const values = new Map<SettingName, unknown>()
  const origins = new Map<SettingName, Origin>()
  const wrong: WrongSetting[] = []
  const { file } = sources
  for (const name of settingNames) {
    const said = await saidOf(name, sources)
    const { kind, usual } = settingOf(name)
    const isInFile = said === undefined && file?.values.has(name) === true
    const kept = isInFile ? file.values.get(name) : usual
    const read = said && kind.read(said.written)
    if (said !== undefined && read !== undefined && !read.ok)
      for (const { message } of read.error) wrong.push({ name, origin: said.origin, message })
    values.set(name, read?.ok ? read.value : kept)
    const filed: Origin = isInFile ? { kind: 'file', at: file.placeOf(name.split('.')) } : { kind: 'default' }
    origins.set(name, said?.origin ?? filed)
  }
  return {
    values: Object.fromEntries(values) as Settings,
    origins,
    wrong,
    placeOf: path => file?.placeOf(path) ?? { line: 1, column: 1 },
  }
}
