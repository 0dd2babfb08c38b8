import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { errorCode } from '../base/index.ts'
import {
  type Effective,
  mergeSettings,
  readSettingsFile,
  type SettingName,
  type SettingsFile,
  settingNames,
  settingOf,
  variableOf,
  type WrongSetting,
} from '../settings/index.ts'
import { lastValue, type Written } from './command.ts'
import { defaultConfigFile } from './default-config-file.ts'
import { presentDiagnostic } from './present-diagnostic.ts'
import { unreadableFile } from './unreadable-file.ts'
import { UserError } from './user-error.ts'

/** The settings that hold for one run of the program, and the file that was looked at, if any. */
export type LoadedSettings = Effective & { readonly path: string | undefined }

const wayOut = 'Mend it, or go on without the file: --no-config.'

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (/^(ENOENT|ENOTDIR)$/.test(String(errorCode(cause)))) return undefined
    throw unreadableFile(path, cause, '')
  }
}

const refuseFile = (path: string, { diagnostics }: SettingsFile): never => {
  const [first] = diagnostics
  throw new UserError({
    code: first?.code ?? 'E_CONFIG_VALUE',
    message: `The settings cannot be used.\n${diagnostics.map(one => presentDiagnostic(path, one)).join('\n')}`,
    hint: wayOut,
  })
}

const readFile = async (path: string): Promise<SettingsFile | undefined> => {
  const text = readText(path)
  if (text === undefined) return undefined
  const file = await readSettingsFile(text)
  return file.diagnostics.length === 0 ? file : refuseFile(path, file)
}

const optionCodes: Partial<Record<SettingName, string>> = {
  target: 'E_CLI_TARGET',
  timeout: 'E_CLI_DURATION',
}

const refuse = ({ name, origin, message }: WrongSetting): never => {
  const { takes } = settingOf(name).kind
  const isOption = origin.kind === 'option'
  const source = isOption ? `--${origin.option}` : origin.kind === 'environment' ? origin.variable : name
  throw new UserError({
    code: isOption ? (optionCodes[name] ?? 'E_CLI_USAGE') : 'E_CONFIG_ENVIRONMENT',
    message: `${source}: ${message}.`,
    hint: `It takes ${takes}.`,
  })
}

const optionsIn = (written: Written): ReadonlyMap<SettingName, string | true> =>
  new Map(
    settingNames.flatMap((name): readonly (readonly [SettingName, string | true])[] => {
      const { option } = settingOf(name)
      if (option === undefined) return []
      if (written.flags.has(option)) return [[name, true]]
      const value = lastValue(written, option)
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** A folder that the file names lies in the home folder behind `~/`, or beside the file where its path is not whole. */
const folderFrom = (path: string, folder: string): string => {
  if (folder.startsWith('~/')) return join(process.env.HOME ?? '/', folder.slice(2))
  return isAbsolute(folder) ? folder : resolve(dirname(path), folder)
}

/** Keys of the operator's own are weighed against the table of the screens, which a start without any does not load. */
const checkKeys = async ({ values, origins, placeOf }: Effective, path = ''): Promise<void> => {
  if (values.keys.size === 0) return
  const { ownBindings } = await import('../ui/index.ts')
  const { problems } = ownBindings(values.keys)
  if (problems.length === 0) return
  const isFiled = origins.get('keys')?.kind === 'file'
  const lines = problems.map(({ id, message }) => {
    const { line, column } = placeOf(['keys', id])
    return `${isFiled ? `${path}:${line}:${column}` : variableOf('keys')} error E_CONFIG_KEY ${message}`
  })
  throw new UserError({
    code: 'E_CONFIG_KEY',
    message: `The keys cannot be used.\n${lines.join('\n')}`,
    hint: isFiled ? wayOut : '"runtree keys --no-config" lists the keys of the program.',
  })
}

/** The settings that hold under a command line; a UserError names each place that is wrong. */
export const loadSettings = async (written: Written): Promise<LoadedSettings> => {
  const path = written.flags.has('no-config') ? undefined : defaultConfigFile(process.env)
  const file = path === undefined ? undefined : await readFile(path)
  const settings = await mergeSettings({
    options: optionsIn(written),
    environment: process.env,
    ...(file === undefined ? {} : { file }),
  })
  const [wrong] = settings.wrong
  if (wrong !== undefined) return refuse(wrong)
  await checkKeys(settings, path)
  const { stateDir } = settings.values
  if (path === undefined || stateDir === undefined || settings.origins.get('stateDir')?.kind !== 'file')
    return { ...settings, path }
  return { ...settings, path, values: { ...settings.values, stateDir: folderFrom(path, stateDir) } }
}
