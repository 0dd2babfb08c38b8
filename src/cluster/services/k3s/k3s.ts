import { klog } from '../../kube/times.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { shownMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { AGENT_PORT } from '../../relations/k3s/balance.ts'
import { restoreBootstrap } from '../../relations/k3s/bootstrap.ts'
import { openDatastore } from '../../relations/k3s/datastore.ts'
import { joinProblem } from '../../relations/k3s/join-problem.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { joinSettingsOf } from '../../relations/k3s/k3s-units.ts'
import { rewriteAgentFiles } from '../../relations/k3s/rewrite-agent-files.ts'
import { serverAt } from '../../relations/kubeconfig.ts'
import { watchedText } from '../../relations/read-settings.ts'
import type { World } from '../../world/world.ts'
import { kubeApiserver } from '../kube/kube-apiserver.ts'
import { kubelet } from '../kube/kubelet.ts'
import { repeating, type TimedLine, tcp } from '../kube/telling.ts'
import type { HttpAnswer, HttpRequest, Line, Running, Service, Span } from '../service.ts'
import { unauthorized } from '../status-answer.ts'
import { isWithin } from '../ticks.ts'
import { startAilment } from './k3s-problem.ts'
import { serverLines } from './server-lines.ts'
import { courseOf, linesAfterKubelet, logfmt, startLines } from './start-lines.ts'

const API_PORT = 6443
const KUBELET_PORT = 10_250
const LOCAL = '127.0.0.1'

const nodeListens = [
  tcp(KUBELET_PORT),
  tcp(10_248, LOCAL),
  tcp(10_249, LOCAL),
  tcp(10_256),
  tcp(10_010, LOCAL),
]
const serverListens = [
  tcp(API_PORT),
  tcp(AGENT_PORT, LOCAL),
  tcp(10_257, LOCAL),
  tcp(10_258, LOCAL),
  tcp(10_259, LOCAL),
]

/** While k3s starts, an agent has only its load balancer and a server only its own port. */
const listens = ({ unit }: Running) => {
  const isUp = unit?.active === 'active'
  if (unit?.service === 'k3s') return isUp ? [...serverListens, ...nodeListens] : []
  return isUp ? [tcp(AGENT_PORT, LOCAL), ...nodeListens] : [tcp(AGENT_PORT, LOCAL)]
}

const TLS = `${K3S_DATA}/server/tls`

const answerAsServer = (world: World, self: Running, request: HttpRequest): HttpAnswer | undefined => {
  const route = request.path.split('?')[0]
  if (route === '/ping') return { status: 200, body: 'pong' }
  if (route === '/cacerts')
    return { status: 200, body: watchedText(self.machine, self.unit, `${TLS}/server-ca.crt`) ?? '' }
  const authority = decodeCertificates(watchedText(self.machine, self.unit, `${TLS}/client-ca.crt`))[0]
  const isKnown = request.client !== undefined && request.client.issuerKeyId === authority?.keyId
  return isKnown ? kubeApiserver.answers?.(world, self, request) : unauthorized
}

const answers: Service['answers'] = (world, self, request) => {
  if (request.port === API_PORT) return answerAsServer(world, self, request)
  if (request.port === 10_256) return { status: 200, body: '{"nodeEligible": true}' }
  return kubelet.answers?.(world, self, request)
}

const certificates: Readonly<Record<number, string>> = {
  [API_PORT]: `${TLS}/serving-kube-apiserver.crt`,
  [KUBELET_PORT]: `${K3S_DATA}/agent/serving-kubelet.crt`,
}

const secures: Service['secures'] = (_world, { machine, unit }, port) => {
  const path = certificates[port]
  return path === undefined
    ? undefined
    : { certificate: decodeCertificates(watchedText(machine, unit, path))[0], clientAuthorities: undefined }
}

const greeting = (world: World, self: Running): readonly Line[] => {
  const atMs = self.unit?.sinceMs ?? world.nowMs
  const isServer = self.unit?.service === 'k3s'
  const info = (text: string): Line => ({
    text: logfmt(self, 'info', { atMs: atMs - SAYS_BEFORE_MS, text }),
    beforeMs: SAYS_BEFORE_MS,
  })
  const pid = self.unit?.mainPid ?? 0
  const ofKubelet = (beforeMs: number, source: string, text: string): Line => ({
    text: klog('I', { atMs: shownMs(self.machine, atMs) - beforeMs, pid, source }, text),
    beforeMs,
  })
  // Where systemd did not wait for it, nothing of the start is told yet.
  const isAtOnce = atMs === self.unit?.startedMs
  return [
    ...(isAtOnce ? startLines(world, self).map(({ text }) => ({ text })) : []),
    ...linesAfterKubelet(self).map(info),
    ofKubelet(60, 'server.go:1186', '"Started kubelet"'),
    ofKubelet(
      40,
      'kubelet_node_status.go:70',
      `"Attempting to register node" node="${nodeNameOf(self.machine)}"`,
    ),
    info(isServer ? 'k3s is up and running' : 'Tunnel authorizer set Kubelet Port 10250'),
  ]
}

const RETRY_MS = 2_000
/** How long before it is up it says so. */
const SAYS_BEFORE_MS = 20
/** How long after its start an agent has what its server tells. */
const WRITES_MS = 1_700

const joinLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const problem = self.unit === undefined ? undefined : joinProblem(world, self.machine, self.unit)
  return problem === undefined
    ? []
    : repeating(span, RETRY_MS, atMs => logfmt(self, 'error', { atMs, text: problem }))
}

/** An agent holds a tunnel to its server besides what the kubelet asks; without it both complain. */
const tunnelLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  if (self.unit === undefined) return []
  const { url = '' } = joinSettingsOf(self.machine, self.unit)
  const problem = joinProblem(world, self.machine, self.unit)
  const reason = /dial tcp.*$/.exec(problem ?? '')?.[0]
  return reason === undefined
    ? []
    : repeating(span, 5_000, atMs => [
        logfmt(self, 'error', { atMs, text: `Remotedialer proxy error; reconnecting...` }).replace(
          /$/,
          ` error="${reason}" url="wss://${url.replace(/^https:\/\//, '')}/v1-k3s/connect"`,
        ),
      ])
}

const chatter: Service['chatter'] = (world, self, span) => {
  const isServer = self.unit?.service === 'k3s'
  if (self.unit?.active !== 'active') {
    const begun = startLines(world, self).filter(({ atMs }) => isWithin(span, atMs))
    const refused = isServer ? [] : joinLines(world, self, span)
    return refused.length === 0 ? begun : [...begun, ...refused].sort((a, b) => a.atMs - b.atMs)
  }
  return [
    ...(kubelet.chatter?.(world, self, span) ?? []),
    ...(isServer ? serverLines(world, self, span) : tunnelLines(world, self, span)),
  ].sort((a, b) => a.atMs - b.atMs)
}

/** Where the kubelet, the proxy and the controllers within the process find the API server. */
const balancer = { host: LOCAL, port: AGENT_PORT }

const writeFiles: Service['prepare'] = (world, { machine, unit }) =>
  rewriteAgentFiles(machine, (unit?.startedMs ?? world.nowMs) + WRITES_MS)

const k3sProcess: Service = {
  listens: (_world, self) => listens(self),
  ailment: (world, self) => (self.unit?.active === 'active' ? undefined : startAilment(world, self)),
  course: courseOf,
  prepare: writeFiles,
  begin: (world, self) => {
    const { machine, unit } = self
    writeFiles(world, self)
    if (unit?.service === 'k3s') {
      openDatastore(world, machine)
      restoreBootstrap(world, machine)
    }
    for (const device of machine.interfaces) if (device.name === 'flannel.1') device.isUp = true
  },
  greeting,
  chatter,
  answers,
  secures,
  dials: (_world, { machine, unit }) => {
    const own = unit?.active === 'active' ? Array.from({ length: 3 }, () => balancer) : []
    const server = serverAt(unit?.service === 'k3s-agent' ? (joinSettingsOf(machine, unit).url ?? '') : '')
    // An agent's tunnel, and what its balancer passes on.
    return [...own, ...(server === undefined ? [] : [server, server])]
  },
}

/** k3s as a server and as an agent: the control plane, kubelet, containerd, kube-proxy and flannel in one process. */
export const k3sServices: Readonly<Record<string, Service>> = { k3s: k3sProcess, 'k3s-agent': k3sProcess }
