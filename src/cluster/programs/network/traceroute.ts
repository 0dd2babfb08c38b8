import { deliver } from '../../network/deliver.ts'
import { findRoute } from '../../network/find-route.ts'
import type { Router } from '../../network/routers-of.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'
import { isSilent, routersMet } from './routers-met.ts'

const MOST_HOPS = 30
const WAIT_S = 5
/** Probes that are on their way at the same time. */
const AT_ONCE = 16
const table = {
  switches: ['4', '6', 'd', 'e', 'F', 'I', 'n', 'r', 'T', 'U', 'A', 'V'],
  valued: ['f', 'g', 'i', 'm', 'M', 'N', 'p', 'q', 's', 't', 'w', 'z'],
}

const hop = (number: number, name: string, ms: number): string =>
  `${String(number).padStart(2)}  ${name}  ${[1, 1.08, 0.97].map(factor => `${(ms * factor).toFixed(3)} ms`).join('  ')}`

const silence = (number: number): string => `${String(number).padStart(2)}  * * *`

const routerHop = ({ address, latencyMs }: Router, at: number): string =>
  address === undefined ? silence(at + 1) : hop(at + 1, `${address} (${address})`, latencyMs)

const run = (call: Call): Reply => {
  const { words, values } = readOptions(call.args, table)
  const [target] = words
  const most = Number(values.get('m') ?? MOST_HOPS)
  if (target === undefined)
    return { stderr: 'Usage:\n  traceroute [ -46dFITnreAUDV ] host [ packetlen ]\n', exit: 2 }
  const resolved = resolveName(call.world, call.machine, target)
  if (resolved.kind !== 'found')
    return {
      stderr: `${target}: Name or service not known\nCannot handle "host" cmdline arg \`${target}' on position 1 (argc 1)\n`,
      exit: 2,
      tookMs: resolved.tookMs,
    }
  const { address } = resolved
  const waitMs = Number(values.get('w') ?? WAIT_S) * 1_000
  const delivery = deliver(call.world, { from: call.machine, address, protocol: 'udp', port: 33_434 })
  const head = `traceroute to ${target} (${address}), ${most} hops max, 60 byte packets`
  const routers = routersMet(delivery, findRoute(call.host, address))
  const passed = routers.map(routerHop)
  const shown = target === address ? `${address} (${address})` : `${target} (${address})`
  if (delivery.kind === 'delivered' || delivery.kind === 'outside') {
    const last = hop(passed.length + 1, shown, delivery.latencyMs)
    return { stdout: `${[head, ...passed, last].join('\n')}\n`, tookMs: routers.some(isSilent) ? 5_400 : 60 }
  }
  if (delivery.kind === 'network-unreachable')
    return { stdout: `${head}\n`, stderr: 'connect: Network is unreachable\n', exit: 1 }
  if (delivery.kind === 'host-unreachable')
    return {
      stdout: `${head}\n 1  ${delivery.by} (${delivery.by})  3062.118 ms !H  3062.041 ms !H  3062.012 ms !H\n`,
      tookMs: 3_100,
    }
  const silent = Array.from({ length: Math.max(0, most - passed.length) }, (_, index) =>
    silence(index + passed.length + 1),
  )
  return {
    stdout: `${[head, ...passed, ...silent].join('\n')}\n`,
    tookMs: waitMs * Math.ceil((3 * silent.length) / AT_ONCE),
  }
}

/** traceroute(8). */
export const traceroute: Program = { names: ['traceroute'], isInstalled: everywhere, run }
