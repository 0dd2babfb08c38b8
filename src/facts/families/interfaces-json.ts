import { type Located, record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { isObject, parseJson } from './json-value.ts'

type Json = Readonly<Record<string, unknown>>

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const whole = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

const addressOf = (info: Json): FactValue =>
  record({
    address: text(info.local),
    prefixLength: whole(info.prefixlen),
    family: text(info.family),
    scope: text(info.scope),
    peer: info.address === undefined ? undefined : text(info.address),
    broadcast: text(info.broadcast),
  })

const vxlanOf = (link: Json): FactValue | undefined => {
  const info = isObject(link.linkinfo) ? link.linkinfo : {}
  const details = isObject(info.info_data) ? info.info_data : {}
  if (info.info_kind !== 'vxlan') return undefined
  return record({
    id: whole(details.id),
    local: text(details.local),
    device: text(details.link),
    port: whole(details.port),
  })
}

const countersOf = (link: Json) => {
  const statistics = isObject(link.stats64) ? link.stats64 : {}
  const received = isObject(statistics.rx) ? statistics.rx : {}
  const sent = isObject(statistics.tx) ? statistics.tx : {}
  return {
    receivedBytes: whole(received.bytes),
    receivedPackets: whole(received.packets),
    receivedErrors: whole(received.errors),
    receivedDropped: whole(received.dropped),
    sentBytes: whole(sent.bytes),
    sentPackets: whole(sent.packets),
    sentErrors: whole(sent.errors),
    sentDropped: whole(sent.dropped),
  }
}

const interfaceOf = (link: Json): FactValue => {
  const flags: readonly unknown[] = Array.isArray(link.flags) ? link.flags : []
  const kind = isObject(link.linkinfo) ? text(link.linkinfo.info_kind) : undefined
  return record({
    name: text(link.ifname),
    index: whole(link.ifindex),
    parent: text(link.link),
    up: flags.includes('UP'),
    carrier: flags.includes('LOWER_UP'),
    state: text(link.operstate),
    mtu: whole(link.mtu),
    queueDiscipline: text(link.qdisc),
    master: text(link.master),
    mac: link.link_type === 'ether' ? text(link.address) : undefined,
    addresses: 'addr_info' in link ? objects(link.addr_info).map(addressOf) : undefined,
    kind,
    vxlan: vxlanOf(link),
    ...countersOf(link),
  })
}

/** Network interfaces in the form of `ip -j link` and `ip -j addr`; none when the text is no such list. */
export const interfacesFromJson = (stdout: string): readonly Located<FactValue>[] =>
  objects(parseJson(stdout))
    .filter(link => typeof link.ifname === 'string')
    .map(link => ({ line: 1, value: interfaceOf(link) }))
