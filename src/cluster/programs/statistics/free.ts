import { buffersOf, memoryOf } from '../../relations/memory.ts'
import { isBefore } from '../../relations/userland.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { freeBytes } from '../../text/human-bytes.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Machine } from '../../world/machine.ts'

const table: OptionTable = {
  b: '1',
  bytes: '1',
  k: '1024',
  kibi: '1024',
  m: '1048576',
  mebi: '1048576',
  g: '1073741824',
  gibi: '1073741824',
  mega: '1000000',
  giga: '1000000000',
  h: 'human',
  human: 'human',
  si: 'si',
  t: 'total',
  total: 'total',
  w: 'wide',
  wide: 'wide',
  s: 'seconds=',
  seconds: 'seconds=',
  c: 'count=',
  count: 'count=',
  l: 'lohi',
  lohi: 'lohi',
}

/** Whether sizes have the letter of their unit alone. */
const isOld = (machine: Machine): boolean => isBefore(machine, 'procps', '3.3.11')

/** The label of a row and its cells, which the older program puts one column nearer. */
const row = (machine: Machine, label: string, cells: string): string =>
  `${label.padEnd(isOld(machine) ? 7 : 8)}${cells}`

const lines = (machine: Machine, options: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const divisor = Number([...options.keys()].findLast(name => /^\d+$/.test(name)) ?? 1024)
  const humanly = (bytes: number): string => freeBytes(bytes).replace('i', isOld(machine) ? '' : 'i')
  const write = options.has('human')
    ? humanly
    : // The kernel counts in whole kilobytes.
      (bytes: number): string => String(Math.floor((Math.floor(bytes / 1024) * 1024) / divisor))
  const memory = memoryOf(machine)
  const { total, used, free, shared, cache, available, swapTotal, swapUsed } = memory
  const cells = (values: readonly number[]): string => values.map(value => write(value).padStart(12)).join('')
  const isWide = options.has('wide')
  const buffers = buffersOf(memory)
  const caches = isWide ? [buffers, cache - buffers] : [cache]
  const heads = [
    'total',
    'used',
    'free',
    'shared',
    ...(isWide ? ['buffers', 'cache'] : ['buff/cache']),
    'available',
  ]
  return [
    row(machine, '', heads.map(head => head.padStart(12)).join('')),
    row(machine, 'Mem:', cells([total, used, free, shared, ...caches, available])),
    row(machine, 'Swap:', cells([swapTotal, swapUsed, swapTotal - swapUsed])),
    ...(options.has('total')
      ? [row(machine, 'Total:', cells([total + swapTotal, used + swapUsed, free + swapTotal - swapUsed]))]
      : []),
  ]
}

/** free(1) of procps. */
export const free: Program = {
  names: ['free'],
  isInstalled: everywhere,
  run: ({ machine, host, args }): Reply => {
    const read = readOptions(table, args)
    const problem = unknownOption('free', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options } = read
    const show = (): string => asText(lines(machine.memoryBytes === 0 ? host : machine, options))
    const count = Number(options.get('count')?.at(-1) ?? (options.has('seconds') ? Infinity : 1))
    const everySeconds = Number(options.get('seconds')?.at(-1) ?? 1)
    if (count === 1) return { stdout: show() }
    let passed = 0
    let shown = 1
    return {
      stdout: show(),
      exit: 0,
      follow: {
        next: () => {
          passed += 1
          if (passed % everySeconds !== 0) return ''
          shown += 1
          return `\n${show()}`
        },
        isOver: () => shown >= count,
      },
    }
  },
}
