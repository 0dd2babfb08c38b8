import { controlGroupOf, withParents } from '../../relations/control-group.ts'
import { processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readRepetition, repeated } from './repeat.ts'

type Sum = { tasks: number; cpuPercent: number; memoryBytes: number }

const sizeText = (bytes: number): string => {
  const units = ['B', 'K', 'M', 'G']
  let value = bytes
  let at = 0
  for (; value >= 1024 && at < units.length - 1; at += 1) value /= 1024
  return at === 0 ? `${value}B` : `${value.toFixed(1)}${units[at]}`
}

const sumsOf = (call: Call): ReadonlyMap<string, Sum> => {
  const sums = new Map<string, Sum>()
  for (const process of processesOf(call.world, call.machine))
    for (const path of withParents(controlGroupOf(process))) {
      const group = path === '/' ? path : path.slice(1)
      const sum = sums.get(group) ?? { tasks: 0, cpuPercent: 0, memoryBytes: 0 }
      sum.tasks += process.kind === 'kernel' && group !== '/' ? 0 : process.threads
      sum.cpuPercent += process.cpuPercent
      sum.memoryBytes += process.memoryBytes
      sums.set(group, sum)
    }
  return sums
}

type Row = readonly [group: string, sum: Sum]

const byPath = ([a]: Row, [b]: Row): number => Number(a > b) - Number(a < b)

/** One look: use of the processors is known only by the look before, and until then orders nothing. */
const view = (call: Call, number: number): string => {
  const isFirst = number === 1
  const order = call.args.some(word => /^-\w*m/.test(word)) ? 'memoryBytes' : 'cpuPercent'
  const rows = [...sumsOf(call)].sort((a, b) =>
    isFirst && order === 'cpuPercent' ? byPath(a, b) : b[1][order] - a[1][order] || byPath(a, b),
  )
  const widest = Math.max(36, ...rows.map(([group]) => group.length))
  return asText(
    rows.map(
      ([group, { tasks, cpuPercent, memoryBytes }]) =>
        `${group.padEnd(widest)} ${String(tasks).padStart(7)} ${(isFirst ? '-' : cpuPercent.toFixed(1)).padStart(6)} ${sizeText(memoryBytes).padStart(8)}        -        -`,
    ),
  )
}

/** systemd-cgtop(1) as it prints for a pipe: control groups by what they take, the greediest first. */
export const cgtop: Program = {
  names: ['systemd-cgtop'],
  isInstalled: onMachines,
  run: call => {
    const at = call.args.findIndex(word => word === '-n' || word.startsWith('--iterations'))
    const given = /\d+/.exec(call.args.find(word => /^-\w*n\d+$|^--iterations=/.test(word)) ?? '')?.[0]
    const count = given ?? (at === -1 ? undefined : call.args[at + 1])
    return repeated(readRepetition(['1', ...(count === undefined ? [] : [count])]), view(call, 1), number =>
      view(call, number),
    )
  },
}
