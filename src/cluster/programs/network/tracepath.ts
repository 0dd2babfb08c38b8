import { deliver } from '../../network/deliver.ts'
import { findRoute } from '../../network/find-route.ts'
import type { Router } from '../../network/routers-of.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'
import { isSilent, routersMet } from './routers-met.ts'

const MOST_SILENT = 30
const SILENCE_MS = 3_000
const WHOLE = 1_500
const table = { switches: ['4', '6', 'b', 'n'], valued: ['l', 'm', 'p'] }
const USAGE = '\nUsage\n  tracepath [options] <destination>\n'

const hop = (at: number, name: string, rest: string): string =>
  `${String(at).padStart(2)}:  ${name.padEnd(53)} ${rest}`

const silence = (at: number): string => `${String(at).padStart(2)}:  no reply`

const routerHop = ({ address, latencyMs }: Router, at: number): string =>
  address === undefined ? silence(at + 1) : hop(at + 1, address, `${latencyMs.toFixed(3).padStart(7)}ms `)

const mtuOf = ({ host }: Call, device: string | undefined): number =>
  host.interfaces.find(({ name }) => name === device)?.mtu ?? WHOLE

const run = (call: Call): Reply => {
  const { words, unknown } = readOptions(call.args, table)
  const [target] = words
  if (unknown !== undefined)
    return { stderr: `tracepath: invalid option -- '${unknown.replace(/^-+/, '')}'\n${USAGE}`, exit: 1 }
  if (target === undefined) return { stderr: 'tracepath: Destination address required\n', exit: 1 }
  const resolved = resolveName(call.world, call.machine, target)
  if (resolved.kind !== 'found')
    return { stderr: `tracepath: ${target}: Name or service not known\n`, exit: 1, tookMs: resolved.tookMs }
  const { address } = resolved
  const route = findRoute(call.host, address)
  const pmtu = mtuOf(call, route?.device)
  // It asks with packets as large as its own interface takes; where they vanish nobody says what would pass.
  const asked = { protocol: 'udp', port: 44_444, bytes: pmtu } as const
  const delivery = deliver(call.world, { from: call.machine, address, ...asked })
  if (delivery.kind === 'network-unreachable')
    return { stderr: 'tracepath: Network is unreachable\n', exit: 1 }
  const start = ` 1?: [LOCALHOST]                      pmtu ${pmtu}`
  const routers = routersMet(delivery, route)
  const passed = routers.map(routerHop)
  if (delivery.kind !== 'delivered' && delivery.kind !== 'outside') {
    const silent = Array.from({ length: MOST_SILENT - passed.length }, (_, index) =>
      silence(passed.length + index + 1),
    )
    const lines = [start, ...passed, ...silent, '     Too many hops: pmtu ', `     Resume: pmtu ${pmtu} `]
    return { stdout: `${lines.join('\n')}\n`, tookMs: silent.length * SILENCE_MS }
  }
  const hops = passed.length + 1
  const last = hop(hops, target, `${delivery.latencyMs.toFixed(3).padStart(7)}ms reached`)
  const end = `     Resume: pmtu ${pmtu} hops ${hops} back ${hops} `
  return {
    stdout: `${[start, ...passed, last, end].join('\n')}\n`,
    tookMs: routers.some(isSilent) ? SILENCE_MS : 60,
  }
}

/** tracepath(8) of iputils. */
export const tracepath: Program = { names: ['tracepath'], isInstalled: everywhere, run }
