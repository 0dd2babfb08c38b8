import type { FreeProcess, Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { userIdOf, userNamed } from './accounts.ts'
import { childOf } from './child-process.ts'
import { ofContainer, ofRuntime, withChildren } from './container-processes.ts'
import { controlGroupOf, unitGroup } from './control-group.ts'
import { waitsForDisk } from './disk-load.ts'
import { numberedInside } from './inside-processes.ts'
import { ofKernel } from './kernel-processes.ts'
import { inPages } from './page-sizes.ts'
import { base, nameOf, type Process } from './process.ts'
import { processSums } from './process-sums.ts'
import { isStopped } from './stopped.ts'
import { hasOldControlGroups } from './system-version.ts'
import { unitOf } from './unit-of.ts'

export type { Process } from './process.ts'

const MIB = 1024 ** 2

/** By the names that the kernel keeps. */
const usersOfUbuntu: Readonly<Record<string, string>> = {
  chronyd: '_chrony',
  rsyslogd: 'syslog',
  'dbus-daemon': 'messagebus',
  'systemd-network': 'systemd-network',
  'systemd-resolve': 'systemd-resolve',
}

const usersOfCentos: Readonly<Record<string, string>> = {
  chronyd: 'chrony',
  'dbus-daemon': 'dbus',
  polkitd: 'polkitd',
}

const ownUsersOf = ({ os }: Machine): Readonly<Record<string, string>> =>
  os.id === 'centos' ? usersOfCentos : usersOfUbuntu

const initCommands: Readonly<Record<string, string>> = {
  centos: '/usr/lib/systemd/systemd --switched-root --system --deserialize 22',
  debian: '/bin/systemd',
}

/** What init takes to bring a machine up, and which part of the time it takes from then on. */
const BOOT_CPU_MS = 1_900
const INIT_PERCENT = 0.012

const ofInit = (machine: Machine, nowMs: number, startedMs = machine.bootedMs): Process => ({
  ...base,
  kind: 'init',
  pid: 1,
  parentPid: 0,
  name: 'systemd',
  command: initCommands[machine.os.id] ?? '/sbin/init',
  ...(hasOldControlGroups(machine) ? { group: '/' } : {}),
  startedMs,
  cpuPercent: INIT_PERCENT,
  cpuMs: BOOT_CPU_MS + ((nowMs - startedMs) * INIT_PERCENT) / 100,
  memoryBytes: 11.8 * MIB,
  virtualBytes: 164 * MIB,
  state: 'Ss',
  openFiles: 140,
})

/** What the kernel puts before the command line of a script, by its name as the kernel cuts it. */
const interpreters: Readonly<Record<string, string>> = {
  'networkd-dispat': '/usr/bin/python3 ',
  'unattended-upgr': '/usr/bin/python3 ',
}

const ofUnit = (machine: Machine, unit: Unit): Process => {
  const name = nameOf(unit.execStart)
  return {
    ...base,
    kind: 'unit',
    pid: unit.mainPid,
    user: unit.definition.user || (ownUsersOf(machine)[name] ?? 'root'),
    name,
    command:
      name === 'sshd' && machine.os.id !== 'centos'
        ? 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'
        : `${interpreters[name] ?? ''}${unit.execStart}`,
    startedMs: unit.startedMs ?? unit.sinceMs,
    cpuPercent: unit.cpuPercent,
    cpuMs: unit.cpuMs,
    memoryBytes: unit.memoryBytes,
    virtualBytes: unit.memoryBytes * 6 + 80 * MIB,
    state: name === 'agetty' ? 'Ss+' : unit.tasks > 1 ? 'Ssl' : 'Ss',
    threads: Math.max(1, unit.tasks),
    openFiles: 12 + unit.tasks * 4,
    unit,
  }
}

/** A unit's main process, and the one that it forked: they share what the unit takes. Of the time, a later child has its part since it runs. */
const withChild = (machine: Machine, unit: Unit, nowMs: number): readonly Process[] => {
  const main = ofUnit(machine, unit)
  const child = childOf(unit)
  if (child === undefined) return [main]
  const { pid, command, user, share, startedMs = main.startedMs } = child
  const part = (process: Process, of: number): Process => ({
    ...process,
    cpuPercent: process.cpuPercent * of,
    cpuMs: process.cpuMs * of,
    memoryBytes: process.memoryBytes * of,
    threads: Math.max(1, Math.round(process.threads * of)),
  })
  const ranOf = Math.min(1, (nowMs - startedMs) / Math.max(1, nowMs - main.startedMs))
  const own = {
    pid,
    command,
    user,
    cpuMs: main.cpuMs * share * ranOf,
    name: nameOf(command),
    parentPid: main.pid,
    startedMs,
    state: 'Sl',
    kind: 'child' as const,
  }
  return [part(main, 1 - share), { ...part(main, share), ...own }]
}

const BUSY_PERCENT = 50

/** What begins a session of its own. */
const leads = /^(sshd: |-bash$|bash -c |\/lib\/systemd\/systemd --user)/

/** What ps puts behind the state of a process that stands back, or goes before others. */
const niceMark = ({ nice = 0 }: FreeProcess): string => (nice > 0 ? 'N' : nice < 0 ? '<' : '')

/** The scope of a login session that a process was begun in: root's own is the first. */
const sessionGroup = (machine: Machine, user: string): string => {
  const id = userIdOf(machine, user)
  return `/user.slice/user-${id}.slice/session-${id === '0' ? 1 : 2}.scope`
}

const stateOf = (machine: Machine, free: FreeProcess): FreeProcess['state'] => {
  if (waitsForDisk(machine, free)) return 'D'
  return free.cpuPercent >= BUSY_PERCENT && free.state === 'S' ? 'R' : free.state
}

const ofFree = (machine: Machine, free: FreeProcess): Process => ({
  ...base,
  ...free,
  state: `${stateOf(machine, free)}${niceMark(free)}${leads.test(free.command) ? 's' : ''}`,
  kind: 'free',
  name: nameOf(free.command),
  group: free.group ?? sessionGroup(machine, free.user),
  cpuMs: 0,
  virtualBytes: free.memoryBytes * 2 + 20 * MIB,
  unit: undefined,
  container: undefined,
  free,
})

const withTime = (process: Process, nowMs: number): Process =>
  process.cpuMs > 0 || process.unit !== undefined
    ? process
    : { ...process, cpuMs: ((nowMs - process.startedMs) * process.cpuPercent) / 100 }

const asStopped = (process: Process): Process => ({
  ...process,
  state: process.state.replace(/^[SRD]/, 'T'),
  cpuPercent: 0,
})

const processesInside = (world: { readonly nowMs: number }, inside: Machine): readonly Process[] => {
  if (inside.inside === undefined) return []
  const { container, carrier, seesAllProcesses } = inside.inside
  if (seesAllProcesses) return processesOf(world, carrier)
  const own = withChildren(ofContainer(container, 0), container)
  return numberedInside(
    container,
    own
      .map(process => (isStopped(carrier, process.pid) ? asStopped(process) : process))
      .map(process => withTime(process, world.nowMs))
      .map(process => withName(inside, process)),
  )
}

/** A user who is known by a number alone has the name that the machine at hand has for it, whoever that is there. */
const withName = (machine: Machine, process: Process): Process => {
  if (!/^\d/.test(process.user)) return process
  const name = userNamed(machine, process.user)
  return name === process.user ? process : { ...process, user: name }
}

const ofUnits = (machine: Machine, nowMs: number): readonly Process[] =>
  [...machine.units.values()].flatMap(unit => (unit.mainPid === 0 ? [] : withChild(machine, unit, nowMs)))

/** The first process of Planet as its host sees it: Planet has begun it, and it ends with it. */
const initOfPlanet = (planet: Machine, unit: Unit, nowMs: number): Process => ({
  ...ofInit(planet, nowMs, unit.startedMs),
  pid: planet.initPid ?? unit.mainPid,
  parentPid: unit.mainPid,
  group: '/init.scope',
  unit,
})

/** The processes of Planet as its host sees them: below its own init, their units' groups within that of the host's unit that runs Planet. */
const ofPlanet = (host: Machine, planet: Machine, nowMs: number): readonly Process[] => {
  const unit = unitOf(host, 'planet')
  const own = [...ofUnits(planet, nowMs), ...ofRuntime(planet)]
  if (unit === undefined) return own
  const outer = unitGroup(unit.name)
  const init = unit.mainPid === 0 ? [] : [initOfPlanet(planet, unit, nowMs)]
  return [...init, ...own].map(process => {
    const group = controlGroupOf(process)
    return {
      ...process,
      parentPid: process.parentPid === 1 ? (init[0]?.pid ?? 1) : process.parentPid,
      ...(group.startsWith('/kubepods') ? {} : { group: `${outer}${group}` }),
    }
  })
}

const inWholePages = (process: Process): Process => ({
  ...process,
  memoryBytes: inPages(process.memoryBytes),
  virtualBytes: inPages(process.virtualBytes),
})

/** Every process of a machine, ordered by pid: kernel threads, units, containers with their shims, and others. None while it is off. */
export const processesOf = (world: { readonly nowMs: number }, machine: Machine): readonly Process[] => {
  if (!machine.isPowered) return []
  const { planet, inside } = machine
  if (inside !== undefined) return processesInside(world, machine)
  // Together they get no more than there is.
  const share = Math.min(1, (machine.cpu.cores * 100) / Math.max(1, processSums(machine).cpuPercent))
  const all = [
    ofInit(machine, world.nowMs),
    // What a Planet shares is its machine's kernel, whose threads no container sees.
    ...(machine.sharedFiles === undefined ? ofKernel(machine) : []),
    ...ofUnits(machine, world.nowMs),
    ...(planet === undefined ? [] : ofPlanet(machine, planet, world.nowMs)),
    ...ofRuntime(machine),
    ...machine.processes.filter(({ isMain }) => isMain !== true).map(free => ofFree(machine, free)),
  ]
  const pids = new Set(all.map(({ pid }) => pid))
  return all
    .map(process =>
      process.kind === 'free' && !pids.has(process.parentPid) ? { ...process, parentPid: 1 } : process,
    )
    .map(process => (isStopped(machine, process.pid) ? asStopped(process) : process))
    .map(process => withTime({ ...process, cpuPercent: process.cpuPercent * share }, world.nowMs))
    .map(inWholePages)
    .map(process => withName(machine, process))
    .sort((a, b) => a.pid - b.pid)
}
