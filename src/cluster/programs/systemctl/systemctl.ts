import { systemStateOf } from '../../relations/system-state.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { enablementOf } from '../../systemd/enablement.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Unit } from '../../world/unit.ts'
import { changesUnits, changeUnits, daemonReload } from './change.ts'
import { editUnit } from './edit-unit.ts'
import { listDependencies, listTimers, listUnitFiles, listUnits } from './lists.ts'
import { power } from './power.ts'
import { revert, setProperty } from './set-property.ts'
import { cat, show } from './show.ts'
import { status } from './status.ts'
import { enterTarget, getDefault, isolate, setDefault } from './targets.ts'
import { unitsFor } from './unit-names.ts'
import { systemdVersionText } from './version-text.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  failed: 'failed',
  f: 'force',
  force: 'force',
  full: 'full',
  l: 'full',
  help: 'help',
  h: 'help',
  H: 'host=',
  host: 'host=',
  M: 'machine=',
  machine: 'machine=',
  n: 'lines=',
  lines: 'lines=',
  now: 'now',
  'no-ask-password': 'no-ask',
  'no-block': 'no-block',
  'no-legend': 'no-legend',
  legend: 'legend?',
  'no-pager': 'no-pager',
  'no-wall': 'no-wall',
  o: 'output=',
  output: 'output=',
  p: 'property=',
  P: 'value-of=',
  plain: 'plain',
  property: 'property=',
  q: 'quiet',
  quiet: 'quiet',
  r: 'recursive',
  recursive: 'recursive',
  reverse: 'reverse',
  runtime: 'runtime',
  s: 'signal=',
  signal: 'signal=',
  state: 'state=',
  stdin: 'stdin',
  system: 'system',
  t: 'type=',
  type: 'type=',
  user: 'user',
  value: 'value',
  version: 'version',
  wait: 'wait',
  i: 'ignore',
  'kill-who': 'who=',
}

const answers =
  (word: (call: Call, unit: Unit | string) => string, isGood: (word: string) => boolean) =>
  (call: Call, { words, options }: ReadOptions): Reply => {
    const said = words
      .slice(1)
      .flatMap(name => unitsFor(call, name))
      .map(unit => word(call, unit))
    const exit = said.some(isGood) ? 0 : 3
    return { stdout: options.has('quiet') ? '' : asText(said), exit }
  }

const activeOf = (_: Call, unit: Unit | string): string =>
  typeof unit === 'string' ? 'inactive' : unit.active

const isEnabled = (call: Call, { words, options }: ReadOptions): Reply => {
  let exit = 1
  let stderr = ''
  const said: string[] = []
  for (const unit of words.slice(1).flatMap(word => unitsFor(call, word))) {
    if (typeof unit === 'string')
      stderr += `Failed to get unit file state for ${unit}: No such file or directory\n`
    else {
      const state = enablementOf(call.machine, unit)
      said.push(state)
      if (state !== 'disabled' && state !== 'masked') exit = 0
    }
  }
  return { stdout: options.has('quiet') ? '' : asText(said), stderr, exit }
}

const systemRunning = ({ machine }: Call): Reply => {
  const state = systemStateOf(machine)
  return { stdout: `${state}\n`, exit: state === 'running' ? 0 : 1 }
}

const verbs: Readonly<Record<string, (call: Call, read: ReadOptions) => Reply>> = {
  status,
  show,
  cat,
  'list-units': listUnits,
  'list-unit-files': listUnitFiles,
  'list-timers': listTimers,
  'list-dependencies': listDependencies,
  'list-jobs': () => ({ stdout: 'No jobs running.\n' }),
  'is-active': answers(activeOf, word => word === 'active'),
  'is-failed': (call, read) => {
    const reply = answers(activeOf, word => word === 'failed')(call, read)
    return { ...reply, exit: reply.exit === 0 ? 0 : 1 }
  },
  'is-enabled': isEnabled,
  'is-system-running': systemRunning,
  'daemon-reload': daemonReload,
  'daemon-reexec': daemonReload,
  edit: editUnit,
  'set-property': setProperty,
  revert,
  'get-default': getDefault,
  'set-default': setDefault,
  isolate,
  default: enterTarget,
  rescue: enterTarget,
  emergency: enterTarget,
  reboot: power,
  poweroff: power,
  halt: power,
  'show-environment': ({ machine }) => ({
    stdout: asText([
      'LANG=C.UTF-8',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin',
      ...Object.entries(machine.environment).map(([name, value]) => `${name}=${value}`),
    ]),
  }),
}

const withValueOf = (read: ReadOptions): ReadOptions => {
  const asked = read.options.get('value-of')
  if (asked === undefined) return read
  return { ...read, options: new Map([...read.options, ['property', asked], ['value', ['']]]) }
}

/** systemctl(1). */
export const systemctl: Program = {
  names: ['systemctl'],
  isInstalled: onMachines,
  run: call => {
    const read = withValueOf(readOptions(table, call.args))
    const problem = unknownOption('systemctl', read)?.replace(/Try .*\n/, '')
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (read.options.has('version')) return { stdout: systemdVersionText(call.machine) }
    const [verb] = read.words
    if (verb === undefined) return listUnits(call, read)
    if (changesUnits(verb)) return changeUnits(call, read)
    return verbs[verb]?.(call, read) ?? { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
  },
}
