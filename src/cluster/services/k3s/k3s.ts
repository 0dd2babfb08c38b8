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
import { serverAt } from '../../relations/kubeconfig.ts'
import { watchedText } from '../../relations/read-settings.ts'
import type { World } from '../../world/world.ts'
import { kubeApiserver } from '../kube/kube-apiserver.ts'
import { kubelet } from '../kube/kubelet.ts'
import { repeating, type TimedLine, tcp } from '../kube/telling.ts'
import type { HttpAnswer, HttpRequest, Line, Running, Service, Span } from '../service.ts'
import { logfmt, lostLease, startAilment } from './k3s-problem.ts'
import { unknownOptions } from './known-options.ts'
import { serverLines } from './server-lines.ts'

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

const unauthorized: HttpAnswer = {
  status: 401,
  contentType: 'application/json',
  body: `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 }, undefined, 2)}\n`,
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

const startLines = (world: World): readonly string[] => [
  `Starting k3s ${world.kube.version} (94e29e2e)`,
  'Configuring sqlite3 database connection pooling: maxIdleConns=2, maxOpenConns=0, connMaxLifetime=0s',
  'Configuring database table schema and indexes, this may take a moment...',
  'Database tables and indexes are up to date',
  'Kine available at unix://kine.sock',
  `Running kube-apiserver --advertise-port=6443 --allow-privileged=true --anonymous-auth=false --authorization-mode=Node,RBAC --bind-address=127.0.0.1 --cert-dir=${TLS}/temporary-certs --client-ca-file=${TLS}/client-ca.crt --secure-port=6444 --service-cluster-ip-range=${world.kube.serviceCidr}`,
  `Running kube-scheduler --authentication-kubeconfig=${K3S_DATA}/server/cred/scheduler.kubeconfig --bind-address=127.0.0.1 --leader-elect=false --secure-port=10259`,
  `Running kube-controller-manager --allocate-node-cidrs=true --bind-address=127.0.0.1 --cluster-cidr=${world.kube.podCidr} --leader-elect=false --secure-port=10257`,
  'Server node token is available at /var/lib/rancher/k3s/server/token',
  'Wrote kubeconfig /etc/rancher/k3s/k3s.yaml',
]

const agentLines = (world: World, self: Running): readonly string[] => {
  const { url = '' } = self.unit === undefined ? {} : joinSettingsOf(self.machine, self.unit)
  const server = url.replace(/^https:\/\//, '')
  return [
    `Starting k3s agent ${world.kube.version} (94e29e2e)`,
    `Adding server to load balancer k3s-agent-load-balancer: ${server}`,
    `Running load balancer k3s-agent-load-balancer 127.0.0.1:6444 -> [${server}] [default: ${server}]`,
    'Getting list of apiserver endpoints from server',
    `Got apiserver addresses from supervisor: [${server}]`,
  ]
}

const nodeLines = (world: World, self: Running): readonly string[] => [
  ...['overlay', 'br_netfilter']
    .filter(name => hasModule(world, self, name))
    .map(name => `Module ${name} was already loaded`),
  `Running containerd -c ${K3S_DATA}/agent/etc/containerd/config.toml -a /run/k3s/containerd/containerd.sock --state /run/k3s/containerd --root ${K3S_DATA}/agent/containerd`,
  'containerd is now running',
  `Running kubelet --container-runtime-endpoint=unix:///run/k3s/containerd/containerd.sock --hostname-override=${nodeNameOf(self.machine)} --kubeconfig=${K3S_DATA}/agent/kubelet.kubeconfig --node-labels=`,
  `Running kube-proxy --cluster-cidr=10.42.0.0/16 --hostname-override=${nodeNameOf(self.machine)} --kubeconfig=${K3S_DATA}/agent/kubeproxy.kubeconfig --proxy-mode=iptables`,
  'Starting flannel with backend vxlan',
  'Wrote flannel subnet file to /run/flannel/subnet.env',
]

const hasModule = (world: World, { machine }: Running, module: string): boolean =>
  (world.machines.get(machine.name) ?? machine).modules.some(({ name }) => name === module)

/** It goes on without a module that cannot be had, as in a container whose host has not loaded it. */
const moduleLines = (world: World, self: Running, atMs: number): readonly Line[] =>
  ['overlay', 'br_netfilter']
    .filter(name => !hasModule(world, self, name))
    .map(name => ({
      text: logfmt(self, 'warning', {
        atMs,
        text: `Failed to load kernel module ${name} with modprobe`,
      }),
      priority: 4,
    }))

const greeting = (world: World, self: Running): readonly Line[] => {
  const atMs = self.unit?.sinceMs ?? world.nowMs
  const isServer = self.unit?.service === 'k3s'
  const info = (text: string): Line => ({ text: logfmt(self, 'info', { atMs, text }) })
  const at = { atMs: shownMs(self.machine, atMs), pid: self.unit?.mainPid ?? 0 }
  const unknown = unknownOptions(self.machine).map(name => ({
    text: logfmt(self, 'warning', {
      atMs,
      text: `Unknown flag --${name} found in config.yaml, skipping\\n`,
    }),
    priority: 4,
  }))
  return [
    ...unknown,
    ...(isServer ? startLines(world) : agentLines(world, self)).map(info),
    ...moduleLines(world, self, atMs),
    ...nodeLines(world, self).map(info),
    { text: klog('I', { ...at, source: 'server.go:1186' }, '"Started kubelet"') },
    {
      text: klog(
        'I',
        { ...at, source: 'kubelet_node_status.go:70' },
        `"Attempting to register node" node="${nodeNameOf(self.machine)}"`,
      ),
    },
    info(isServer ? 'k3s is up and running' : 'Tunnel authorizer set Kubelet Port 10250'),
  ]
}

const RETRY_MS = 2_000

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
  if (self.unit?.active !== 'active') return isServer ? [] : joinLines(world, self, span)
  return [
    ...(kubelet.chatter?.(world, self, span) ?? []),
    ...(isServer ? serverLines(world, self, span) : tunnelLines(world, self, span)),
  ].sort((a, b) => a.atMs - b.atMs)
}

/** Where the kubelet, the proxy and the controllers within the process find the API server. */
const balancer = { host: LOCAL, port: AGENT_PORT }

const k3sProcess: Service = {
  listens: (_world, self) => listens(self),
  ailment: (world, self) =>
    self.unit?.active === 'active' ? lostLease(world, self) : startAilment(world, self),
  begin: (world, { machine, unit }) => {
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
