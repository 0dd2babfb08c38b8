import type { Kind } from './kind.ts'
import { days, size, time } from './kinds/amounts.ts'
import { type OwnKeys, ownKeys } from './kinds/keys.ts'
import { type SecretPattern, secretPatterns } from './kinds/patterns.ts'
import { flag, oneOf, textOf } from './kinds/words.ts'

/** A setting: what values it takes, what holds without one, and where the command line says it. */
export type Setting<T> = {
  readonly kind: Kind<T>
  /** What holds when nobody says anything; `undefined` where the program works it out. */
  readonly usual: T | undefined
  /** What holds without a value, where that is worked out. */
  readonly otherwise?: string
  /** The option of the command line, without dashes. */
  readonly option?: string
  /** What the option stands for, where it takes no value. */
  readonly optionMeans?: T
  readonly about: string
  /** A value to show in the starter file, as YAML. */
  readonly example: string
}

const define = <T>(setting: Setting<T>): Setting<T> => setting

/** Every setting, by its name in the file; a dot leads into a map. */
export const settingsTable = {
  target: define({
    kind: textOf('a target such as local, ssh:ops@host or sim', /^(local|sim(:.+)?|ssh:.+|replay:.+)$/),
    usual: 'local',
    option: 'target',
    about: 'Where commands run.',
    example: 'ssh:ops@control-plane-1',
  }),
  timeout: define({
    kind: time,
    usual: 30_000,
    option: 'timeout',
    about: 'How long a command may take before it is stopped.',
    example: '1m',
  }),
  stateDir: define<string>({
    kind: textOf('the path of a folder', /\S/),
    usual: undefined,
    otherwise: '$XDG_STATE_HOME/runtree, or what is usual on the system',
    option: 'state-dir',
    about:
      'The folder of journals and scores; ~/ leads home, and a path that is not whole begins beside this file.',
    example: '~/triage',
  }),
  readOnly: define({
    kind: flag,
    usual: false,
    option: 'read-only',
    optionMeans: true,
    about: 'Whether every command is refused that is not known to only read.',
    example: 'true',
  }),
  plain: define({
    kind: flag,
    usual: false,
    option: 'plain',
    optionMeans: true,
    about: 'Whether there is linear text in place of the full screen.',
    example: 'true',
  }),
  theme: define({
    kind: oneOf(['dark', 'light', 'contrast', 'colour-blind', 'none']),
    usual: 'dark',
    option: 'theme',
    about: 'The colours of the screen.',
    example: 'light',
  }),
  wrap: define({
    kind: flag,
    usual: false,
    about: 'Whether long lines of an output are wrapped at first, or cut.',
    example: 'true',
  }),
  'drill.clock': define({
    kind: oneOf(['shown', 'hidden']),
    usual: 'shown',
    option: 'no-timer',
    optionMeans: 'hidden',
    about: 'Whether a drill shows the clock that it is scored by.',
    example: 'hidden',
  }),
  'sessions.keepDays': define({
    kind: days,
    usual: 365,
    about: 'After how many days the outputs of a session may be removed.',
    example: '90',
  }),
  'sessions.keepBytes': define({
    kind: size,
    usual: 4e9,
    about: 'How much the outputs of all sessions may take before the oldest are removed.',
    example: '1GB',
  }),
  'redaction.patterns': define<readonly SecretPattern[]>({
    kind: secretPatterns,
    usual: [],
    about:
      'What else is a secret and is masked: a name, and a regular expression, of which the group "secret" is masked, or everything.',
    example: String.raw`[{ name: customer-number, pattern: 'KD-(?<secret>\d{6})' }]`,
  }),
  keys: define<OwnKeys>({
    kind: ownKeys,
    usual: new Map(),
    about: 'Keys of your own in place of those of the program, by the ids that "runtree keys --json" lists.',
    example: '{ help: H, output-follow: [F, ctrl-f] }',
  }),
} as const

/** The name of a setting. */
export type SettingName = keyof typeof settingsTable

/** The type of a setting's values. */
export type SettingValue<N extends SettingName> =
  (typeof settingsTable)[N] extends Setting<infer T> ? T : never

/** Every setting with the value that holds; `undefined` where the program works it out. */
export type Settings = {
  readonly [N in SettingName]: N extends 'stateDir' ? string | undefined : SettingValue<N>
}

/** The names of all settings, in the order of the table. */
export const settingNames = Object.keys(settingsTable) as readonly SettingName[]

/** A setting by its name, for those who treat all alike. */
export const settingOf = (name: SettingName): Setting<unknown> => settingsTable[name] as Setting<unknown>

/** The environment variable of a setting: `sessions.keepDays` is `RUNTREE_SESSIONS_KEEP_DAYS`. */
export const variableOf = (name: SettingName): string =>
  `RUNTREE_${name
    .replace(/\./g, '_')
    .replace(/[A-Z]/g, letter => `_${letter}`)
    .toUpperCase()}`
