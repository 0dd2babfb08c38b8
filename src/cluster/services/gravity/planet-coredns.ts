import { readText } from '../../files/file-tree.ts'
import { askDns } from '../../network/ask-dns.ts'
import { type DnsAnswer, fromZone } from '../../network/dns-answer.ts'
import { apiServers } from '../../relations/api-server.ts'
import { answerForCluster } from '../../relations/cluster-names.ts'
import type { World } from '../../world/world.ts'
import { bannerOf, SIGTERM_TOLD } from '../kube/coredns-build.ts'
import { readCorefile } from '../kube/corefile.ts'
import { exits, repeating, tcp, udp } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'

const CONFIG = '/etc/coredns/coredns.conf'
const BOUND = '127.0.0.2'

const corefileOf = ({ machine }: Running) => readCorefile(readText(machine.files, CONFIG) ?? '')

const pluginOf = (self: Running, name: string) => {
  const corefile = corefileOf(self)
  return 'problem' in corefile ? undefined : corefile.plugins.find(plugin => plugin.name === name)
}

const fromHosts = (self: Running, name: string): readonly string[] => {
  const path = pluginOf(self, 'hosts')?.words[0]
  const lines = path === undefined ? [] : (readText(self.machine.files, path) ?? '').split('\n')
  return lines.flatMap(line => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    return names.includes(name) ? [address] : []
  })
}

const resolves: Service['resolves'] = (world, self, question): DnsAnswer => {
  const { name, type } = question
  if ('problem' in corefileOf(self)) return { kind: 'server-failure' }
  const own = fromHosts(self, name)
  if (own.length > 0)
    return type === 'A'
      ? fromZone({ kind: 'found', addresses: own, ttlS: 3600 }, { name: '.', recurses: true })
      : { kind: 'no-data' }
  const zones = pluginOf(self, 'kubernetes')?.words ?? []
  const isOurs = zones.some(zone => name === zone || name.endsWith(`.${zone}`))
  const answer = isOurs || type === 'PTR' ? fromCluster(world, question) : undefined
  if (answer !== undefined) return fromZone(answer, { name: zones[0] ?? '', recurses: true })
  for (const word of pluginOf(self, 'forward')?.words.slice(1) ?? []) {
    const passed = askDns(world, {
      from: self.machine,
      server: word.replace(/:\d+$/, ''),
      question: { ...question, depth: question.depth + 1 },
    })
    if (passed.kind !== 'timeout' && passed.kind !== 'port-refused') return passed
  }
  return { kind: 'server-failure' }
}

const fromCluster = (world: World, question: Parameters<NonNullable<Service['resolves']>>[2]) =>
  apiServers(world).length === 0 ? ({ kind: 'server-failure' } as const) : answerForCluster(world, question)

/** Planet's own CoreDNS: reads its file, knows the leader by a hosts file, passes on what is not the cluster's. */
export const planetCoredns: Service = {
  resolves,
  listens: () => [udp(53, BOUND), tcp(53, BOUND)],
  ailment: (world, self) => {
    const text = readText(self.machine.files, CONFIG)
    const corefile = corefileOf(self)
    if (world.nowMs - (self.unit?.startedMs ?? world.nowMs) > 60_000) return undefined
    const problem =
      text === undefined
        ? `open ${CONFIG}: no such file or directory`
        : 'problem' in corefile
          ? `${CONFIG.slice(0, CONFIG.lastIndexOf('/'))}/${corefile.problem.replace(/^Corefile/, 'coredns.conf')}`
          : undefined
    return problem === undefined ? undefined : { exit: exits(1), afterMs: 300, lines: [{ text: problem }] }
  },
  greeting: ({ nowMs }) =>
    bannerOf('1.3.1', {
      place: '.:53 on 127.0.0.2',
      configuration: 'MD5 = 3d3f6363f05ccd60e0f885f0eca6c5ff',
      atMs: nowMs,
    }).map(text => ({ text })),
  farewell: () => [SIGTERM_TOLD],
  chatter: (world, self, span) =>
    'problem' in corefileOf(self)
      ? repeating(span, 30_000, () => '[ERROR] Restart failed: plugin/reload: configuration does not parse')
      : apiServers(world).length > 0
        ? []
        : repeating(
            span,
            11_000,
            () =>
              '[ERROR] plugin/kubernetes: Failed to list *v1.Service: Get https://leader.telekube.local:6443/api/v1/services?limit=500&resourceVersion=0: dial tcp: connect: connection refused',
          ),
}
