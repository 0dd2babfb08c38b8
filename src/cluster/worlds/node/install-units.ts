import { makeFolder, writeText } from '../../files/file-tree.ts'
import { folderOf } from '../../files/paths.ts'
import { knownCpuMillis } from '../../kube/usage.ts'
import { forkChild } from '../../relations/child-process.ts'
import { environmentOf, expandCommand } from '../../systemd/command-line.ts'
import { enableUnit } from '../../systemd/enablement.ts'
import { createUnit, readUnit } from '../../systemd/load-unit.ts'
import { splitWords } from '../../systemd/parse-unit-file.ts'
import { recallStartPre } from '../../systemd/start-pre.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { UnitSetup } from './unit-setup.ts'

const MIB = 1024 ** 2
const PROGRAM_BYTES = 4 * MIB
const subs: Readonly<Record<string, string>> = {
  socket: 'listening',
  timer: 'waiting',
  path: 'waiting',
  mount: 'mounted',
  slice: 'active',
}

const installProgram = (machine: Machine, unit: Unit): void => {
  const program = splitWords(unit.definition.execStart.replace(/^[-@:+!]+/, ''))[0]
  if (program?.startsWith('/') !== true || machine.files.has(program)) return
  makeFolder(machine.files, folderOf(program), { mtimeMs: machine.bootedMs })
  writeText(machine.files, program, {
    text: '\u007fELF',
    mode: 0o755,
    paddingBytes: PROGRAM_BYTES,
    mtimeMs: machine.bootedMs,
  })
}

const PERCENT_A_TASK = 0.002
const PERCENT_A_MEBIBYTE = 0.0015

/** What a unit takes of a core when nothing is wrong, in percent: what its service is known for; one that idles the less, the smaller it is. */
const usualPercent = ({ service = '', memoryMiB = 4, tasks = 1 }: UnitSetup): number => {
  const known = knownCpuMillis(service)
  return known === undefined ? tasks * PERCENT_A_TASK + memoryMiB * PERCENT_A_MEBIBYTE : known / 10
}

/** So long after its kernel a machine has come as far as its services. */
const SERVICES_MS = 6_000

/** Gives a unit the state that it has after a boot that went well. */
const bringUp = (machine: Machine, unit: Unit, setup: UnitSetup): void => {
  const stands = setup.stands ?? 'running'
  const fromMs = setup.fromMs ?? machine.bootedMs + SERVICES_MS
  const upMs = fromMs + (machine.units.size % 40) * 211
  if (stands === 'dead') return
  Object.assign(unit, { active: 'active', sinceMs: upMs })
  unit.sub = stands === 'other' ? (subs[unit.name.split('.').at(-1) ?? ''] ?? 'active') : stands
  if (stands === 'exited') {
    unit.lastExit = { code: 'exited', status: 0, signal: undefined }
    Object.assign(unit, { startedMs: upMs - 60, endedMs: upMs, lastPid: 300 + machine.units.size })
  }
  if (stands !== 'running') return
  recallStartPre(machine, unit)
  machine.nextPid += 3 + (machine.units.size % 5)
  unit.environment = environmentOf(machine, unit)
  unit.execStart = expandCommand(unit.definition.execStart, unit.environment)
  Object.assign(unit, { startedMs: upMs, mainPid: machine.nextPid, ...unit.usual })
  if (setup.start === undefined) return
  unit.sinceMs = upMs + setup.start.takesMs
  forkChild(machine, unit, upMs + setup.start.forksAfterMs)
}

/** Installs a unit on a machine with its file, its program and its links, and brings it into the state that it is said to have. */
export const installUnit = (machine: Machine, setup: UnitSetup): Unit => {
  const path = setup.path ?? `/lib/systemd/system/${setup.name}`
  const mtimeMs = machine.bootedMs - 86_400_000 * 20
  writeText(machine.files, path, { text: setup.text, mtimeMs })
  for (const [dropIn, text] of Object.entries(setup.dropIns ?? {}))
    writeText(machine.files, dropIn, { text, mtimeMs })
  const unit = createUnit(setup.name, setup.service ?? 'plain')
  readUnit(machine, unit)
  unit.usual = {
    memoryBytes: (setup.memoryMiB ?? 4) * MIB,
    cpuPercent: setup.cpuPercent ?? usualPercent(setup),
    tasks: setup.tasks ?? 1,
  }
  if (setup.isDisabled !== true) enableUnit(machine, unit, mtimeMs)
  installProgram(machine, unit)
  machine.units.set(setup.name, unit)
  bringUp(machine, unit, setup)
  return unit
}

/** Installs several units. */
export const installUnits = (machine: Machine, setups: readonly UnitSetup[]): void => {
  for (const setup of setups) installUnit(machine, setup)
}
