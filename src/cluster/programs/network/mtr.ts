import { deliver } from '../../network/deliver.ts'
import { findRoute } from '../../network/find-route.ts'
import { localTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readOptions } from './option-reader.ts'
import { routersMet } from './routers-met.ts'

const table = {
  switches: [
    '4',
    '6',
    'r',
    'w',
    'n',
    'b',
    'u',
    'T',
    'z',
    'e',
    'report',
    'report-wide',
    'no-dns',
    'tcp',
    'udp',
  ],
  valued: ['c', 'i', 's', 'm', 'f', 'P', 'report-cycles', 'interval', 'port'],
}
const CYCLES = 10

const rowOf = (number: number, name: string, times: readonly (number | undefined)[]): string => {
  const came = times.filter(ms => ms !== undefined)
  const loss = ((times.length - came.length) * 100) / Math.max(1, times.length)
  const mean = came.reduce((sum, ms) => sum + ms, 0) / Math.max(1, came.length)
  const spread = Math.sqrt(came.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / Math.max(1, came.length))
  const last = came.at(-1) ?? 0
  const figures = [last, mean, Math.min(...came, came.length === 0 ? 0 : mean), Math.max(0, ...came), spread]
  return `${`${String(number).padStart(3)}.|-- ${name}`.padEnd(33)}${loss.toFixed(1).padStart(5)}% ${String(times.length).padStart(5)} ${figures.map(ms => ms.toFixed(1).padStart(6)).join('')}`
}

const report = (call: Call, target: string, cycles: number): Reply => {
  const { world, machine, host } = call
  const resolved = resolveName(world, machine, target)
  if (resolved.kind !== 'found')
    return { stderr: `mtr: Failed to resolve host: ${target}: Name or service not known\n`, exit: 1 }
  const { address } = resolved
  const sent = Array.from({ length: cycles }, (_, sequence) =>
    deliver(world, { from: machine, address, protocol: 'icmp', port: 0, sequence }),
  )
  const times = sent.map(one =>
    one.kind === 'delivered' || one.kind === 'outside' ? one.latencyMs : undefined,
  )
  const out = sent.find(one => one.kind === 'outside')
  const near = routersMet(out, findRoute(host, address)).map((router, at) =>
    router.address === undefined
      ? rowOf(at + 1, '???', Array<undefined>(cycles).fill(undefined))
      : rowOf(
          at + 1,
          router.address,
          times.map((_, sequence) => router.latencyMs + (sequence % 3) / 10),
        ),
  )
  const isReached = times.some(ms => ms !== undefined)
  const { year, month, day, time, offset } = localTime(machine, world.nowMs)
  return {
    stdout: asText([
      `Start: ${year}-${month}-${day}T${time}${offset}`,
      `${`HOST: ${hostnameOf(machine)}`.padEnd(33)} Loss%   Snt   Last   Avg  Best  Wrst StDev`,
      ...near,
      rowOf(near.length + 1, isReached ? target : '???', times),
    ]),
    tookMs: cycles * 1_000 + 1_500,
  }
}

/** mtr(8), as the report that it gives with `-r`; its screen wants a terminal. */
export const mtr: Program = {
  names: ['mtr'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { words, flags, values } = readOptions(call.args, table)
    const [target] = words
    if (target === undefined) return { stderr: 'Usage:\n mtr [options] hostname\n', exit: 1 }
    if (!['r', 'w', 'report', 'report-wide'].some(name => flags.has(name)))
      return { stderr: 'Error opening terminal: unknown.\n', exit: 1 }
    return report(call, target, Number(values.get('c') ?? values.get('report-cycles') ?? CYCLES))
  },
}
