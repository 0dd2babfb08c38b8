import { accountsOf } from '../../relations/accounts.ts'
import { localTime, stampMs } from '../../relations/clock.ts'
import { usersAt } from '../../relations/logins.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { uptimeLine } from '../../text/uptime-text.ts'
import type { Login } from '../../world/login.ts'
import type { Machine } from '../../world/machine.ts'

const DAY_MS = 86_400_000

/** When somebody came, as w writes it: the time of today, the day of the week, or the date. */
const loginTime = (machine: Machine, sinceMs: number, nowMs: number): string => {
  const { time, weekday, day, monthName, year } = localTime(machine, sinceMs)
  const today = localTime(machine, nowMs)
  if (day === today.day && nowMs - sinceMs < DAY_MS) return time.slice(0, 5)
  if (nowMs - sinceMs < 7 * DAY_MS) return `${weekday}${time.slice(0, 2)}`
  return `${day}${monthName}${String(year).slice(2)}`
}

const idleMs = ({ sinceMs, typedMs = sinceMs }: Login, nowMs: number): number => Math.max(0, nowMs - typedMs)

/** How long nothing was typed, as w writes it. */
const idleTime = (login: Login, nowMs: number): string => {
  const seconds = Math.floor(idleMs(login, nowMs) / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (seconds >= 48 * 3600) return `${Math.floor(seconds / 86_400)}days`
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}m`
  return seconds > 60 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)} ` : `${seconds}.00s`
}

/** The same as who writes it: a point for less than a minute, `old` for more than a day. */
const idleMark = (login: Login, nowMs: number): string => {
  const minutes = Math.floor(idleMs(login, nowMs) / 60_000)
  if (minutes < 1) return '  .  '
  const two = (value: number): string => String(value).padStart(2, '0')
  return minutes >= 1_440 ? ' old ' : `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** w(1): who is logged in, and what each of them runs. */
const w: Program = {
  names: ['w'],
  isInstalled: onMachines,
  run: ({ world, machine, args, passage }): Reply => {
    const hasHead = !args.some(arg => /^-\w*h/.test(arg) || arg === '--no-header')
    const wanted = args.find(arg => !arg.startsWith('-'))
    const users = usersAt(machine)
    const rows = users
      .filter(({ user }) => wanted === undefined || user === wanted)
      .map(login => {
        const { user, terminal, from, sinceMs, session } = login
        const isOwn = session === passage.login?.session
        const does = isOwn ? ['0.03s', '0.00s', 'w'] : ['0.02s', '0.02s', '-bash']
        const [jcpu = '', pcpu = '', what = ''] = does
        const idle = idleTime(login, world.nowMs)
        const since = loginTime(machine, sinceMs, world.nowMs)
        return `${user.padEnd(8)} ${terminal.padEnd(8)} ${from.padEnd(16)} ${since.padEnd(7)} ${idle.padStart(6)} ${jcpu.padStart(6)} ${pcpu.padStart(6)} ${what}`
      })
    return {
      stdout: asText([
        ...(hasHead
          ? [
              ` ${uptimeLine(world, machine, users.length)}`,
              'USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT',
            ]
          : []),
        ...rows,
      ]),
    }
  },
}

/** The rows of the consoles at which somebody may log in. */
const consoleRows = ({ units }: Machine, stamp: (ms: number) => string): readonly string[] =>
  [...units.values()].flatMap(({ name, mainPid, startedMs, sinceMs }) => {
    const line = /^getty@(\w+)\.service$/.exec(name)?.[1]
    if (line === undefined || mainPid === 0) return []
    return [
      `LOGIN      ${line.padEnd(12)} ${stamp(startedMs ?? sinceMs)}        ${String(mainPid).padStart(10)} id=${line}`,
    ]
  })

/** who(1): who is logged in; `-b` when the machine was started. */
const who: Program = {
  names: ['who'],
  isInstalled: onMachines,
  run: ({ world, machine, args, passage }): Reply => {
    const stamp = (ms: number): string => {
      const { year, month, day, time } = localTime(machine, stampMs(machine, ms))
      return `${year}-${month}-${day} ${time.slice(0, 5)}`
    }
    const letters = args.filter(arg => /^-\w/.test(arg)).join('')
    const users = usersAt(machine).filter(
      ({ session }) => !letters.includes('m') || session === passage.login?.session,
    )
    if (letters.includes('q') || args.includes('--count'))
      return { stdout: `${users.map(({ user }) => user).join(' ')}\n# users=${users.length}\n` }
    const wantsAll = letters.includes('a')
    const rows = [
      ...(wantsAll || letters.includes('b') ? [`           system boot  ${stamp(machine.bootedMs)}`] : []),
      ...(wantsAll || letters.includes('r') ? [`           run-level 5  ${stamp(machine.bootedMs)}`] : []),
    ]
    if (rows.length > 0 && !wantsAll) return { stdout: asText(rows) }
    return {
      stdout: asText([
        ...rows,
        ...(wantsAll ? consoleRows(machine, stamp) : []),
        ...users.map(login => {
          const { user, terminal, from, sinceMs, shellPid } = login
          return wantsAll
            ? `${user.padEnd(8)} + ${terminal.padEnd(12)} ${stamp(sinceMs)} ${idleMark(login, world.nowMs).padEnd(6)} ${String(shellPid).padStart(10)} (${from})`
            : `${user.padEnd(8)} ${terminal.padEnd(12)} ${stamp(sinceMs)} (${from})`
        }),
      ]),
    }
  },
}

/** users(1): the names of those who are logged in. */
const usersHere: Program = {
  names: ['users'],
  isInstalled: onMachines,
  run: ({ machine }): Reply => {
    const names = usersAt(machine).map(({ user }) => user)
    return { stdout: names.length === 0 ? '' : `${names.join(' ')}\n` }
  },
}

/** lastb(1), to which nobody has failed to log in, and lastlog(8): when each user last did. */
const lastLogins: Program = {
  names: ['lastb', 'lastlog'],
  isInstalled: onMachines,
  run: ({ machine, name, args }): Reply => {
    const stamp = (ms: number): string => {
      const { weekday, monthName, day, time, offset, year } = localTime(machine, stampMs(machine, ms))
      return `${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time} ${offset} ${year}`
    }
    if (name === 'lastb') {
      const { weekday, monthName, day, time, year } = localTime(machine, stampMs(machine, machine.bootedMs))
      return { stdout: `\nbtmp begins ${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time} ${year}\n` }
    }
    const at = args.findIndex(arg => arg === '-u' || arg === '--user')
    const wanted = at === -1 ? undefined : args[at + 1]
    const logins = [...(machine.pastLogins ?? []), ...usersAt(machine)]
    const rows = accountsOf(machine)
      .filter(account => wanted === undefined || account.name === wanted)
      .map(account => {
        const seen = logins.findLast(({ user }) => user === account.name)
        return seen === undefined
          ? `${account.name.padEnd(42)} **Never logged in**`
          : `${account.name.padEnd(16)} ${seen.terminal.padEnd(8)} ${seen.from.padEnd(16)} ${stamp(seen.sinceMs)}`
      })
    return { stdout: asText(['Username         Port     From             Latest', ...rows]) }
  },
}

/** The programs that tell who is here, and who was. */
export const presence: readonly Program[] = [w, who, usersHere, lastLogins]
