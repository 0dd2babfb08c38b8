import { bootsOf } from '../../journal/boots.ts'
import { localTime, stampMs } from '../../relations/clock.ts'
import { loginAddressOf } from '../../relations/login-address.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
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
  who: readonly [user: string, from: string],
  span: { fromMs: number; end: string },
): Row => ({
  atMs: span.fromMs,
  text: `${who[0].padEnd(8)} pts/0        ${who[1].padEnd(16)} ${stamp(machine, span.fromMs)} ${span.end}`,
})

const logins = ({ world, machine }: Call): readonly Row[] => {
  const starts = bootsOf(machine).map(({ fromMs }) => fromMs)
  const closedMs = new Map(
    machine.journal.flatMap(({ atMs, identifier, pid, message }) =>
      identifier === 'sshd' && message.startsWith('pam_unix(sshd:session): session closed')
        ? [[pid, atMs] as const]
        : [],
    ),
  )
  return machine.journal.flatMap(({ atMs, pid, message }) => {
    const [, user, from] = /^Accepted \w+ for (\S+) from (\S+)/.exec(message) ?? []
    if (user === undefined || from === undefined) return []
    const leftMs = closedMs.get(pid) ?? world.nowMs + 1
    const cutMs = starts.find(start => start > atMs && start < leftMs)
    const end =
      cutMs !== undefined
        ? `- down  ${lasted(cutMs - atMs)}`
        : leftMs > world.nowMs
          ? '  still logged in'
          : `- ${clock(machine, leftMs)} ${lasted(leftMs - atMs)}`
    return [login(machine, [user, from], { fromMs: atMs, end })]
  })
}

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
    const { world, machine, user, args, passage } = call
    const hereMs = Math.max(machine.bootedMs + 1_000, passage.openedMs)
    const here = login(machine, [user, loginAddressOf(world)], { fromMs: hereMs, end: '  still logged in' })
    const isFull = args.some(arg => /^-\w*x/.test(arg))
    const rows = [
      ...(passage.isLoggedIn ? [here] : []),
      ...logins(call),
      ...boots(machine),
      ...(isFull ? levels(machine) : []),
    ]
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
