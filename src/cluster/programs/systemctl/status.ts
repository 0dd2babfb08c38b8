import { baseName, folderOf } from '../../files/paths.ts'
import { dueOf } from '../../laws/timers.ts'
import { systemdTime } from '../../relations/clock.ts'
import { isInGroup, membersOf, unitGroup } from '../../relations/control-group.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { usualTasksMax } from '../../relations/resource-limits.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { enablementOf } from '../../systemd/enablement.ts'
import { needsReload } from '../../systemd/load-unit.ts'
import { exitText, titleOf } from '../../systemd/unit-lines.ts'
import { dropInsOf } from '../../systemd/unit-sources.ts'
import { asText } from '../../text/columns.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { leftText, spanText, systemdBytes } from '../../text/spans.ts'
import type { Unit } from '../../world/unit.ts'
import { renderEntry } from '../journalctl/render-entry.ts'
import { groupTree, memberTexts } from './group-tree.ts'
import { groupUse } from './group-use.ts'
import { laidOut, presetOf } from './older-layout.ts'
import { scopeStatus } from './scope-status.ts'
import { sinceText, systemStatus } from './system-status.ts'
import { unitsFor } from './unit-names.ts'

/** The mark in front of a unit: ● up, ○ down, × failed, ↻ reloading. */
export const markOf = ({ active }: Unit): string =>
  active === 'failed' ? '×' : active === 'inactive' || active === 'deactivating' ? '○' : '●'

const loadedLine = ({ machine }: Call, unit: Unit): string => {
  if (unit.load === 'masked') return `Loaded: masked (Reason: Unit ${unit.name} is masked.)`
  if (unit.load === 'bad-setting')
    return `Loaded: bad-setting (Reason: Unit ${unit.name} has a bad unit file setting.)`
  const enablement = enablementOf(machine, unit)
  if (unit.fragmentPath === '') return 'Loaded: loaded'
  const hasPreset = machine.os.id === 'centos' || !/^(static|generated|transient)$/.test(enablement)
  const preset = hasPreset ? `; vendor preset: ${presetOf(machine, unit.name)}` : ''
  return `Loaded: loaded (${unit.fragmentPath}; ${enablement}${preset})`
}

const activeLine = ({ machine, world }: Call, unit: Unit): string => {
  const why =
    unit.result === 'success' || (unit.active !== 'failed' && unit.sub !== 'auto-restart')
      ? ''
      : ` (Result: ${unit.result})`
  const state = unit.active === unit.sub ? unit.active : `${unit.active} (${unit.sub})`
  if (unit.sinceMs === 0) return `Active: ${state}${why}`
  return `Active: ${state}${why} since ${sinceText({ machine, world }, unit.sinceMs)}`
}

const dropInLines = ({ machine }: Call, unit: Unit): readonly string[] => {
  const paths = unit.load === 'masked' ? [] : dropInsOf(machine, unit.name)
  const folders = [...new Set(paths.map(folderOf))]
  return folders.flatMap((folder, at) => [
    `${at === 0 ? '    Drop-In: ' : '             '}${folder}`,
    `             └─${paths
      .filter(path => folderOf(path) === folder)
      .map(baseName)
      .join(', ')}`,
  ])
}

const ended = (unit: Unit): string =>
  unit.lastExit === undefined
    ? ''
    : `(${exitText(unit.lastExit)
        .replace('killed, status=', 'killed, signal=')
        .replace(/signal=\d+\//, 'signal=')})`

const preLines = ({ preEnds = [] }: Unit): readonly string[] =>
  preEnds.map(({ pid, words, status }) => {
    const how = exitText({ code: 'exited', status, signal: undefined })
    return `    Process: ${pid} ExecStartPre=${words} (${how})`
  })

const processLines = (call: Call, unit: Unit): readonly string[] => [
  ...preLines(unit),
  ...mainLines(call, unit),
]

const mainLines = (call: Call, unit: Unit): readonly string[] => {
  if (unit.mainPid !== 0) {
    const process = processesOf(call.world, call.machine).find(({ pid }) => pid === unit.mainPid)
    return [`   Main PID: ${unit.mainPid} (${process?.name ?? 'n/a'})`]
  }
  if (unit.lastExit === undefined || unit.lastPid === 0) return []
  return [
    `    Process: ${unit.lastPid} ExecStart=${unit.definition.execStart} ${ended(unit)}`,
    `   Main PID: ${unit.lastPid} ${ended(unit)}`,
  ]
}

/** What a unit may take, and how much of it is left. */
const memoryLimit = ({ definition: { memoryMaxBytes: most }, memoryBytes }: Unit): string =>
  most === undefined
    ? ''
    : ` (max: ${systemdBytes(most)} available: ${systemdBytes(Math.max(0, most - memoryBytes))})`

const tasksLimit = ({ machine }: Call, { definition }: Unit): string =>
  definition.isTasksUnlimited ? '' : ` (limit: ${definition.tasksMax ?? usualTasksMax(machine)})`

/** What lies in a unit's control group: while it runs, and what it has left behind. */
const resourceLines = (call: Call, unit: Unit): readonly string[] => {
  const processes = processesOf(call.world, call.machine)
  const { group } = unit
  const members =
    group === undefined
      ? membersOf(processes, unit.name)
      : processes.filter(process => process.kind !== 'kernel' && isInGroup(process, group))
  if (unit.mainPid === 0 && members.length === 0)
    return unit.cpuMs > 0 ? [`        CPU: ${spanText(unit.cpuMs)}`] : []
  const { tasks, memoryBytes, cpuMs } = groupUse(members, unit)
  return [
    `      Tasks: ${tasks}${tasksLimit(call, unit)}`,
    `     Memory: ${systemdBytes(memoryBytes)}${memoryLimit(unit)}`,
    `        CPU: ${spanText(cpuMs)}`,
    `     CGroup: ${group ?? unitGroup(unit.name)}`,
    ...treeLines(call, members, unit).map(line => `             ${line}`),
  ]
}

/** What lies in a unit's group and in those below it. */
const treeLines = (call: Call, members: readonly Process[], unit: Unit): readonly string[] =>
  unit.service === 'planet' || unit.group !== undefined
    ? groupTree(processesOf(call.world, call.machine), unit.group ?? unitGroup(unit.name))
    : memberLines(members, unit)

/** The processes of a unit, as a tree. */
const memberLines = (members: readonly Process[], { mainPid, execStart }: Unit): readonly string[] => {
  const shown = memberTexts(members.length === 0 ? [{ pid: mainPid, command: execStart }] : members)
  return shown.map((text, at) => `${at === shown.length - 1 ? '└' : '├'}─${text}`)
}

const docLines = ({ definition, load }: Unit): readonly string[] =>
  load === 'masked'
    ? []
    : definition.documentation.map((doc, at) => `${at === 0 ? '       Docs: ' : '             '}${doc}`)

const timerLines = ({ machine, world }: Call, unit: Unit): readonly string[] => {
  if (!unit.name.endsWith('.timer')) return []
  const next = dueOf(machine, unit, world.nowMs)
  const triggers = unit.definition.triggers || unit.name.replace(/timer$/, 'service')
  return [
    `    Trigger: ${next === undefined ? 'n/a' : `${systemdTime(machine, next)}; ${leftText(next - world.nowMs)}`}`,
    `   Triggers: ● ${triggers}`,
  ]
}

const logLines = (call: Call, unit: Unit, read: ReadOptions): readonly string[] => {
  const count = Number(read.options.get('lines')?.at(-1) ?? 10)
  const entries = call.machine.journal.filter(entry => entry.unit === unit.name)
  const since = entries.filter(entry => entry.atMs >= call.machine.bootedMs).slice(-count)
  if (count === 0 || since.length === 0) return []
  return [
    '',
    ...since.map(entry => renderEntry(call.machine, entry, read.options.get('output')?.at(-1) ?? 'short')),
  ]
}

/** The lines of one unit's status. */
const describe = (call: Call, unit: Unit, read: ReadOptions): readonly string[] => [
  `${markOf(unit)} ${unit.name}${titleOf(unit) === unit.name ? '' : ` - ${titleOf(unit)}`}`,
  `     ${loadedLine(call, unit)}`,
  ...dropInLines(call, unit),
  `     ${activeLine(call, unit)}`,
  ...timerLines(call, unit),
  ...docLines(unit),
  ...processLines(call, unit),
  ...resourceLines(call, unit),
  ...logLines(call, unit, read),
]

const statusOf = (unit: Unit): number => (unit.active === 'active' || unit.active === 'reloading' ? 0 : 3)

const ELLIPSIS_AT = 80

/** A terminal without a pager cuts long lines where its width is known. */
const fitted = ({ passage, env }: Call, read: ReadOptions, line: string): string => {
  const columns = Number(env.COLUMNS)
  const isCut =
    passage.hasTerminal && read.options.has('no-pager') && !read.options.has('full') && columns >= ELLIPSIS_AT
  return isCut && line.length > columns ? `${line.slice(0, columns - 1)}…` : line
}

// A number names the unit that the process belongs to.
const unitsNamed = (call: Call, word: string): readonly (Unit | string)[] => {
  if (!/^\d+$/.test(word)) return unitsFor(call, word)
  const unit = processesOf(call.world, call.machine).find(({ pid }) => pid === Number(word))?.unit
  return unit === undefined ? [] : [unit]
}

/** `systemctl status`: what it is, how it stands, its processes and its last lines; exit 3 for what is down, 4 for what is not there. */
export const status = (call: Call, read: ReadOptions): Reply => {
  const words = read.words.slice(1)
  if (words.length === 0) return systemStatus(call)
  const blocks: string[] = []
  const complaints: string[] = []
  let exit = 0
  const strayed = words.find(word => /^\d+$/.test(word) && unitsNamed(call, word).length === 0)
  if (strayed !== undefined) {
    const scope = scopeStatus(call, Number(strayed))
    if (scope !== undefined) return { stdout: scope }
    const reason = `PID ${strayed} does not belong to any loaded unit.`
    return { stdout: '', stderr: `Failed to get unit for PID ${strayed}: ${reason}\n`, exit: 1 }
  }
  for (const unit of words.flatMap(word => unitsNamed(call, word))) {
    if (typeof unit === 'string') {
      complaints.push(`Unit ${unit} could not be found.`)
      exit = 4
      continue
    }
    if (needsReload(call.machine, unit))
      complaints.push(
        `Warning: The unit file, source configuration file or drop-ins of ${unit.name} changed on disk. Run 'systemctl daemon-reload' to reload units.`,
      )
    const lines = laidOut(call.machine, describe(call, unit, read))
    blocks.push(asText(lines.map(line => fitted(call, read, line))))
    if (exit === 0) exit = statusOf(unit)
  }
  return { stdout: blocks.join('\n'), stderr: asText(complaints), exit }
}
