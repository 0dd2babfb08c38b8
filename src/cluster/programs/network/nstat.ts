import { readText, writeText } from '../../files/file-tree.ts'
import { userIdOf } from '../../relations/accounts.ts'
import { protocolCounters } from '../../relations/protocol-counters.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { globOf } from '../../text/glob.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'

const table: OptionTable = {
  a: 'absolute',
  absolute: 'absolute',
  ignore: 'absolute',
  n: 'no-update',
  noupdate: 'no-update',
  r: 'reset',
  reset: 'reset',
  s: 'no-output',
  nooutput: 'no-output',
  z: 'zeros',
  zeros: 'zeros',
  j: 'json',
  json: 'json',
}

/** Where nstat keeps what it has told: it then tells what was added. */
const historyOf = ({ machine, user }: Call): string => `/tmp/.nstat.u${userIdOf(machine, user)}`

const rowsIn = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split('\n')
      .map(line => line.split(/\s+/))
      .map(([name = '', value]) => [name, Number(value ?? 0)] as const),
  )

const fits = (name: string, patterns: readonly string[]): boolean =>
  patterns.length === 0 || patterns.some(pattern => globOf(pattern, 'i').test(name))

/** nstat(8) of iproute2: the kernel's counters, those that changed since it was called last. */
export const nstat: Program = {
  names: ['nstat'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { world, machine, args } = call
    const { options, words, unknown } = readOptions(table, args)
    if (unknown !== undefined)
      return { stderr: `nstat: invalid option -- '${unknown.replace(/^-+/, '')}'\n`, exit: 255 }
    const path = historyOf(call)
    const counters = Object.entries(protocolCounters(world, machine)).filter(
      ([name]) => name !== 'IpForwarding',
    )
    const before =
      options.has('absolute') || options.has('reset')
        ? new Map<string, number>()
        : rowsIn(readText(machine.files, path) ?? '')
    if (!options.has('no-update'))
      writeText(machine.files, path, {
        text: `#kernel\n${counters.map(([name, value]) => `${name} ${value} 0.0\n`).join('')}`,
        mtimeMs: world.nowMs,
      })
    if (options.has('no-output')) return {}
    const shown = counters
      .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
      .filter(([name, value]) => fits(name, words) && (value !== 0 || options.has('zeros')))
    if (options.has('json')) return { stdout: `${JSON.stringify({ kernel: Object.fromEntries(shown) })}\n` }
    const rows = shown.map(([name, value]) => `${name.padEnd(32)}${String(value).padEnd(16)} 0.0\n`)
    return { stdout: `#kernel\n${rows.join('')}` }
  },
}
