import { connect } from '../relations/connect.ts'
import { isMute } from '../relations/stopped.ts'
import { serviceOf } from '../services/services.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { DnsAnswer, DnsQuestion } from './dns-answer.ts'
import { siteAnswer } from './site-answer.ts'

const DNS_PORT = 53
/** Servers that ask each other in a circle give up. */
const DEEPEST = 6

/** Asks one DNS server, as dig would from a machine; `unreachable` connections end as timeouts do. */
export const askDns = (
  world: World,
  {
    from,
    server,
    question,
  }: { readonly from: Machine; readonly server: string; readonly question: DnsQuestion },
): DnsAnswer => {
  if (question.depth > DEEPEST) return { kind: 'server-failure' }
  const reached = connect(world, { from, address: server, port: DNS_PORT, protocol: 'udp' })
  if (reached.kind === 'refused') return { kind: 'port-refused' }
  if (reached.kind !== 'open') return { kind: 'timeout' }
  if (reached.outside !== undefined) return siteAnswer(world, reached.outside, question)
  if (isMute(reached)) return { kind: 'timeout' }
  const { held, machine } = reached
  if (held === undefined || machine === undefined) return { kind: 'timeout' }
  const carrier =
    machine.planet?.units.get(held.unit?.name ?? '') === held.unit && held.unit !== undefined
      ? machine.planet
      : machine
  const self = { machine: carrier ?? machine, unit: held.unit, container: held.container }
  const service = serviceOf((held.unit ?? held.container)?.service ?? '')
  return service.resolves?.(world, self, question) ?? { kind: 'timeout' }
}
