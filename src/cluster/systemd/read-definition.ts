import type { UnitDefinition } from '../world/unit.ts'
import { parseSpanMs, splitWords, type UnitSetting } from './parse-unit-file.ts'

const DEFAULT_INTERVAL_MS = 10_000
const DEFAULT_BURST = 5
const DEFAULT_TIMEOUT_MS = 90_000
const DEFAULT_RESTART_MS = 100
/** Without a limit of its own a process may open as many files as the kernel lets any have. */
const KERNEL_FILES = 1_048_576

/** What a unit is when its file says nothing. */
export const emptyDefinition = (): UnitDefinition => ({
  description: '',
  documentation: [],
  type: 'simple',
  execStartPre: [],
  execStart: '',
  execReload: '',
  restart: 'no',
  restartDelayMs: DEFAULT_RESTART_MS,
  startLimitIntervalMs: DEFAULT_INTERVAL_MS,
  startLimitBurst: DEFAULT_BURST,
  timeoutStartMs: DEFAULT_TIMEOUT_MS,
  environment: {},
  environmentFiles: [],
  user: '',
  workingDirectory: '',
  remainsAfterExit: false,
  requires: [],
  bindsTo: [],
  partOf: [],
  wants: [],
  after: [],
  conflicts: [],
  wantedBy: [],
  aliases: [],
  conditions: [],
  onCalendar: '',
  onUnitActiveMs: 0,
  triggers: '',
  memoryMaxBytes: undefined,
  tasksMax: undefined,
  isTasksUnlimited: false,
  killMode: 'control-group',
  cpuQuotaPercent: undefined,
  openFilesMax: undefined,
})

const isTrue = (value: string): boolean => /^(1|yes|y|true|t|on)$/i.test(value)

const sizeOf = (value: string): number | undefined => {
  const read = /^(\d+)([KMGT]?)$/.exec(value)
  if (read === null) return undefined
  return Number(read[1]) * 1024 ** ' KMGT'.indexOf(read[2] === '' ? ' ' : (read[2] ?? ' '))
}

/** An empty assignment forgets what came before, anything else adds to it. */
const added = (before: string[], value: string): string[] => (value === '' ? [] : [...before, value])
const addedWords = (before: string[], value: string): string[] =>
  value === '' ? [] : [...before, ...splitWords(value)]

const assignmentsOf = (value: string): Record<string, string> =>
  Object.fromEntries(
    splitWords(value).map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )

type Reader = (definition: UnitDefinition, value: string) => Partial<UnitDefinition>

const wordLists: Readonly<Record<string, keyof UnitDefinition>> = {
  Documentation: 'documentation',
  Requires: 'requires',
  BindsTo: 'bindsTo',
  PartOf: 'partOf',
  Wants: 'wants',
  After: 'after',
  Conflicts: 'conflicts',
  WantedBy: 'wantedBy',
  Alias: 'aliases',
}

const readers: Readonly<Record<string, Reader>> = {
  Description: (_, value) => ({ description: value }),
  Type: (_, value) => ({
    type: value === 'exec' || value === 'idle' ? 'simple' : (value as UnitDefinition['type']),
  }),
  ExecStartPre: (d, value) => ({ execStartPre: added(d.execStartPre, value) }),
  ExecStart: (d, value) =>
    value === '' || d.execStart === ''
      ? { execStart: value, moreStarts: [] }
      : { moreStarts: [...(d.moreStarts ?? []), value] },
  ExecReload: (_, value) => ({ execReload: value }),
  Restart: (_, value) => ({ restart: value as UnitDefinition['restart'] }),
  RestartSec: (_, value) => ({ restartDelayMs: parseSpanMs(value) ?? DEFAULT_RESTART_MS }),
  StartLimitInterval: (_, value) => ({ startLimitIntervalMs: parseSpanMs(value) ?? DEFAULT_INTERVAL_MS }),
  StartLimitIntervalSec: (_, value) => ({ startLimitIntervalMs: parseSpanMs(value) ?? DEFAULT_INTERVAL_MS }),
  StartLimitBurst: (_, value) => ({ startLimitBurst: Number(value) || DEFAULT_BURST }),
  TimeoutStartSec: (_, value) => ({
    timeoutStartMs: value === '0' ? Number.POSITIVE_INFINITY : (parseSpanMs(value) ?? DEFAULT_TIMEOUT_MS),
  }),
  Environment: (d, value) => ({
    environment: value === '' ? {} : { ...d.environment, ...assignmentsOf(value) },
  }),
  EnvironmentFile: (d, value) => ({ environmentFiles: added(d.environmentFiles, value) }),
  User: (_, value) => ({ user: value }),
  WorkingDirectory: (_, value) => ({ workingDirectory: value }),
  RemainAfterExit: (_, value) => ({ remainsAfterExit: isTrue(value) }),
  OnCalendar: (_, value) => ({ onCalendar: value }),
  OnUnitActiveSec: (_, value) => ({ onUnitActiveMs: parseSpanMs(value) ?? 0 }),
  OnBootSec: (_, value) => ({ onBootMs: parseSpanMs(value) ?? 0 }),
  OnActiveSec: (_, value) => ({ onActiveMs: parseSpanMs(value) ?? 0 }),
  RemainAfterElapse: (_, value) => ({ goesOnceElapsed: !isTrue(value) }),
  Unit: (_, value) => ({ triggers: value }),
  MemoryMax: (_, value) => ({ memoryMaxBytes: sizeOf(value) }),
  MemoryLimit: (_, value) => ({ memoryMaxBytes: sizeOf(value) }),
  CPUQuota: (_, value) => ({
    cpuQuotaPercent: /^[\d.]+%$/.test(value) ? Number.parseFloat(value) : undefined,
  }),
  LimitNOFILE: (_, value) => ({
    openFilesMax: /^infinity/.test(value)
      ? KERNEL_FILES
      : /^\d+/.test(value)
        ? Number(value.split(':')[0])
        : undefined,
  }),
  TasksMax: (_, value) => ({
    isTasksUnlimited: value === 'infinity',
    tasksMax: value === 'infinity' ? undefined : Number(value),
  }),
  PrivateTmp: (_, value) => ({ hasPrivateTmp: isTrue(value) }),
  KillMode: (_, value) => ({ killMode: value }),
}

/** What the assignments of a unit file and its drop-ins come to, later ones over earlier ones. */
export const readDefinition = (settings: readonly UnitSetting[]): UnitDefinition => {
  const definition = emptyDefinition()
  for (const { key, value } of settings) {
    const list = wordLists[key]
    if (list !== undefined)
      Object.assign(definition, { [list]: addedWords(definition[list] as string[], value) })
    else if (/^(Condition|Assert)/.test(key)) definition.conditions.push(`${key}=${value}`)
    else Object.assign(definition, readers[key]?.(definition, value))
  }
  return definition
}
