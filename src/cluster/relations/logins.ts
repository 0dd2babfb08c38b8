import { removePath, writeText } from '../files/file-tree.ts'
import { writeJournal } from '../journal/write-journal.ts'
import type { Login } from '../world/login.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { endLeftSessions, leaveSession, withWhatRuns } from './left-sessions.ts'
import { afterAll, arrivalLines, breakLines, leavingLines } from './login-lines.ts'
import { unitOf } from './unit-of.ts'
import {
  begin,
  beginManager,
  dismissManager,
  dropManagers,
  endManagers,
  sessionScope,
} from './user-managers.ts'

const MIB = 1024 ** 2
const SCRIPTS_BEFORE_SHELL = 36

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
  const rest = { user, group: sessionScope(machine, { user, session }) }
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

const endClient = ({ machines }: World, { client }: Login): void => {
  const other = client === undefined ? undefined : machines.get(client.machine)
  if (other !== undefined) other.processes = other.processes.filter(({ pid }) => pid !== client?.pid)
}

const forget = (world: World, machine: Machine, login: Login): void => {
  const { pid, shellPid, user, from, sinceMs, terminal } = login
  machine.processes = machine.processes.filter(process => process.pid !== pid && process.pid !== shellPid)
  machine.logins = machine.logins?.filter(other => other !== login) ?? []
  if (terminal !== undefined) removePath(machine.files, `/dev/${terminal}`)
  if (terminal !== undefined)
    machine.pastLogins = [
      ...(machine.pastLogins ?? []),
      { user, from, sinceMs, terminal, untilMs: world.nowMs, end: 'left' },
    ]
  endClient(world, login)
  leaveSession(machine, login)
  dismissManager(world, machine, user)
}

/** Ends a login because whoever came leaves. */
export const logOut = (world: World, machine: Machine, login: Login): void => {
  if (machine.logins?.includes(login) !== true) return
  const atMs = afterAll(machine, world.nowMs)
  for (const line of leavingLines(machine, withWhatRuns(machine, login), atMs)) writeJournal(machine, line)
  forget(world, machine, login)
}

/** Ends the logins whose processes were killed, and what belongs to users who left a while ago. */
export const endLogins = (world: World, machine: Machine): void => {
  const live = loginsOf(machine)
  for (const login of machine.logins ?? []) {
    if (live.includes(login)) continue
    for (const line of breakLines(machine, withWhatRuns(machine, login), world.nowMs))
      writeJournal(machine, line)
    forget(world, machine, login)
  }
  endLeftSessions(world, machine)
  endManagers(world, machine)
}

/** Ends every login where the machine goes down under it. */
export const dropLogins = (world: World, machine: Machine): void => {
  const down = (machine.logins ?? []).flatMap(({ user, from, sinceMs, terminal }) =>
    terminal === undefined
      ? []
      : [{ user, from, sinceMs, terminal, untilMs: world.nowMs, end: 'down' as const }],
  )
  for (const login of machine.logins ?? []) {
    endClient(world, login)
    for (const line of breakLines(machine, login, world.nowMs - 1)) writeJournal(machine, line)
  }
  dropManagers(machine)
  Object.assign(machine, {
    pastLogins: [...(machine.pastLogins ?? []), ...down],
    logins: [],
    leftSessions: [],
    lastSession: 0,
  })
}
