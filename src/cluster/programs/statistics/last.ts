import { earlierBootsOf } from '../../journal/boots.ts'
import { localTime, stampMs } from '../../relations/clock.ts'
import { usersAt } from '../../relations/logins.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'

/** A line of wtmp: who or what it tells of, from when to when, and how it ended. */
type Row = {
  readonly user: string
  readonly line: string
  readonly host: string
  readonly fromMs: number
  readonly untilMs: number
  readonly end: 'left' | 'down' | 'logged in' | 'running'
}

const WIDTH = 16
const SHORT_END = 5
const FULL_END = 24

/** A time as ctime(3) writes it. */
const fullStamp = (machine: Machine, ms: number): string => {
  const { weekday, monthName, day, time, year } = localTime(machine, stampMs(machine, ms))
  return `${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time.slice(0, 8)} ${year}`
}

const shortStamp = (machine: Machine, ms: number): string => fullStamp(machine, ms).slice(0, WIDTH)

const lasted = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  const days = Math.floor(minutes / 1_440)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const hours = `${pad(Math.floor((minutes % 1_440) / 60))}:${pad(minutes % 60)}`
  return days > 0 ? `(${days}+${hours})` : ` (${hours})`
}

const rowText = (machine: Machine, row: Row, isFull: boolean): string => {
  const { user, line, host, fromMs, untilMs, end } = row
  const from = isFull ? fullStamp(machine, fromMs) : shortStamp(machine, fromMs)
  const head = `${user.padEnd(8)} ${line.padEnd(12)} ${host.slice(0, WIDTH).padEnd(WIDTH)} ${from}`
  if (end === 'running') return `${head}   still running`
  if (end === 'logged in') return `${head}   still logged in`
  const until =
    end === 'down' ? 'down' : isFull ? fullStamp(machine, untilMs) : shortStamp(machine, untilMs).slice(11)
  return `${head} - ${until.padEnd(isFull ? FULL_END : SHORT_END)} ${lasted(untilMs - fromMs)}`
}

const loginRows = (machine: Machine): readonly Row[] => [
  ...(machine.pastLogins ?? []).map(({ user, from, terminal, sinceMs, untilMs, end }) => ({
    user,
    line: terminal,
    host: from,
    fromMs: sinceMs,
    untilMs,
    end,
  })),
  ...usersAt(machine).map(({ user, from, terminal, sinceMs }) => ({
    user,
    line: terminal,
    host: from,
    fromMs: sinceMs,
    untilMs: sinceMs,
    end: 'logged in' as const,
  })),
]

const bootRows = (machine: Machine): readonly Row[] => {
  const base = { user: 'reboot', line: 'system boot', host: machine.os.kernel }
  const past = earlierBootsOf(machine)
  const { bootedMs } = machine
  return [
    ...past.map(({ fromMs, toMs }) => ({ ...base, fromMs, untilMs: toMs, end: 'left' as const })),
    { ...base, fromMs: bootedMs, untilMs: bootedMs, end: 'running' },
  ]
}

/** With -x: when the machine reached its usual target, and when it was shut down. */
const levelRows = (machine: Machine): readonly Row[] => {
  const { bootedMs, os } = machine
  const past = earlierBootsOf(machine)
  return [
    ...past.map(({ fromMs, toMs }) => ({
      user: 'runlevel',
      line: '(to lvl 5)',
      host: os.kernel,
      fromMs: fromMs + 1,
      untilMs: toMs,
      end: 'left' as const,
    })),
    {
      user: 'runlevel',
      line: '(to lvl 5)',
      host: os.kernel,
      fromMs: bootedMs + 1,
      untilMs: bootedMs,
      end: 'running',
    },
    ...past.map(({ toMs }, at) => ({
      user: 'shutdown',
      line: 'system down',
      host: os.kernel,
      fromMs: toMs,
      untilMs: past[at + 1]?.fromMs ?? bootedMs,
      end: 'left' as const,
    })),
  ]
}

const countIn = (args: readonly string[]): number => {
  const at = args.findIndex(arg => arg === '-n' || arg === '--limit')
  const told = args.map(arg => /^-(?:n|-limit=)?(\d+)$/.exec(arg)?.[1]).find(each => each !== undefined)
  return Number((at >= 0 ? args[at + 1] : undefined) ?? told ?? Number.POSITIVE_INFINITY)
}

/** last(1): who was logged in as far as wtmp reaches, the latest first, and the boots. */
export const last: Program = {
  names: ['last'],
  isInstalled: onMachines,
  run: ({ machine, args }): Reply => {
    const letters = args.filter(arg => /^-[a-zA-Z]+$/.test(arg)).join('')
    const isFull = letters.includes('F') || args.includes('--fulltimes')
    const wanted = args.filter((arg, at) => !arg.startsWith('-') && !/^-\w*[nstpf]$/.test(args[at - 1] ?? ''))
    const known = [...loginRows(machine), ...bootRows(machine)]
    const rows = [...known, ...(letters.includes('x') ? levelRows(machine) : [])]
      .sort((a, b) => b.fromMs - a.fromMs)
      .filter(
        ({ user, line }) =>
          wanted.length === 0 || wanted.some(word => [user, line, line.replace('pts/', '')].includes(word)),
      )
    const firstMs = Math.min(...known.map(({ fromMs }) => fromMs))
    return {
      stdout: asText([
        ...rows.slice(0, countIn(args)).map(row => rowText(machine, row, isFull)),
        '',
        `wtmp begins ${fullStamp(machine, firstMs)}`,
      ]),
    }
  },
}
