import { makeFolder, removePath } from '../files/file-tree.ts'
import { writeJournal } from '../journal/write-journal.ts'
import type { Login } from '../world/login.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { userIdOf } from './accounts.ts'
import { MANAGER_AFTER, managerLines } from './login-lines.ts'
import { hasUserManagers } from './system-version.ts'

const MIB = 1024 ** 2
/** How long systemd keeps what belongs to a user after the last login (`UserStopDelaySec=`). */
const LINGERS_MS = 10_000

/** The control group of all that belongs to a user. */
export const sliceOf = (machine: Machine, user: string): string =>
  `/user.slice/user-${userIdOf(machine, user)}.slice`

/** The control group of what was begun in a session. */
export const sessionScope = (machine: Machine, { user, session }: Pick<Login, 'user' | 'session'>): string =>
  `${sliceOf(machine, user)}/session-${session}.scope`

type Own = Pick<FreeProcess, 'pid' | 'parentPid' | 'command' | 'memoryBytes' | 'group'> & Partial<FreeProcess>

/** Adds a process that a login brings with it. */
export const begin = (world: World, machine: Machine, own: Own & Pick<FreeProcess, 'user'>): void => {
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

/** Begins what belongs to a user who comes; says whether the user was not here before. */
export const beginManager = (world: World, machine: Machine, user: string): boolean => {
  const managers = machine.userManagers ?? []
  const known = managers.find(manager => manager.user === user)
  if (known !== undefined) {
    known.leavesMs = undefined
    return false
  }
  const pid = machine.nextPid + MANAGER_AFTER
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

/** Lets what belongs to a user go some seconds from now, unless another session of theirs is there. */
export const dismissManager = ({ nowMs }: World, machine: Machine, user: string): void => {
  const { userManagers = [], logins = [], leftSessions = [] } = machine
  if ([...logins, ...leftSessions].some(session => session.user === user)) return
  const manager = userManagers.find(each => each.user === user)
  if (manager !== undefined) manager.leavesMs = nowMs + LINGERS_MS
}

/** Puts away what belongs to users who left a while ago. */
export const endManagers = (world: World, machine: Machine): void => {
  for (const manager of machine.userManagers ?? []) {
    const { leavesMs, pid, user } = manager
    if (leavesMs === undefined || leavesMs > world.nowMs) continue
    for (const line of managerLines(machine, manager, leavesMs)) writeJournal(machine, line)
    machine.processes = machine.processes.filter(process => process.pid !== pid && process.pid !== pid + 1)
    machine.userManagers = machine.userManagers?.filter(other => other !== manager) ?? []
    unmountFolder(machine, user)
  }
}

/** Takes all of them away, where the machine goes down. */
export const dropManagers = (machine: Machine): void => {
  for (const { user } of machine.userManagers ?? []) unmountFolder(machine, user)
  machine.userManagers = []
}
