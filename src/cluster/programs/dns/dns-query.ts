import { numberOfAddress } from '../../network/addresses.ts'
import { askDns } from '../../network/ask-dns.ts'
import type { DnsAnswer, DnsQuestion } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call } from '../../shell/program.ts'
import { hasOldBind } from './bind-release.ts'

/** What a look-up tool was told by the servers that it asked: the last answer, from whom, for which full name, and how long it took. */
export type Looked = {
  readonly answer: DnsAnswer
  readonly server: string
  readonly name: string
  readonly tookMs: number
  /** Servers that did not answer before. */
  readonly silent: readonly string[]
}

const PATIENCE_MS = 5_000

/** Asks servers in turn for a full name: those given, or those of resolv.conf. A time-out costs its time. */
export const lookUp = (
  { world, machine }: Call,
  {
    name,
    type,
    servers,
  }: { readonly name: string; readonly type: DnsQuestion['type']; readonly servers: readonly string[] },
): Looked => {
  const silent: string[] = []
  let tookMs = 0
  let last: Looked = { answer: { kind: 'timeout' }, server: servers[0] ?? '', name, tookMs, silent }
  for (const server of servers) {
    const answer = askDns(world, { from: machine, server, question: { name, type, depth: 0 } })
    // The older tools do not hear that a port is closed.
    const isUnheard = answer.kind === 'port-refused' && hasOldBind(machine)
    tookMs += answer.kind === 'timeout' || isUnheard ? PATIENCE_MS : 2
    last = { answer, server, name, tookMs, silent }
    if (answer.kind !== 'timeout' && answer.kind !== 'port-refused') return last
    silent.push(server)
  }
  return last
}

/** Looks a name up with the search domains of resolv.conf, as nslookup and host do. */
export const searchUp = (
  call: Call,
  query: { readonly name: string; readonly server: string | undefined },
): Looked => {
  const settings = resolverSettingsOf(call.machine)
  const servers = query.server === undefined ? settings.servers : [query.server]
  const plain = query.name.replace(/\.$/, '')
  const searched = settings.search.map(domain => `${plain}.${domain}`)
  const dotted = plain.split('.').length - 1 >= settings.dots || query.name.endsWith('.')
  const candidates = query.name.endsWith('.') ? [plain] : dotted ? [plain, ...searched] : [...searched, plain]
  let last: Looked | undefined
  for (const name of candidates) {
    last = lookUp(call, { name, type: 'A', servers })
    if (last.answer.kind !== 'no-name') return last
  }
  return { ...(last ?? lookUp(call, { name: plain, type: 'A', servers })), name: plain }
}

/** The address of a server that was named on the command line; `undefined` when its name does not resolve. */
export const serverAddress = (call: Call, server: string): string | undefined => {
  if (numberOfAddress(server) !== undefined) return server
  const resolved = resolveName(call.world, call.machine, server)
  return resolved.kind === 'found' ? resolved.address : undefined
}
