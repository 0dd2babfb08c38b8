import { makeFolder, removePath, writeText } from '../files/file-tree.ts'
import { writeJournal } from '../journal/write-journal.ts'
import type { Login } from '../world/login.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { userIdOf } from './accounts.ts'
import { arrivalLines, breakLines, leavingLines, managerLines } from './login-lines.ts'
import { hasUserManagers } from './system-version.ts'
import { unitOf } from './unit-of.ts'

const MIB = 1024 ** 2
/** How long systemd keeps what belongs to a user after the last login (`UserStopDelaySec=`). */
const LINGERS_MS = 10_000
const SCRIPTS_BEFORE_SHELL = 36
const APART_MS = 0.013

/** Who comes, from where, and whether to a terminal or for one command. */
export type Arrival = {
  readonly user: string
  readonly from: string
  readonly command?: string | undefined
  readonly client?: Login['client']
}

/** Who is logged in to a machine, the earliest first. A login is over with the process that holds it. */
export const loginsOf = ({ logins = [], processes }: Machine): readonly Login[] =>
  logins.filter(({ pid, shellPid }) =>
    [pid, shellPid].every(each => processes.some(process => process.pid === each)),
  )

/** Those of them that stand in utmp: a command that is sent over ssh has no terminal and no line there. */
export const usersAt = (machine: Machine): readonly (Login & { readonly terminal: string })[] =>
  loginsOf(machine).flatMap(login =>
    login.terminal === undefined ? [] : [{ ...login, terminal: login.terminal }],
  )

const freeTerminal = (machine: Machine): string => {
  const taken = new Set(loginsOf(machine).map(({ terminal }) => terminal))
  let number = 0
  while (taken.has(`pts/${number}`)) number += 1
  return `pts/${number}`
}

const sliceOf = (machine: Machine, user: string): string =>
  `/user.slice/user-${userIdOf(machine, user)}.slice`

type Own = Pick<FreeProcess, 'pid' | 'parentPid' | 'command' | 'memoryBytes' | 'group'> & Partial<FreeProcess>

const begin = (world: World, machine: Machine, own: Own & Pick<FreeProcess, 'user'>): void => {
  machine.processes.push({
    startedMs: world.nowMs,
    cpuPercent: 0,
    state: 'S',
    threads: 1,
    openFiles: 6,
    listens: [],
    ignoresTerm: false,
    ...own,
  })
}

const runtimeFolder = (machine: Machine, user: string): string => `/run/user/${userIdOf(machine, user)}`

/** Mounts the folder in memory that a user has while logged in: a tenth of the memory, as logind.conf(5) says. */
const mountFolder = (world: World, machine: Machine, user: string): void => {
  const mount = runtimeFolder(machine, user)
  const kib = Math.floor(machine.memoryBytes / 10_240)
  const isNew = hasUserManagers(machine)
  const own = user === 'root' ? '' : ',uid=1000,gid=1000'
  makeFolder(machine.files, mount, { mode: 0o700, owner: user, group: user, mtimeMs: world.nowMs })
  machine.filesystems.push(
    createFilesystem({
      device: 'tmpfs',
      mount,
      type: 'tmpfs',
      sizeBytes: kib * 1024,
      baseBytes: isNew ? 4096 : 0,
      baseInodes: isNew ? 25 : 1,
      options: `rw,nosuid,nodev,relatime,size=${kib}k${isNew ? `,nr_inodes=${Math.floor(kib / 4)}` : ''},mode=700${own}${isNew ? ',inode64' : ''}`,
    }),
  )
}

const unmountFolder = (machine: Machine, user: string): void => {
  const mount = runtimeFolder(machine, user)
  // Some have this list from elsewhere: it is changed where it is.
  const at = machine.filesystems.findIndex(filesystem => filesystem.mount === mount)
  if (at >= 0) machine.filesystems.splice(at, 1)
  removePath(machine.files, mount)
}

const beginManager = (world: World, machine: Machine, user: string): boolean => {
  const managers = machine.userManagers ?? []
  const known = managers.find(manager => manager.user === user)
  if (known !== undefined) {
    known.leavesMs = undefined
    return false
  }
  const pid = machine.nextPid + 2
  machine.userManagers = [...managers, { user, pid, leavesMs: undefined }]
  mountFolder(world, machine, user)
  if (!hasUserManagers(machine)) return true
  machine.nextPid = pid + 1
  const group = `${sliceOf(machine, user)}/user@${userIdOf(machine, user)}.service/init.scope`
  const rest = { user, group }
  begin(world, machine, {
    pid,
    parentPid: 1,
    command: '/lib/systemd/systemd --user',
    memoryBytes: 9.4 * MIB,
    ...rest,
  })
  begin(world, machine, {
    pid: pid + 1,
    parentPid: pid,
    command: '(sd-pam)',
    memoryBytes: 3.3 * MIB,
    ...rest,
  })
  return true
}

/** Lets somebody in: sshd's process and the shell begin, and sshd and logind say so. */
export const logIn = (world: World, machine: Machine, { user, from, command, client }: Arrival): Login => {
  const session = (machine.lastSession ?? 0) + 1
  const pid = machine.nextPid + 1
  machine.nextPid = pid
  machine.lastSession = session
  const isFirst = beginManager(world, machine, user)
  machine.nextPid += command === undefined ? SCRIPTS_BEFORE_SHELL : 1
  const terminal = command === undefined ? freeTerminal(machine) : undefined
  const login: Login = {
    session,
    user,
    terminal,
    from,
    port: 32_768 + ((pid * 7_919 + session * 211) % 28_000),
    sinceMs: world.nowMs,
    pid,
    shellPid: machine.nextPid,
    ...(client === undefined ? {} : { client }),
  }
  const rest = { user, group: `${sliceOf(machine, user)}/session-${session}.scope` }
  begin(world, machine, {
    pid,
    parentPid: unitOf(machine, 'sshd')?.mainPid || 1,
    command: `sshd: ${user}@${terminal ?? 'notty'}`,
    memoryBytes: 10.6 * MIB,
    ...rest,
  })
  begin(world, machine, {
    pid: login.shellPid,
    parentPid: pid,
    command: command === undefined ? '-bash' : `bash -c ${command}`,
    memoryBytes: 5.1 * MIB,
    ignoresTerm: command === undefined,
    ...(terminal === undefined ? {} : { hasTerminal: true, terminal }),
    ...rest,
  })
  if (terminal !== undefined)
    writeText(machine.files, `/dev/${terminal}`, {
      text: '',
      mode: 0o620,
      owner: user,
      group: 'tty',
      mtimeMs: world.nowMs,
    })
  machine.logins = [...(machine.logins ?? []), login]
  const atMs = afterAll(machine, world.nowMs)
  for (const line of arrivalLines(machine, login, { atMs, isFirst })) writeJournal(machine, line)
  return login
}

/** When something can be written now: after what this moment has written already. */
const afterAll = ({ journal }: Machine, nowMs: number): number => {
  const lastMs = journal.at(-1)?.atMs ?? 0
  return lastMs < nowMs + 1 ? Math.max(nowMs, lastMs + APART_MS) : nowMs
}

const forget = (world: World, machine: Machine, login: Login): void => {
  const { pid, shellPid, user, from, sinceMs, terminal, client } = login
  machine.processes = machine.processes.filter(process => process.pid !== pid && process.pid !== shellPid)
  machine.logins = machine.logins?.filter(other => other !== login) ?? []
  if (terminal !== undefined) removePath(machine.files, `/dev/${terminal}`)
  if (terminal !== undefined)
    machine.pastLogins = [
      ...(machine.pastLogins ?? []),
      { user, from, sinceMs, terminal, untilMs: world.nowMs, end: 'left' },
    ]
  const other = client === undefined ? undefined : world.machines.get(client.machine)
  if (other !== undefined) other.processes = other.processes.filter(process => process.pid !== client?.pid)
  const isLast = !machine.logins.some(each => each.user === user)
  const manager = machine.userManagers?.find(each => each.user === user)
  if (isLast && manager !== undefined) manager.leavesMs = world.nowMs + LINGERS_MS
}

/** Ends a login because whoever came leaves. */
export const logOut = (world: World, machine: Machine, login: Login): void => {
  if (machine.logins?.includes(login) !== true) return
  for (const line of leavingLines(machine, login, afterAll(machine, world.nowMs))) writeJournal(machine, line)
  forget(world, machine, login)
}

/** Ends the logins whose processes were killed, and what belongs to users who left a while ago. */
export const endLogins = (world: World, machine: Machine): void => {
  const live = loginsOf(machine)
  for (const login of machine.logins ?? []) {
    if (live.includes(login)) continue
    for (const line of breakLines(machine, login, world.nowMs)) writeJournal(machine, line)
    forget(world, machine, login)
  }
  for (const manager of machine.userManagers ?? []) {
    const { leavesMs, pid } = manager
    if (leavesMs === undefined || leavesMs > world.nowMs) continue
    for (const line of managerLines(machine, manager, leavesMs)) writeJournal(machine, line)
    machine.processes = machine.processes.filter(process => process.pid !== pid && process.pid !== pid + 1)
    machine.userManagers = machine.userManagers?.filter(other => other !== manager) ?? []
    unmountFolder(machine, manager.user)
  }
}

/** Ends every login where the machine goes down under it. */
export const dropLogins = (world: World, machine: Machine): void => {
  const down = (machine.logins ?? []).flatMap(({ user, from, sinceMs, terminal }) =>
    terminal === undefined
      ? []
      : [{ user, from, sinceMs, terminal, untilMs: world.nowMs, end: 'down' as const }],
  )
  for (const login of machine.logins ?? [])
    for (const line of breakLines(machine, login, world.nowMs)) writeJournal(machine, line)
  for (const { user } of machine.userManagers ?? []) unmountFolder(machine, user)
  Object.assign(machine, {
    pastLogins: [...(machine.pastLogins ?? []), ...down],
    logins: [],
    userManagers: [],
    lastSession: 0,
  })
}
