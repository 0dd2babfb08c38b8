import { settle } from '../laws/advance.ts'
import { userIdOf } from '../relations/accounts.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { loginAddressOf } from '../relations/login-address.ts'
import { logIn, logOut } from '../relations/logins.ts'
import { sshdPorts } from '../relations/sshd-settings.ts'
import { hasUserManagers } from '../relations/system-version.ts'
import { unitOf } from '../relations/unit-of.ts'
import type { Login } from '../world/login.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createLevel, type Level } from './level.ts'
import type { Post } from './program.ts'

/** What sshd and logind put into the environment of what they begin. */
const environmentOf = (machine: Machine, login: Login): Readonly<Record<string, string>> => {
  const { from, port, terminal, session, user } = login
  const [own = 22] = sshdPorts(machine, unitOf(machine, 'sshd'))
  const id = userIdOf(machine, user)
  return {
    SSH_CLIENT: `${from} ${port} ${own}`,
    SSH_CONNECTION: `${from} ${port} ${mainAddressOf(machine)} ${own}`,
    ...(terminal === undefined ? {} : { SSH_TTY: `/dev/${terminal}` }),
    XDG_SESSION_ID: String(session),
    XDG_RUNTIME_DIR: `/run/user/${id}`,
    ...(hasUserManagers(machine)
      ? {
          XDG_SESSION_TYPE: 'tty',
          XDG_SESSION_CLASS: 'user',
          DBUS_SESSION_BUS_ADDRESS: `unix:path=/run/user/${id}/bus`,
        }
      : {}),
  }
}

/** A level that belongs to a login: one that has begun it, or one within. */
const withLogin = (level: Level, login: Login | undefined): Level => {
  if (login !== undefined) Object.assign(level.env, environmentOf(level.post.host, login))
  return Object.assign(level, { login })
}

/** How a level begins. */
type Begun = Partial<Pick<Level, 'cwd' | 'login'>> & { readonly env?: Readonly<Record<string, string>> }

/** A level that begins in another: within its login, unless it has its own or is on another machine. */
export const levelWithin = (from: Level, post: Post, { env, cwd, login }: Begun): Level =>
  withLogin(createLevel(post, env, cwd), login ?? (from.post.host === post.host ? from.login : undefined))

const isOver = ({ login, post }: Level): boolean =>
  login !== undefined && post.host.logins?.includes(login) !== true

/**
 * Lets the person in where they are and are not logged in: at first, and again after their machine was down or their login was killed.
 * From one that they came to by ssh they are thrown back to where they had come from. A shell in a container was not come to by ssh.
 */
export const arriveAt = (world: World, levels: Level[]): void => {
  for (const { login } of levels) if (login !== undefined) login.typedMs = world.nowMs
  while (levels.length > 1 && levels.at(-1)?.login !== levels[0]?.login && isOver(levels.at(-1) as Level))
    levels.pop()
  const level = levels.at(-1)
  if (level === undefined) return
  const { login, post } = level
  const { host, container, user } = post
  const isHere = login !== undefined && !isOver(level)
  const isFirst = login === undefined && levels.length === 1 && container === undefined
  if (isHere || !host.isPowered || !(isFirst || login !== undefined)) return
  const again = logIn(world, host, {
    user: login?.user ?? user,
    from: login?.from ?? loginAddressOf(world, host),
    client: login?.client,
  })
  settle(world)
  for (const each of levels) if (each === level || each.login === login) withLogin(each, again)
}

/** Takes the last level away, and logs the person out where it was the one that they came by. */
export const leaveLevel = (world: World, levels: Level[]): void => {
  const left = levels.pop()
  if (left?.login === undefined || levels.some(({ login }) => login === left.login)) return
  logOut(world, left.post.host, left.login)
}

/** Leaves every level. */
export const leaveAll = (world: World, levels: Level[]): void => {
  while (levels.length > 0) leaveLevel(world, levels)
}
