import { usersAt } from '../../relations/logins.ts'
import { memoryOf } from '../../relations/memory.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { processorOf } from '../../relations/processor.ts'
import { mappedBytes } from '../../relations/resident-memory.ts'
import { pidWidth } from '../../relations/threads.ts'
import { isBefore } from '../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { uptimeLine } from '../../text/uptime-text.ts'
import type { Machine } from '../../world/machine.ts'
import { ownProcesses } from './own-processes.ts'

type Request = {
  readonly count: number
  readonly everySeconds: number
  readonly sort: string
  readonly pids: readonly number[]
  readonly user: string | undefined
  readonly isBatch: boolean
  readonly hasCommand: boolean
}

const readRequest = (args: readonly string[]): Request | string => {
  let request: Request = {
    count: Infinity,
    everySeconds: 3,
    sort: '%CPU',
    pids: [],
    user: undefined,
    isBatch: false,
    hasCommand: false,
  }
  for (let at = 0; at < args.length; at++) {
    const word = (args[at] ?? '').replace(/^(?=[a-z]+$)/, '-')
    for (let letter = 1; letter < word.length; letter++) {
      const name = word[letter] ?? ''
      const rest = word.slice(letter + 1)
      const value = rest === '' ? (args[at + 1] ?? '') : rest
      if (name === 'b') request = { ...request, isBatch: true }
      else if (name === 'c') request = { ...request, hasCommand: true }
      else if (/[ndopuU]/.test(name)) {
        if (value === '') return `top: option requires an argument -- '${name}'\n`
        if (name === 'n') request = { ...request, count: Number(value) }
        if (name === 'd') request = { ...request, everySeconds: Math.max(1, Number(value)) }
        if (name === 'o') request = { ...request, sort: value.replace(/^[+-]/, '').toUpperCase() }
        if (name === 'p') request = { ...request, pids: [...request.pids, ...value.split(',').map(Number)] }
        if (/u/i.test(name)) request = { ...request, user: value }
        if (rest === '') at += 1
        break
      } else if (!/[1HSieEwsv]/.test(name))
        return `top: unknown option '${name}'\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]\n`
      else if (name === 'w') break
    }
  }
  return request
}

const mebibytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1).padStart(8)
const percent = (value: number): string => value.toFixed(1).padStart(5)

const scaled = (bytes: number, width: number): string => {
  const kibi = Math.round(bytes / 1024)
  if (String(kibi).length <= width) return String(kibi).padStart(width)
  return (
    kibi / 1024 < 10_000 ? `${(kibi / 1024).toFixed(1)}m` : `${(kibi / 1024 ** 2).toFixed(1)}g`
  ).padStart(width)
}

const timePlus = (ms: number): string => {
  const hundredths = Math.floor(ms / 10)
  const minutes = Math.floor(hundredths / 6000)
  return `${minutes}:${((hundredths % 6000) / 100).toFixed(2).padStart(5, '0')}`.padStart(9)
}

/** The width of a share of the memory, which older releases give one column less. */
const memoryWidth = (machine: Machine): number => (isBefore(machine, 'procps', '3.3.13') ? 4 : 5)

const rowOf = (call: Call, { hasCommand }: Request, process: Process): string => {
  const { pid, user, virtualBytes, memoryBytes, state, cpuPercent, cpuMs, name, command } = process
  const nice = process.free?.nice ?? (state.includes('<') ? -20 : 0)
  const shared = mappedBytes(memoryBytes)
  const memory = ((memoryBytes * 100) / call.host.memoryBytes).toFixed(1)
  const shownUser = user.length > 8 ? `${user.slice(0, 7)}+` : user.padEnd(8)
  return `${String(pid).padStart(pidWidth(call.host))} ${shownUser}  ${String(20 + nice).padStart(2)} ${String(nice).padStart(3)} ${scaled(virtualBytes, 7)} ${scaled(memoryBytes, 6)} ${scaled(shared, 6)} ${state.slice(0, 1)} ${percent(cpuPercent)} ${memory.padStart(memoryWidth(call.host))} ${timePlus(cpuMs)} ${hasCommand ? command : name}`
}

const keys: Readonly<Record<string, (process: Process) => number>> = {
  '%CPU': p => p.cpuPercent,
  '%MEM': p => p.memoryBytes,
  RES: p => p.memoryBytes,
  VIRT: p => p.virtualBytes,
  PID: p => p.pid,
  'TIME+': p => p.cpuMs,
  TIME: p => p.cpuMs,
}

/** The lines of memory as procps counts before 3.3.13. */
const kibibyteLines = (memory: ReturnType<typeof memoryOf>): readonly string[] => {
  const kib = (bytes: number): string => String(Math.round(bytes / 1024)).padStart(8)
  return [
    `KiB Mem : ${kib(memory.total)} total, ${kib(memory.free)} free, ${kib(memory.used)} used, ${kib(memory.cache)} buff/cache`,
    `KiB Swap: ${kib(memory.swapTotal)} total, ${kib(memory.swapTotal - memory.swapUsed)} free, ${kib(memory.swapUsed)} used. ${kib(memory.available)} avail Mem `,
  ]
}

const headLines = (call: Call, processes: readonly Process[]): readonly string[] => {
  const { host, world } = call
  const use = processorOf(host)
  const memory = memoryOf(host)
  const zombies = processes.filter(({ state }) => state.startsWith('Z')).length
  const running = Math.max(1, processes.filter(({ state }) => state.startsWith('R')).length)
  const cpu = [use.user, use.system, 0, use.idle, use.wait, 0, 0, 0].map(value => percent(value))
  const names = ['us', 'sy', 'ni', 'id', 'wa', 'hi', 'si', 'st']
  const count = (value: number): string => String(value).padStart(3)
  return [
    `top - ${uptimeLine(world, host, usersAt(call.machine).length)}`,
    `Tasks: ${String(processes.length).padStart(3)} total, ${count(running)} running, ${count(
      processes.length - running - zombies,
    )} sleeping, ${count(0)} stopped, ${count(zombies)} zombie`,
    `%Cpu(s):${cpu.map((value, at) => `${value} ${names[at]}`).join(',')}`,
    ...(isBefore(host, 'procps', '3.3.13')
      ? kibibyteLines(memory)
      : [
          `MiB Mem : ${mebibytes(memory.total)} total, ${mebibytes(memory.free)} free, ${mebibytes(memory.used)} used, ${mebibytes(memory.cache)} buff/cache`,
          `MiB Swap: ${mebibytes(memory.swapTotal)} total, ${mebibytes(memory.swapTotal - memory.swapUsed)} free, ${mebibytes(memory.swapUsed)} used. ${mebibytes(memory.available)} avail Mem `,
        ]),
    '',
    `${'PID'.padStart(pidWidth(host))} USER      PR  NI    VIRT    RES    SHR S  %CPU ${'%MEM'.padStart(memoryWidth(host))}     TIME+ COMMAND`,
  ]
}

const frame = (call: Call, request: Request): string => {
  const all = [...processesOf(call.world, call.machine), ...ownProcesses(call, 'top')]
  const key = keys[request.sort] ?? keys['%CPU'] ?? (() => 0)
  const rows = all
    .filter(
      ({ pid, user }) =>
        (request.pids.length === 0 || request.pids.includes(pid)) &&
        (request.user === undefined || request.user === user),
    )
    .toSorted((a, b) => key(b) - key(a) || a.pid - b.pid)
  return asText([...headLines(call, all), ...rows.map(process => rowOf(call, request, process))])
}

/** top(1) of procps, each frame as its batch mode prints it; htop shows the same here. */
export const top: Program = {
  names: ['top', 'htop'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const request = readRequest(call.args)
    if (typeof request === 'string') return { stderr: request, exit: 1 }
    if (
      !Object.hasOwn(keys, request.sort) &&
      request.isBatch &&
      call.args.some(word => word.startsWith('-o'))
    )
      return { stderr: `top: unrecognized field name '${request.sort}'\n`, exit: 1 }
    if (request.count === 1) return { stdout: frame(call, request), tookMs: 200 }
    let seconds = 0
    let frames = 1
    return {
      stdout: frame(call, request),
      exit: 0,
      follow: {
        next: () => {
          seconds += 1
          if (seconds % request.everySeconds !== 0) return ''
          frames += 1
          return `\n${frame(call, request)}`
        },
        end: () => ({ stdout: '', exit: 0 }),
        isOver: () => frames >= request.count,
      },
    }
  },
}
