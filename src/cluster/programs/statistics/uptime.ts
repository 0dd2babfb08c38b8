import { accountsOf } from '../../relations/accounts.ts'
import { localTime, stampMs, systemdTime } from '../../relations/clock.ts'
import { loginAddressOf } from '../../relations/login-address.ts'
import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { agoText } from '../../text/spans.ts'
import { uptimeLine } from '../../text/uptime-text.ts'

const long = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor((minutes % 10_080) / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const
  return `up ${parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ')}`
}

/** uptime(1). */
export const uptime: Program = {
  names: ['uptime'],
  isInstalled: everywhere,
  run: ({ world, machine, args, passage }): Reply => {
    if (args.includes('-p') || args.includes('--pretty'))
      return { stdout: `${long(world.nowMs - machine.bootedMs)}\n` }
    if (args.includes('-s') || args.includes('--since')) {
      const { year, month, day, time } = localTime(machine, machine.bootedMs)
      return { stdout: `${year}-${month}-${day} ${time}\n` }
    }
    return { stdout: ` ${uptimeLine(world, machine, passage.isLoggedIn)}\n` }
  },
}

/** w(1): the person at this terminal. */
export const w: Program = {
  names: ['w'],
  isInstalled: onMachines,
  run: ({ world, machine, user, args, passage }): Reply => {
    const hasHead = !args.some(arg => /^-\w*h/.test(arg) || arg === '--no-header')
    const login = localTime(machine, passage.openedMs).time.slice(0, 5)
    return {
      stdout: asText([
        ...(hasHead
          ? [
              ` ${uptimeLine(world, machine, passage.isLoggedIn)}`,
              'USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT',
            ]
          : []),
        ...(passage.isLoggedIn
          ? [
              `${user.padEnd(8)} pts/0    ${loginAddressOf(world).padEnd(16)} ${login}    0.00s  0.03s  0.00s w`,
            ]
          : []),
      ]),
    }
  },
}

/** who(1): the person at this terminal; `-b` when the machine was started. */
export const who: Program = {
  names: ['who'],
  isInstalled: onMachines,
  run: ({ world, machine, user, args, passage }): Reply => {
    const stamp = (ms: number): string => {
      const { year, month, day, time } = localTime(machine, stampMs(machine, ms))
      return `${year}-${month}-${day} ${time.slice(0, 5)}`
    }
    if (args.includes('-b')) return { stdout: `         system boot  ${stamp(machine.bootedMs)}\n` }
    if (args.includes('-r')) return { stdout: `         run-level 5  ${stamp(machine.bootedMs)}\n` }
    if (!passage.isLoggedIn) return {}
    return {
      stdout: `${user.padEnd(8)} pts/0        ${stamp(passage.openedMs)} (${loginAddressOf(world)})\n`,
    }
  },
}

/** lastb(1), to which nobody has failed to log in, and lastlog(8): when each user last did. */
export const lastLogins: Program = {
  names: ['lastb', 'lastlog'],
  isInstalled: onMachines,
  run: ({ world, machine, name, args, user, passage }): Reply => {
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
    const rows = accountsOf(machine)
      .filter(account => wanted === undefined || account.name === wanted)
      .map(account => {
        const seen = machine.journal.findLast(({ message }) =>
          message.startsWith('Accepted ') ? message.split(' ')[3] === account.name : false,
        )
        const from = /from (\S+)/.exec(seen?.message ?? '')?.[1] ?? loginAddressOf(world)
        const atMs = account.name === user && passage.isLoggedIn ? passage.openedMs : seen?.atMs
        return atMs === undefined
          ? `${account.name.padEnd(42)} **Never logged in**`
          : `${account.name.padEnd(16)} pts/0    ${from.padEnd(16)} ${stamp(atMs)}`
      })
    return { stdout: asText(['Username         Port     From             Latest', ...rows]) }
  },
}

/** users(1): the names of those who are logged in. */
export const usersHere: Program = {
  names: ['users'],
  isInstalled: onMachines,
  run: ({ user, passage }): Reply => ({ stdout: passage.isLoggedIn ? `${user}\n` : '' }),
}

const sessionRow = (user: string): string =>
  `      1 ${user === 'root' ? '   0' : '1000'} ${user.padEnd(4)}      pts/0`

/** loginctl(1): the session of whoever asks. */
export const loginctl: Program = {
  names: ['loginctl'],
  isInstalled: onMachines,
  run: ({ args, machine, user, world, passage }): Reply => {
    const [verb = 'list-sessions'] = args.filter(arg => !arg.startsWith('-'))
    const since = systemdTime(machine, passage.openedMs)
    const ago = agoText(world.nowMs - passage.openedMs)
    const id = user === 'root' ? 0 : 1000
    if (!passage.isLoggedIn && verb.startsWith('list-'))
      return { stdout: args.includes('--no-legend') ? '' : `No ${verb.slice(5)}.\n` }
    if (verb === 'list-sessions')
      return {
        stdout: args.includes('--no-legend')
          ? `${sessionRow(user)}\n`
          : asText(['SESSION  UID USER SEAT TTY  ', sessionRow(user), '', '1 sessions listed.']),
      }
    if (verb === 'list-users')
      return { stdout: asText([' UID USER', `${String(id).padStart(4)} ${user}`, '', '1 users listed.']) }
    if (verb === 'user-status')
      return {
        stdout: asText([
          `${user} (${id})`,
          `           Since: ${since}; ${ago}`,
          '           State: active',
          '        Sessions: *1',
          '          Linger: no',
          `            Unit: user-${id}.slice`,
          '                  └─session-1.scope',
        ]),
      }
    if (verb === 'session-status')
      return {
        stdout: asText([
          `1 - ${user} (${id})`,
          `           Since: ${since}; ${ago}`,
          '             TTY: pts/0',
          '         Service: sshd; type tty; class user',
          '           State: active',
          '            Unit: session-1.scope',
        ]),
      }
    return /^(enable-linger|disable-linger|lock-session|activate|flush-devices)$/.test(verb)
      ? {}
      : { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
  },
}
