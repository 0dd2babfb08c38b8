import { readText } from '../files/file-tree.ts'
import { numberOfAddress } from '../network/addresses.ts'
import { askDns } from '../network/ask-dns.ts'
import { tellResolver } from '../network/resolver-files.ts'
import { hostsAddressOf } from '../network/resolver-settings.ts'
import type { Machine } from '../world/machine.ts'
import type { Service } from './service.ts'

const STUB = '127.0.0.53'

/** Where the resolver keeps what it found out, for programs that ask no stub. */
export const resolvedFile = '/run/systemd/resolve/resolv.conf'

/** The servers that a machine's systemd-resolved asks: those of its settings, else those of the network. */
export const upstreamsOf = ({ files }: Machine): readonly string[] => {
  const own = /^\s*DNS=(.+)$/m.exec(readText(files, '/etc/systemd/resolved.conf') ?? '')?.[1]
  if (own !== undefined) return own.trim().split(/\s+/)
  const found = readText(files, resolvedFile) ?? ''
  return [...found.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(match => match[1] ?? '')
}

/** systemd-resolved: listens on the loopback and passes questions on. A machine without its files has it asleep. */
export const resolved: Service = {
  listens: (_world, { machine }) =>
    readText(machine.files, resolvedFile) === undefined
      ? []
      : [
          { protocol: 'udp', address: STUB, port: 53, device: 'lo' },
          { protocol: 'tcp', address: STUB, port: 53, device: 'lo' },
        ],
  begin: (world, { machine }) => tellResolver(machine, world.nowMs),
  greeting: () => [
    { text: 'Positive Trust Anchors:' },
    { text: '. IN DS 20326 8 2 e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d' },
    { text: 'Negative trust anchors: home.arpa 10.in-addr.arpa 16.172.in-addr.arpa 168.192.in-addr.arpa' },
    { text: 'Using system hostname.' },
  ],
  resolves: (world, { machine }, question) => {
    const own = question.type === 'A' ? hostsAddressOf(machine, question.name) : undefined
    if (own !== undefined && numberOfAddress(own) !== undefined)
      return { kind: 'found', addresses: [own], ttlS: 0 }
    for (const server of upstreamsOf(machine)) {
      const passed = askDns(world, {
        from: machine,
        server,
        question: { ...question, depth: question.depth + 1 },
      })
      if (passed.kind !== 'timeout' && passed.kind !== 'port-refused') return passed
    }
    return { kind: 'timeout' }
  },
}
