import { stampMs, systemdTime } from '../../relations/clock.ts'
import { membersOf, unitGroup } from '../../relations/control-group.ts'
import { processesOf } from '../../relations/processes.ts'
import { openFilesMaxOf, usualTasksMax } from '../../relations/resource-limits.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { enablementOf } from '../../systemd/enablement.ts'
import { createUnit, needsReload } from '../../systemd/load-unit.ts'
import { titleOf } from '../../systemd/unit-lines.ts'
import { sourcesOf } from '../../systemd/unit-sources.ts'
import { asText } from '../../text/columns.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { spanText } from '../../text/spans.ts'
import type { Unit } from '../../world/unit.ts'
import { groupUse } from './group-use.ts'
import { unitsFor } from './unit-names.ts'

const yes = (is: unknown): string => (is === true ? 'yes' : 'no')

/** The first systemd that counts restarts. */
const HAS_RESTARTS = 235

const stateProperties = ({ world, machine }: Call, unit: Unit): Readonly<Record<string, string>> => {
  const time = (ms: number | undefined): string =>
    ms === undefined || ms === 0 ? '' : systemdTime(machine, stampMs(machine, ms))
  const { definition, lastExit } = unit
  const members = membersOf(processesOf(world, machine), unit.name)
  const used = groupUse(members, unit)
  const hasGroup = unit.mainPid !== 0 || members.length > 0
  return {
    Type: definition.type,
    Restart: definition.restart,
    KillMode: definition.killMode,
    NotifyAccess: definition.type === 'notify' ? 'main' : 'none',
    RestartUSec: spanText(definition.restartDelayMs),
    TimeoutStartUSec:
      definition.timeoutStartMs === Infinity ? 'infinity' : spanText(definition.timeoutStartMs),
    MainPID: String(unit.mainPid),
    Result: unit.result,
    ...(systemdVersionOf(machine) < HAS_RESTARTS ? {} : { NRestarts: String(unit.restarts) }),
    ExecMainStartTimestamp: time(unit.startedMs),
    ExecMainExitTimestamp: time(unit.endedMs),
    ExecMainPID: String(unit.mainPid || unit.lastPid),
    ExecMainCode: lastExit === undefined ? '0' : lastExit.code === 'killed' ? '2' : '1',
    ExecMainStatus: String(lastExit?.status ?? 0),
    ExecStart: `{ path=${definition.execStart.split(' ')[0]} ; argv[]=${definition.execStart} ; ignore_errors=no ; start_time=[${time(unit.startedMs) || 'n/a'}] ; stop_time=[${time(unit.endedMs) || 'n/a'}] ; pid=${unit.mainPid || unit.lastPid} ; code=${lastExit?.code ?? '(null)'} ; status=${lastExit?.status ?? 0}/0 }`,
    MemoryCurrent: hasGroup ? String(Math.round(used.memoryBytes)) : '[not set]',
    CPUUsageNSec: String(Math.round(used.cpuMs * 1_000_000)),
    CPUQuotaPerSecUSec:
      definition.cpuQuotaPercent === undefined ? 'infinity' : spanText(definition.cpuQuotaPercent * 10),
    MemoryMax: definition.memoryMaxBytes === undefined ? 'infinity' : String(definition.memoryMaxBytes),
    LimitNOFILE: String(openFilesMaxOf(unit).hard),
    LimitNOFILESoft: String(openFilesMaxOf(unit).soft),
    TasksMax: definition.isTasksUnlimited
      ? 'infinity'
      : String(definition.tasksMax ?? usualTasksMax(machine)),
    ControlGroup: hasGroup ? unitGroup(unit.name) : '',
    TasksCurrent: hasGroup ? String(used.tasks) : '[not set]',
  }
}

/** When it changed last, and when it was begun and ended last, which stays known. */
const timesOf = ({ machine }: Call, unit: Unit): Readonly<Record<string, string>> => {
  const time = (ms: number | undefined): string =>
    ms === undefined || ms === 0 ? '' : systemdTime(machine, stampMs(machine, ms))
  const isUp = unit.active === 'active'
  const ended = isUp ? unit.endedMs : unit.sinceMs
  return {
    StateChangeTimestamp: time(unit.sinceMs),
    ActiveEnterTimestamp: time(isUp ? unit.sinceMs : unit.wasUp?.fromMs),
    ActiveExitTimestamp: time(unit.wasUp?.toMs),
    InactiveEnterTimestamp: time(ended),
  }
}

const allProperties = (call: Call, unit: Unit): Readonly<Record<string, string>> => {
  const { definition } = unit
  const hasFile = unit.load !== 'not-found'
  return {
    ...(unit.name.endsWith('.service') ? stateProperties(call, unit) : {}),
    Environment: Object.entries(definition.environment)
      .map(([name, value]) => (value.includes(' ') ? `"${name}=${value}"` : `${name}=${value}`))
      .join(' '),
    EnvironmentFiles: definition.environmentFiles
      .map(path => `${path.replace(/^-/, '')} (ignore_errors=${yes(path.startsWith('-'))})`)
      .join(' '),
    User: definition.user,
    Id: unit.name,
    Names: [unit.name, ...definition.aliases].join(' '),
    Requires: definition.requires.join(' '),
    Wants: definition.wants.join(' '),
    WantedBy: definition.wantedBy.join(' '),
    After: definition.after.join(' '),
    Documentation: definition.documentation.join(' '),
    Description: titleOf(unit),
    LoadState: unit.load,
    ActiveState: unit.active,
    SubState: unit.sub,
    FragmentPath: unit.fragmentPath,
    DropInPaths: sourcesOf(call.machine, unit.name)
      .slice(1)
      .map(({ path }) => path)
      .join(' '),
    UnitFileState: hasFile ? enablementOf(call.machine, unit) : '',
    UnitFilePreset: hasFile ? 'enabled' : '',
    ...timesOf(call, unit),
    NeedDaemonReload: yes(needsReload(call.machine, unit)),
    StartLimitIntervalUSec: spanText(definition.startLimitIntervalMs),
    StartLimitBurst: String(definition.startLimitBurst),
  }
}

/** `systemctl show`: properties as name=value, all or those that are asked for. A unit that is not there shows as not-found. */
export const show = (call: Call, { options, words }: ReadOptions): Reply => {
  const asked = options.get('property')?.flatMap(list => list.split(','))
  const blocks = words
    .slice(1)
    .flatMap(word => unitsFor(call, word))
    .map(found => {
      const unit = typeof found === 'string' ? createUnit(found, 'plain') : found
      return Object.entries(allProperties(call, unit))
        .filter(([name]) => asked === undefined || asked.includes(name))
        .map(([name, value]) => (options.has('value') ? value : `${name}=${value}`))
    })
  return { stdout: blocks.map(asText).join('\n') }
}

/** `systemctl cat`: the unit file and its drop-ins as they lie on disk. */
export const cat = (call: Call, { words }: ReadOptions): Reply => {
  const blocks: string[] = []
  const complaints: string[] = []
  for (const found of words.slice(1).flatMap(word => unitsFor(call, word))) {
    const name = typeof found === 'string' ? found : found.name
    const sources = sourcesOf(call.machine, name)
    if (sources.length === 0) complaints.push(`No files found for ${name}.`)
    blocks.push(...sources.map(({ path, text }) => `# ${path}\n${text}${text.endsWith('\n') ? '' : '\n'}`))
  }
  return { stdout: blocks.join('\n'), stderr: asText(complaints), exit: complaints.length > 0 ? 1 : 0 }
}
