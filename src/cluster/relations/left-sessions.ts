import { writeJournal } from '../journal/write-journal.ts'
import type { LeftSession, Login } from '../world/login.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { afterAll, releaseLines } from './login-lines.ts'
import { dismissManager, sessionScope } from './user-managers.ts'

/** What runs in the scope of a session beside sshd's process for it and the shell. */
const runningIn = (machine: Machine, login: Login): readonly FreeProcess[] => {
  const scope = sessionScope(machine, login)
  const own = [login.pid, login.shellPid]
  return machine.processes.filter(({ group, pid }) => group === scope && !own.includes(pid))
}

/** A session, and whether something that was begun in it outlives it. */
export const withWhatRuns = (machine: Machine, login: Login): Login & { readonly isInUse: boolean } => ({
  ...login,
  isInUse: runningIn(machine, login).length > 0,
})

/** Keeps a session whose person has left for as long as something runs in it. */
export const leaveSession = (machine: Machine, login: Login): void => {
  if (runningIn(machine, login).length > 0)
    machine.leftSessions = [...(machine.leftSessions ?? []), { ...login, cpuMs: 0 }]
}

const cpuMsOf = (world: World, processes: readonly FreeProcess[]): number =>
  processes.reduce(
    (sum, { startedMs, cpuPercent }) => sum + ((world.nowMs - startedMs) * cpuPercent) / 100,
    0,
  )

/** Lets the sessions go in which nothing runs any more. */
export const endLeftSessions = (world: World, machine: Machine): void => {
  const { leftSessions = [] } = machine
  if (leftSessions.length === 0) return
  const kept: LeftSession[] = []
  const ended: LeftSession[] = []
  for (const session of leftSessions) {
    const running = runningIn(machine, session)
    if (running.length === 0) ended.push(session)
    else kept.push({ ...session, cpuMs: Math.max(session.cpuMs, cpuMsOf(world, running)) })
  }
  machine.leftSessions = kept
  for (const session of ended) {
    for (const line of releaseLines(machine, session, afterAll(machine, world.nowMs)))
      writeJournal(machine, line)
    dismissManager(world, machine, session.user)
  }
}

/** The sessions of a machine that somebody holds, and those that are left, by number. */
export const sessionsOf = (machine: Machine, logins: readonly Login[]): readonly (Login | LeftSession)[] =>
  [...logins, ...(machine.leftSessions ?? [])].sort((a, b) => a.session - b.session)
