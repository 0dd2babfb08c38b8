import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { parseUnitFile } from './parse-unit-file.ts'
import { emptyDefinition, readDefinition } from './read-definition.ts'
import { fragmentOf, isMasked, sourcesOf } from './unit-sources.ts'

const joined = (sources: readonly { readonly path: string; readonly text: string }[]): string =>
  sources.map(({ path, text }) => `# ${path}\n${text}`).join('\n')

/** A unit that is not running and was never started. */
export const createUnit = (name: string, service: string): Unit => ({
  name,
  service,
  fragmentPath: '',
  definition: emptyDefinition(),
  readText: '',
  load: 'not-found',
  active: 'inactive',
  sub: 'dead',
  result: 'success',
  restarts: 0,
  mainPid: 0,
  lastPid: 0,
  execStart: '',
  environment: {},
  sinceMs: 0,
  startedMs: undefined,
  endedMs: undefined,
  recentStartsMs: [],
  lastExit: undefined,
  memoryBytes: 0,
  cpuMs: 0,
  cpuPercent: 0,
  tasks: 0,
  usual: { memoryBytes: 4 * 1024 ** 2, cpuPercent: 0.1, tasks: 1 },
  nextStartMs: undefined,
  lastTriggerMs: undefined,
})

/** Has a unit's processes take no more of the processors than its quota. */
export const limitProcessor = (unit: Unit): void => {
  if (unit.mainPid !== 0)
    unit.cpuPercent = Math.min(unit.usual.cpuPercent, unit.definition.cpuQuotaPercent ?? Infinity)
}

/** Reads a unit's file and drop-ins, as systemd does at daemon-reload. */
export const readUnit = (machine: Machine, unit: Unit): void => {
  const sources = sourcesOf(machine, unit.name)
  unit.fragmentPath = fragmentOf(machine, unit.name) ?? ''
  unit.readText = joined(sources)
  unit.definition = readDefinition(sources.flatMap(({ text }) => parseUnitFile(text)))
  limitProcessor(unit)
  const needsCommand = unit.name.endsWith('.service') && unit.definition.type !== 'oneshot'
  if (isMasked(machine, unit.name)) unit.load = 'masked'
  else if (unit.fragmentPath === '') unit.load = 'not-found'
  else unit.load = needsCommand && unit.definition.execStart === '' ? 'bad-setting' : 'loaded'
}

/** The unit of a name; one that systemd did not know yet is read when it has a file. */
export const findUnit = (machine: Machine, name: string): Unit | undefined => {
  const known =
    machine.units.get(name) ?? [...machine.units.values()].find(u => u.definition.aliases.includes(name))
  if (known !== undefined) return known
  if (fragmentOf(machine, name) === undefined) return undefined
  const unit = createUnit(name, 'plain')
  readUnit(machine, unit)
  unit.isOwn = true
  machine.units.set(name, unit)
  return unit
}

/** Whether the files of a unit say something else than systemd has read. */
export const needsReload = (machine: Machine, unit: Unit): boolean =>
  unit.load !== 'masked' && unit.readText !== '' && unit.readText !== joined(sourcesOf(machine, unit.name))

/** `systemctl daemon-reload`: reads all unit files anew. */
export const reloadUnits = (machine: Machine): void => {
  for (const unit of machine.units.values())
    if (unit.readText !== '' || unit.load === 'masked') readUnit(machine, unit)
}
