import { bootsOf } from '../../journal/boots.ts'
import { localTime, stampMs } from '../../relations/clock.ts'
import { usersAt } from '../../relations/logins.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { PastLogin } from '../../world/login.ts'
import type { Machine } from '../../world/machine.ts'

type Row = { readonly atMs: number; readonly text: string }

const stamp = (machine: Machine, ms: number): string => {
  const { weekday, monthName, day, time } = localTime(machine, stampMs(machine, ms))
  return `${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time.slice(0, 5)}`
}

const clock = (machine: Machine, ms: number): string =>
  localTime(machine, stampMs(machine, ms)).time.slice(0, 5)

const lasted = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  const days = Math.floor(minutes / 1_440)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const hours = `${pad(Math.floor((minutes % 1_440) / 60))}:${pad(minutes % 60)}`
  return days > 0 ? `(${days}+${hours})` : ` (${hours})`
}

const login = (
  machine: Machine,
  { user, from, terminal }: Pick<PastLogin, 'user' | 'from' | 'terminal'>,
  span: { fromMs: number; end: string },
): Row => ({
  atMs: span.fromMs,
  text: `${user.padEnd(8)} ${terminal.padEnd(12)} ${from.padEnd(16)} ${stamp(machine, span.fromMs)} ${span.end}`,
})

const logins = ({ machine }: Call): readonly Row[] => [
  ...(machine.pastLogins ?? []).map(({ user, from, terminal, sinceMs, untilMs, end }) =>
    login(
      machine,
      { user, from, terminal },
      {
        fromMs: sinceMs,
        end: `- ${end === 'down' ? 'down ' : clock(machine, untilMs)} ${lasted(untilMs - sinceMs)}`,
      },
    ),
  ),
  ...usersAt(machine).map(who => login(machine, who, { fromMs: who.sinceMs, end: '  still logged in' })),
]

const boots = (machine: Machine): readonly Row[] => {
  const kernel = machine.os.kernel.slice(0, 16).padEnd(16)
  const past = bootsOf(machine).slice(0, -1)
  return [
    ...past.map(({ fromMs, toMs }) => ({
      atMs: fromMs,
      text: `reboot   system boot  ${kernel} ${stamp(machine, fromMs)} - ${clock(machine, toMs)} ${lasted(toMs - fromMs)}`,
    })),
    {
      atMs: machine.bootedMs,
      text: `reboot   system boot  ${kernel} ${stamp(machine, machine.bootedMs)}   still running`,
    },
  ]
}

/** With -x: when the machine reached its usual target, and when it was shut down. */
const levels = (machine: Machine): readonly Row[] => {
  const kernel = machine.os.kernel.slice(0, 16).padEnd(16)
  const all = bootsOf(machine)
  return [
    {
      atMs: machine.bootedMs + 1,
      text: `runlevel (to lvl 5)   ${kernel} ${stamp(machine, machine.bootedMs)}   still running`,
    },
    ...all.slice(0, -1).map(({ toMs }, at) => ({
      atMs: toMs,
      text: `shutdown system down  ${kernel} ${stamp(machine, toMs)} - ${clock(machine, all[at + 1]?.fromMs ?? toMs)} ${lasted((all[at + 1]?.fromMs ?? toMs) - toMs)}`,
    })),
  ]
}

/** last(1): logins since the journal begins, the latest first, and the boots. */
export const last: Program = {
  names: ['last'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { machine, args } = call
    const isFull = args.some(arg => /^-\w*x/.test(arg))
    const rows = [...logins(call), ...boots(machine), ...(isFull ? levels(machine) : [])]
    const lines = rows
      .sort((a, b) => b.atMs - a.atMs)
      .map(({ text }) => text)
      .filter(line => !args.includes('reboot') || line.startsWith('reboot'))
    const count = Number(
      args.find(arg => /^-\d+$/.test(arg))?.slice(1) ??
        (args.includes('-n') ? args[args.indexOf('-n') + 1] : Infinity),
    )
    const firstMs = Math.min(...boots(machine).map(({ atMs }) => atMs))
    const { time, year } = localTime(machine, stampMs(machine, firstMs))
    return {
      stdout: asText([
        ...lines.slice(0, count),
        '',
        `wtmp begins ${stamp(machine, firstMs)}${time.slice(5)} ${year}`,
      ]),
    }
  },
}
