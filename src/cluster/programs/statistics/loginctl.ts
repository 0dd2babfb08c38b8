import { userIdOf } from '../../relations/accounts.ts'
import { systemdTime } from '../../relations/clock.ts'
import { sessionsOf } from '../../relations/left-sessions.ts'
import { loginsOf } from '../../relations/logins.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { hasUserManagers } from '../../relations/system-version.ts'
import { sessionScope, sliceOf } from '../../relations/user-managers.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { agoText } from '../../text/spans.ts'
import type { LeftSession, Login } from '../../world/login.ts'
import { ownProcesses } from '../process/own-processes.ts'
import { groupTree } from '../systemctl/group-tree.ts'

const membersOf = (call: Call): readonly Process[] => [
  ...processesOf(call.world, call.machine),
  ...ownProcesses(call, 'loginctl'),
]

const sinceText = ({ world, machine }: Call, ms: number): string =>
  `${systemdTime(machine, ms)}; ${agoText(world.nowMs - ms)}`

type Session = Login | LeftSession

const allOf = ({ machine }: Call): readonly Session[] => sessionsOf(machine, loginsOf(machine))

const isLeft = (session: Session): boolean => 'cpuMs' in session

const sessionRows = (call: Call): readonly string[] =>
  allOf(call).map(
    ({ session, user, terminal }) =>
      `${String(session).padStart(7)} ${userIdOf(call.machine, user).padStart(4)} ${user.padEnd(4)}      ${terminal ?? ''}`,
  )

const stateOf = (session: Session): string => (isLeft(session) ? 'closing' : 'active')

const sessionStatus = (call: Call, login: Session): string => {
  const { session, user, sinceMs, from, pid, terminal } = login
  return asText([
    `${session} - ${user} (${userIdOf(call.machine, user)})`,
    `           Since: ${sinceText(call, sinceMs)}`,
    `          Leader: ${pid}${isLeft(login) ? '' : ' (sshd)'}`,
    ...(terminal === undefined ? [] : [`             TTY: ${terminal}`]),
    `          Remote: ${from}`,
    `         Service: sshd; type tty; class user`,
    `           State: ${stateOf(login)}`,
    `            Unit: session-${session}.scope`,
    ...groupTree(membersOf(call), sessionScope(call.machine, login)).map(line => `                  ${line}`),
  ])
}

const userStatus = (call: Call, user: string): string => {
  const own = allOf(call).filter(login => login.user === user)
  const id = userIdOf(call.machine, user)
  const shown = own.findLast(session => !isLeft(session))
  const first = own[0]?.sinceMs ?? call.world.nowMs
  return asText([
    `${user} (${id})`,
    `           Since: ${sinceText(call, first)}`,
    `           State: ${shown === undefined ? 'closing' : 'active'}`,
    `        Sessions: ${own.map(login => `${login === shown ? '*' : ''}${login.session}`).join(' ')}`,
    '          Linger: no',
    `            Unit: user-${id}.slice`,
    ...groupTree(membersOf(call), sliceOf(call.machine, user)).map(line => `                  ${line}`),
  ])
}

const counted = (rows: readonly string[], noun: string): readonly string[] => [
  ...rows,
  '',
  `${rows.length} ${noun} listed.`,
]

const list = (call: Call, verb: string): Reply => {
  const users = [...new Set(allOf(call).map(({ user }) => user))]
  const isOfUsers = verb === 'list-users'
  const noun = isOfUsers ? 'users' : 'sessions'
  const rows = isOfUsers
    ? users.map(user => `${userIdOf(call.machine, user).padStart(4)} ${user}`)
    : sessionRows(call)
  if (call.args.includes('--no-legend')) return { stdout: rows.map(row => `${row}\n`).join('') }
  if (rows.length === 0 && hasUserManagers(call.machine)) return { stdout: `No ${noun}.\n` }
  const head = isOfUsers ? ' UID USER' : 'SESSION  UID USER SEAT TTY  '
  return { stdout: asText([head, ...counted(rows, noun)]) }
}

/** loginctl(1): the sessions and users that logind knows of. */
export const loginctl: Program = {
  names: ['loginctl'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const [verb = 'list-sessions', ...named] = call.args.filter(arg => !arg.startsWith('-'))
    if (verb.startsWith('list-')) return verb === 'list-seats' ? { stdout: 'No seats.\n' } : list(call, verb)
    const logins = allOf(call)
    if (verb === 'session-status' || verb === 'show-session') {
      const wanted = named.length === 0 ? [call.passage.login?.session] : named.map(Number)
      const found = logins.filter(({ session }) => wanted.includes(session))
      const missing = named.find(name => !logins.some(({ session }) => session === Number(name)))
      if (missing !== undefined)
        return { stderr: `Failed to get session path: No session '${missing}' known\n`, exit: 1 }
      return {
        stdout: found
          .map(login =>
            verb === 'show-session'
              ? `Id=${login.session}\nUser=${userIdOf(call.machine, login.user)}\nName=${login.user}\nTTY=${login.terminal ?? ''}\nRemote=yes\nRemoteHost=${login.from}\nService=sshd\nScope=session-${login.session}.scope\nLeader=${login.pid}\nType=tty\nClass=user\nActive=${isLeft(login) ? 'no' : 'yes'}\nState=${stateOf(login)}\n`
              : sessionStatus(call, login),
          )
          .join('\n'),
      }
    }
    if (verb === 'user-status') {
      const users = named.length === 0 ? [call.user] : named
      const absent = users.find(user => !allOf(call).some(login => login.user === user))
      if (absent !== undefined)
        return {
          stderr: `Failed to get user: User ID ${userIdOf(call.machine, absent)} is not logged in or lingering\n`,
          exit: 1,
        }
      return { stdout: users.map(user => userStatus(call, user)).join('\n') }
    }
    return /^(enable-linger|disable-linger|lock-session|activate|flush-devices)$/.test(verb)
      ? {}
      : { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
  },
}
