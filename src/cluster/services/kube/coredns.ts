import { readText } from '../../files/file-tree.ts'
import { remembering } from '../../kube/remember.ts'
import { askDns } from '../../network/ask-dns.ts'
import { type DnsAnswer, type DnsQuestion, fromZone } from '../../network/dns-answer.ts'
import { answerForCluster } from '../../relations/cluster-names.ts'
import {
  corednsVersionOf,
  isOldCoredns,
  isUnsynced,
  type RefusedKind,
  refusedKinds,
  watchedKinds,
} from '../../relations/coredns-access.ts'
import { inStep } from '../../relations/in-step.ts'
import { readKubeletSettings } from '../../relations/kubelet-settings.ts'
import type { Container } from '../../world/container.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service, Span } from '../service.ts'
import { isStarting } from '../starting.ts'
import { bannerOf, datedLine, SIGTERM_TOLD } from './coredns-build.ts'
import { clusterZone, corednsZone } from './coredns-zone.ts'
import { type Corefile, readCorefile } from './corefile.ts'
import { loadedText, textOf } from './corefile-texts.ts'
import { apiProblem, dialService, serviceAddress } from './network-agents.ts'
import { failedGet } from './pod-api.ts'
import { exits, klogOf, repeating, type TimedLine, tcp, udp } from './telling.ts'

const nameserversIn = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/^\s*nameserver\s+(\S+)/gm)].map(match => match[1] ?? '')

/** The servers that a Corefile passes questions on to; those in a file are the node's own. */
const upstreamsOf = (corefile: Corefile, { machine }: Running): readonly string[] => {
  if ('problem' in corefile) return []
  const forward = corefile.plugins.find(plugin => plugin.name === 'forward')
  return (forward?.words.slice(1) ?? []).flatMap(word => {
    if (!word.startsWith('/')) return [word.replace(/^\w+:\/\//, '').replace(/:\d+$/, '')]
    const file = readKubeletSettings(machine)?.resolvConf ?? '/run/systemd/resolve/resolv.conf'
    const resolved = readText(machine.files, file)
    return nameserversIn(resolved ?? readText(machine.files, '/etc/resolv.conf'))
  })
}

const loopsWith = (world: World, self: Running, corefile: Corefile): string | undefined => {
  if ('problem' in corefile || !corefile.plugins.some(plugin => plugin.name === 'loop')) return undefined
  const own = self.machine.runtime?.sandboxes.find(s => s.id === self.container?.sandboxId)?.address
  return upstreamsOf(corefile, self).find(
    server => server === world.kube.clusterDns || server === own || server.startsWith('127.'),
  )
}

const ailment = (world: World, self: Running): Ailment | undefined => {
  const startedMs = self.container?.startedMs ?? world.nowMs
  const isYoung = isStarting(world, self)
  const corefile = readCorefile(textOf(world, self))
  if ('problem' in corefile)
    return isYoung
      ? {
          exit: exits(1),
          afterMs: 600,
          lines: [{ text: `/etc/coredns/${corefile.problem}`.replace('/etc/coredns/plugin', 'plugin') }],
        }
      : undefined
  const loop = loopsWith(world, self, corefile)
  if (loop === undefined || !isYoung) return undefined
  return {
    exit: exits(1),
    afterMs: 1_500,
    lines: [
      {
        text: `[FATAL] plugin/loop: Loop (127.0.0.1:${40_000 + (startedMs % 9_973)} -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO ${4_547_991_504_243_258 + (startedMs % 1_000)}.3688648895315093531."`,
      },
    ],
  }
}

/** Whether a CoreDNS can learn nothing of the cluster now: it may not list what it needs, or does not reach the API server. */
export const isBlind = (world: World, self: Running): boolean =>
  self.container !== undefined &&
  (refusedKinds(world, self.container).length > 0 || apiProblem(world, self) !== undefined)

const COMPLAINT_MS = 30_000

const isUpstreamDown = (world: World, self: Running): string | undefined =>
  inStep(world, `upstream/${self.container?.id}`, () => deadUpstream(world, self))

const deadUpstream = (world: World, self: Running): string | undefined => {
  const upstreams = upstreamsOf(readCorefile(loadedText(world, self)), self)
  const question: DnsQuestion = { name: 'example.internal', type: 'A', depth: 1 }
  return upstreams.find(server => {
    const answer = askDns(world, { from: self.machine, server, question })
    return answer.kind === 'timeout' || answer.kind === 'port-refused'
  })
}

/** The kinds that a CoreDNS cannot list now, and why: it may not, or does not get through to the API server. */
const unseenKinds = (world: World, self: Running, container: Container): readonly RefusedKind[] => {
  const problem = apiProblem(world, self)
  if (problem === undefined) return refusedKinds(world, container)
  const server = `https://${serviceAddress(world)}:443`
  return watchedKinds(container).map(({ kind, path }) => ({
    kind,
    text: failedGet(`${server}${path}`, problem),
  }))
}

/** client-go's reflector complains of what may not be listed, by klog or as a plugin. */
const refusedLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const { container } = self
  if (container === undefined) return []
  const refused = unseenKinds(world, self, container)
  const isOld = isOldCoredns(container)
  const place = isOld
    ? 'pkg/mod/k8s.io/client-go@v10.0.0+incompatible/tools/cache/reflector.go:94:'
    : 'pkg/mod/k8s.io/client-go@v0.27.1/tools/cache/reflector.go:231:'
  return repeating(span, COMPLAINT_MS, atMs => [
    ...(isUnsynced(self.machine, container) ? ['[INFO] plugin/ready: Still waiting on: "kubernetes"'] : []),
    ...refused.flatMap(({ kind, text }) => {
      const listing = `${place} failed to list *v1.${kind}: ${text}`
      const watching = `${place} Failed to watch *v1.${kind}: failed to list *v1.${kind}: ${text}`
      return isOld
        ? [klogOf('E', { atMs, source: 'reflector.go:126' }, listing.replace('failed', 'Failed'))]
        : [`[WARNING] plugin/kubernetes: ${listing}`, `[ERROR] plugin/kubernetes: ${watching}`]
    }),
  ])
}

const chatter: Service['chatter'] = (world, self, span) => {
  const corefile = readCorefile(textOf(world, self))
  if ('problem' in corefile)
    return repeating(span, 30_000, () => `[ERROR] Restart failed: /etc/coredns/${corefile.problem}`)
  const lines = [...refusedLines(world, self, span), ...upstreamLines(world, self, span)]
  const isOld = self.container !== undefined && isOldCoredns(self.container)
  return isOld ? lines.map(line => ({ ...line, text: datedLine(line.atMs, line.text) })) : lines
}

const upstreamLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const upstream = isUpstreamDown(world, self)
  if (upstream === undefined) return []
  const own = self.machine.runtime?.sandboxes.find(s => s.id === self.container?.sandboxId)?.address ?? ''
  return repeating(
    span,
    7_000,
    atMs =>
      `[ERROR] plugin/errors: 2 registry-1.docker.io. A: read udp ${own}:${32_768 + (atMs % 28_000)}->${upstream}:53: i/o timeout`,
  )
}

/** The lines of a block `hosts { … }`, in words. */
const hostsIn = remembering((text): readonly (readonly string[])[] =>
  (/^\s*hosts\s*\{([^}]*)\}/m.exec(text)?.[1] ?? '').split('\n').map(line => line.trim().split(/\s+/)),
)

/** The addresses that they give a name. */
const fromHosts = (text: string, name: string): readonly string[] =>
  hostsIn(text).flatMap(([address = '', ...names]) => (names.includes(name) ? [address] : []))

const MOST_ALIASES = 8

/** The answer for a name that stands for another one: what that has, by its name. */
const followed = (answer: Extract<DnsAnswer, { kind: 'found' }>, other: DnsAnswer): DnsAnswer =>
  other.kind === 'found' ? { ...answer, addresses: other.addresses } : answer

const resolves = (world: World, self: Running, question: DnsQuestion): DnsAnswer => {
  const loaded = loadedText(world, self)
  const corefile = readCorefile(loaded)
  if ('problem' in corefile) return { kind: 'server-failure' }
  const listed = fromHosts(loaded, question.name)
  if (listed.length > 0 && question.type === 'A')
    return fromZone({ kind: 'found', addresses: listed, ttlS: 3600 }, corednsZone(question, self.container))
  const kubernetes = corefile.plugins.find(plugin => plugin.name === 'kubernetes')
  const zones = kubernetes?.words ?? []
  const isOurs = zones.includes(clusterZone) && question.name.endsWith(`.${clusterZone}`)
  if (isOurs && self.container !== undefined && isUnsynced(self.machine, self.container))
    return { kind: 'server-failure' }
  if (isOurs || (question.type === 'PTR' && zones.includes('in-addr.arpa'))) {
    const known = answerForCluster(world, question)
    const answer = known === undefined ? known : fromZone(known, corednsZone(question, self.container))
    if (answer?.kind === 'found' && answer.alias !== undefined && question.depth < MOST_ALIASES)
      return followed(
        answer,
        resolves(world, self, { ...question, name: answer.alias, depth: question.depth + 1 }),
      )
    if (answer !== undefined) return answer
  }
  const upstreams = upstreamsOf(corefile, self)
  if (upstreams.length === 0) return { kind: 'query-refused' }
  for (const server of upstreams) {
    const answer = askDns(world, {
      from: self.machine,
      server,
      question: { ...question, depth: question.depth + 1 },
    })
    if (answer.kind === 'timeout' || answer.kind === 'port-refused') continue
    return answer
  }
  return { kind: 'server-failure' }
}

const hasSynced = (world: World, self: Running): boolean => {
  const { machine, container } = self
  if (container === undefined) return true
  const hasJustBegun = (container.startedMs ?? 0) >= world.nowMs
  return !isUnsynced(machine, container) && !(hasJustBegun && isBlind(world, self))
}

const answers: Service['answers'] = (world, self, { port, path }) => {
  if (port === 8080 && path.startsWith('/health')) return { status: 200, body: 'OK' }
  if (port === 8181 && path.startsWith('/ready'))
    return hasSynced(world, self) ? { status: 200, body: 'OK' } : { status: 503, body: 'kubernetes' }
  return { status: 404, body: '404 page not found\n' }
}

const pluginPorts = { health: 8080, prometheus: 9153, ready: 8181 } as const

/** The ports that the plugins of a Corefile open; all of them while it cannot be read. */
const portsOf = (text: string): readonly number[] => {
  const corefile = readCorefile(text)
  const names = 'problem' in corefile ? [] : corefile.plugins.map(({ name }) => name)
  return Object.entries(pluginPorts).flatMap(([name, port]) =>
    names.length === 0 || names.includes(name) ? [port] : [],
  )
}

/** CoreDNS: its Corefile must parse and must not lead back to itself; answers for the cluster, passes the rest on. */
export const coredns: Service = {
  dials: dialService,
  listens: (world, self) => [tcp(53), udp(53), ...portsOf(loadedText(world, self)).map(port => tcp(port))],
  ailment,
  greeting: (world, self) => {
    const release = corednsVersionOf(self.container)
    const atMs = self.container?.startedMs ?? world.nowMs
    return [
      ...(isBlind(world, self)
        ? [
            { text: '[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server' },
            { text: '[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API' },
          ]
        : []),
      ...bannerOf(release, { atMs }).map(text => ({ text })),
    ]
  },
  chatter,
  answers,
  resolves,
  farewell: () => [SIGTERM_TOLD, { text: '[INFO] plugin/health: Going into lameduck mode for 5s' }],
}
