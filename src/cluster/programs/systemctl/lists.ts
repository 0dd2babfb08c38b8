import { dueOf } from '../../laws/timers.ts'
import { stampMs, systemdTime } from '../../relations/clock.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { enablementOf } from '../../systemd/enablement.ts'
import { titleOf } from '../../systemd/unit-lines.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { agoText, leftText } from '../../text/spans.ts'
import type { Unit } from '../../world/unit.ts'
import { groupUnits } from './group-units.ts'
import { everyUnit, fits } from './unit-names.ts'

const kindOf = (name: string): string => name.split('.').at(-1) ?? ''

const isOfKind = (name: string, types: readonly string[] | undefined): boolean =>
  types === undefined || types.flatMap(type => type.split(',')).includes(kindOf(name))

const isInState = (unit: Unit, states: readonly string[] | undefined): boolean =>
  states === undefined ||
  states
    .flatMap(state => state.split(','))
    .some(state => [unit.active, unit.sub, unit.load].includes(state as never))

/** The order of lists of units: first by what stands behind the last dot. */
const byKind = (a: Unit, b: Unit): number => {
  const [first, second] = [a, b].map(({ name }) => `${kindOf(name)} ${name.toLowerCase()}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
}

const chosen = (call: Call, { options, words }: ReadOptions): readonly Unit[] => {
  const states = options.has('failed') ? ['failed'] : options.get('state')
  const patterns = words.slice(words[0] === 'list-units' || words[0]?.startsWith('list-') === true ? 1 : 0)
  return [...everyUnit(call), ...groupUnits(call)]
    .sort(byKind)
    .filter(
      unit =>
        isOfKind(unit.name, options.get('type')) &&
        isInState(unit, states) &&
        fits(unit.name, patterns) &&
        (options.has('all') || states !== undefined || unit.active !== 'inactive'),
    )
}

const legendOf = (count: number, options: ReadOptions['options'], version: number): readonly string[] => [
  ...(count === 0
    ? []
    : [
        '',
        'LOAD   = Reflects whether the unit definition was properly loaded.',
        'ACTIVE = The high-level unit activation state, i.e. generalization of SUB.',
        'SUB    = The low-level unit activation state, values depend on unit type.',
        ...(version < 240 ? [''] : []),
      ]),
  `${count} loaded units listed.${options.has('all') || (version > 240 && (options.has('failed') || options.has('state'))) ? '' : ' Pass --all to see loaded but inactive units, too.'}`,
  ...(version > 240 && (options.has('failed') || options.has('state'))
    ? []
    : ["To show all installed unit files use 'systemctl list-unit-files'."]),
]

const isMarked = ({ active, load }: Unit): boolean => active === 'failed' || load !== 'loaded'

/** `systemctl list-units` and `--failed`. */
export const listUnits = (call: Call, read: ReadOptions): Reply => {
  const units = chosen(call, read)
  const { options } = read
  if (options.get('output')?.at(-1)?.startsWith('json') === true)
    return {
      stdout: `${JSON.stringify(
        units.map(unit => ({
          unit: unit.name,
          load: unit.load,
          active: unit.active,
          sub: unit.sub,
          description: titleOf(unit),
        })),
      )}\n`,
    }
  // Before 246 the column of marks is there only for somebody who needs one.
  const isOld = systemdVersionOf(call.machine) < 240
  const hasMarks = !isOld || units.some(isMarked)
  const isPlain = options.has('plain') || !hasMarks
  const mark = (unit: Unit): string => (isPlain ? '' : isMarked(unit) ? '● ' : '  ')
  const rows = units.map(unit => [mark(unit) + unit.name, unit.load, unit.active, unit.sub, titleOf(unit)])
  const hasLegend = !options.has('no-legend')
  const header = hasLegend ? [[`${isPlain ? '' : '  '}UNIT`, 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION']] : []
  return {
    stdout: asText([
      ...(isOld && rows.length === 0 ? [] : alignColumns([...header, ...rows])),
      ...(hasLegend ? legendOf(units.length, options, systemdVersionOf(call.machine)) : []),
    ]),
  }
}

/** `systemctl list-unit-files`: what is installed, and whether it starts at boot. */
export const listUnitFiles = (call: Call, { options, words }: ReadOptions): Reply => {
  const isOld = systemdVersionOf(call.machine) < 240
  const states = options.get('state')?.flatMap(state => state.split(','))
  const rows = everyUnit(call)
    .filter(({ name, fragmentPath }) => fragmentPath !== '' && isOfKind(name, options.get('type')))
    .filter(({ name }) => fits(name, words.slice(1)))
    .map(unit => [unit.name, enablementOf(call.machine, unit)] as const)
    .filter(([, state]) => states === undefined || states.includes(state))
    .map(([name, state]) => [
      name,
      state,
      ...(isOld ? [] : [/^(static|generated)$/.test(state) ? '-' : 'enabled']),
    ])
  const header = options.has('no-legend') ? [] : [['UNIT FILE', 'STATE', ...(isOld ? [] : ['VENDOR PRESET'])]]
  return {
    stdout: asText([
      ...alignColumns([...header, ...rows]),
      ...(options.has('no-legend') ? [] : ['', `${rows.length} unit files listed.`]),
    ]),
    exit: rows.length === 0 && words.length > 1 ? 1 : 0,
  }
}

/** `systemctl list-timers`, the next to elapse first. */
export const listTimers = (call: Call, { options, words }: ReadOptions): Reply => {
  const { machine, world } = call
  const time = (ms: number | undefined): string =>
    ms === undefined ? 'n/a' : systemdTime(machine, stampMs(machine, ms))
  const rows = everyUnit(call)
    .filter(({ name, active }) => name.endsWith('.timer') && (active === 'active' || options.has('all')))
    .filter(({ name }) => fits(name, words.slice(1)))
    .map(timer => ({ ...timer, dueMs: dueOf(machine, timer, world.nowMs) }))
    .sort((a, b) => (a.dueMs ?? Infinity) - (b.dueMs ?? Infinity))
    .map(({ name, dueMs, lastTriggerMs, definition }) => [
      time(dueMs),
      dueMs === undefined ? 'n/a' : leftText(dueMs - world.nowMs),
      time(lastTriggerMs),
      lastTriggerMs === undefined ? 'n/a' : agoText(world.nowMs - stampMs(machine, lastTriggerMs)),
      name,
      definition.triggers || name.replace(/timer$/, 'service'),
    ])
  const header = options.has('no-legend') ? [] : [['NEXT', 'LEFT', 'LAST', 'PASSED', 'UNIT', 'ACTIVATES']]
  return {
    stdout: asText([
      ...alignColumns([...header, ...rows]),
      ...(options.has('no-legend')
        ? []
        : ['', `${rows.length} timers listed.`, 'Pass --all to see loaded but inactive timers, too.']),
    ]),
  }
}

/** `systemctl list-dependencies`: what a unit pulls in, as a tree. */
export const listDependencies = (call: Call, { words }: ReadOptions): Reply => {
  const name =
    words[1] === undefined ? 'multi-user.target' : /\.\w+$/.test(words[1]) ? words[1] : `${words[1]}.service`
  const units = everyUnit(call)
  const top = units.find(unit => unit.name === name)
  if (top === undefined) return { stdout: `${name}\n` }
  const { requires, wants, bindsTo } = top.definition
  const wanting = units.filter(
    unit => unit.definition.wantedBy.includes(name) && enablementOf(call.machine, unit) === 'enabled',
  )
  const below = [...new Set([...requires, ...bindsTo, ...wants, ...wanting.map(unit => unit.name)])].sort()
  const mark = (child: string): string =>
    units.find(unit => unit.name === child)?.active === 'active' || systemdVersionOf(call.machine) < 240
      ? '●'
      : '○'
  return {
    stdout: asText([
      name,
      ...below.map((child, at) => `${mark(child)} ${at === below.length - 1 ? '└' : '├'}─${child}`),
    ]),
  }
}
