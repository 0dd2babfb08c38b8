import { shownMs } from '../../relations/clock.ts'
import { fetchUrl } from '../../relations/fetch-url.ts'
import { inStep } from '../../relations/in-step.ts'
import { insideOf } from '../../relations/inside.ts'
import type { World } from '../../world/world.ts'
import { apiProblem, inClusterController } from '../kube/network-agents.ts'
import { exits, klogOf, repeating, startedMsOf, tcp } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { ownCertificate } from './own-certificate.ts'
import { publicAnswer } from './rancher-api.ts'
import { logfmt } from './start-lines.ts'
import { traefik } from './traefik.ts'
import { webhookCertificate } from './webhook-certificate.ts'

const goStamp = (self: Running, atMs: number): string =>
  new Date(shownMs(self.machine, atMs)).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/')

const rancherController = inClusterController(
  (world, self) => [
    `${goStamp(self, startedMsOf(world, self))} [INFO] Rancher version v2.8.3 (93ae7b8) is starting`,
    `${goStamp(self, startedMsOf(world, self))} [INFO] Rancher arguments {ACMEDomains:[] AddLocal:true Embedded:false BindHost: HTTPListenPort:80 HTTPSListenPort:443 K8sMode:auto Debug:false Trace:false NoCACerts:false AuditLogPath:/var/log/auditlog/rancher-api-audit.log AuditLogMaxage:10 AuditLogMaxsize:100 AuditLogMaxbackup:10 AuditLevel:0 Features: ClusterRegistry:}`,
    `${goStamp(self, startedMsOf(world, self))} [INFO] Listening on /tmp/log.sock`,
    `${goStamp(self, startedMsOf(world, self))} [INFO] Listening on :443`,
    `${goStamp(self, startedMsOf(world, self))} [INFO] Listening on :80`,
    `${goStamp(self, startedMsOf(world, self))} [INFO] Starting management controllers`,
  ],
  (problem, atMs) =>
    `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/')} [ERROR] Failed to find system namespaces: Get "https://10.43.0.1:443/api/v1/namespaces/kube-system": ${problem}`,
)

/** Rancher's server: answers while it reaches the API server. */
const rancher: Service = {
  ...rancherController,
  listens: () => [tcp(80), tcp(443), tcp(444)],
  secures: (_world, self, port) =>
    port === 443 ? { certificate: ownCertificate(self, 'dynamic'), clientAuthorities: undefined } : undefined,
  answers: (world, self, { path, host = 'rancher', isAllowed = false }) => {
    const [route = '/'] = path.split('?')
    if (route === '/ping') return { status: 200, body: 'pong', contentType: 'text/plain' }
    if (apiProblem(world, self) !== undefined) return { status: 500, body: '' }
    if (route === '/healthz') return { status: 200, body: 'ok', contentType: 'text/plain' }
    return publicAnswer({ route, host, isAllowed })
  },
}

const readServer = (url: string) => {
  const read = /^(https?):\/\/([^:/]+)(?::(\d+))?/.exec(url)
  const scheme = read?.[1] === 'http' ? ('http' as const) : ('https' as const)
  return { scheme, host: read?.[2] ?? '', port: Number(read?.[3] ?? (scheme === 'http' ? 80 : 443)) }
}

/** What a request from within an agent's container to Rancher's address ends with; `undefined` when Rancher answers. */
const seekRancher = (world: World, self: Running): string | undefined => {
  if (self.container === undefined) return undefined
  const aim = readServer(self.container.environment.CATTLE_SERVER ?? '')
  const from = insideOf(world, self.machine, self.container)
  const outcome = fetchUrl(world, {
    from,
    ...aim,
    path: '/ping',
    method: 'GET',
    authorities: undefined,
    client: undefined,
  })
  if (outcome.kind === 'answered') {
    const { status } = outcome.answer
    return status === 200 ? undefined : `The requested URL returned error: ${status}`
  }
  if (outcome.kind === 'no-host') return `Could not resolve host: ${aim.host}`
  if (outcome.kind !== 'no-connection') return 'Empty reply from server'
  const why =
    outcome.because === 'refused'
      ? 'Connection refused'
      : outcome.because === 'timeout'
        ? 'Connection timed out'
        : 'No route to host'
  return `Failed to connect to ${aim.host} port ${aim.port}: ${why}`
}

const rancherProblem = (world: World, self: Running): string | undefined =>
  inStep(world, `rancher/${self.container?.id}`, () => seekRancher(world, self))

const dialing = (self: Running, atMs: number): string => {
  const server = (self.container?.environment.CATTLE_SERVER ?? '').replace('https', 'wss')
  return `${logfmt(self, 'info', { atMs, text: 'Connecting to proxy' })} url="${server}/v3/connect"`
}

const agentComplaint = (self: Running, atMs: number, problem: string): readonly string[] => {
  const status = /error: (\d+)/.exec(problem)?.[1]
  const proxy =
    status === undefined
      ? `${logfmt(self, 'error', { atMs, text: 'Failed to connect to proxy. Empty dialer response' })} error="${problem}"`
      : `${logfmt(self, 'error', {
          atMs,
          text: `Failed to connect to proxy. Response status: ${status} - ${status === '503' ? '503 Service Unavailable' : status}. Couldn't read response body`,
        })} error="websocket: bad handshake"`
  return [
    dialing(self, atMs),
    proxy,
    `${logfmt(self, 'error', { atMs, text: 'Remotedialer proxy error' })} error="websocket: bad handshake"`,
  ]
}

/** The agent through which Rancher reaches the cluster: does not start without Rancher, and complains when it goes away. */
const cattleAgent: Service = {
  greeting: (world, self) => {
    const server = self.container?.environment.CATTLE_SERVER ?? ''
    const atMs = startedMsOf(world, self)
    return [
      {
        text: 'INFO: Environment: CATTLE_CLUSTER=true CATTLE_INGRESS_IP_DOMAIN=sslip.io CATTLE_K8S_MANAGED=true',
      },
      {
        text: 'INFO: Using resolv.conf: search cattle-system.svc.cluster.local svc.cluster.local cluster.local nameserver 10.43.0.10 options ndots:5',
      },
      { text: `INFO: ${server}/ping is accessible` },
      { text: logfmt(self, 'info', { atMs, text: 'Rancher agent version v2.8.3 is starting' }) },
      {
        text: logfmt(self, 'info', {
          atMs,
          text: `Connecting to ${server.replace('https', 'wss')}/v3/connect with token starting with 7kz4q`,
        }),
      },
    ]
  },
  ailment: (world, self) => {
    if (!isStarting(world, self)) return undefined
    const problem = rancherProblem(world, self)
    const { CATTLE_SERVER: server = '', CATTLE_CA_CHECKSUM: checksum = '' } =
      self.container?.environment ?? {}
    const failed = (text: string) => ({ exit: exits(1), afterMs: 3_000, lines: [{ text: `ERROR: ${text}` }] })
    if (problem !== undefined) return failed(`${server}/ping is not accessible (${problem})`)
    return checksum === ''
      ? undefined
      : failed(
          `The environment variable CATTLE_CA_CHECKSUM is set but there is no CA certificate configured at ${server}/v3/settings/cacerts`,
        )
  },
  chatter: (world, self, span) => {
    const problem = rancherProblem(world, self)
    if (problem !== undefined) return repeating(span, 10_000, atMs => agentComplaint(self, atMs, problem))
    const wasRefused = self.container?.log.at(-1)?.text.includes('Remotedialer proxy error') === true
    return wasRefused ? [{ atMs: span.toMs, text: dialing(self, span.toMs) }] : []
  },
}

/** A controller that talks to the API server alone and answers health checks on a port. */
const controller = (title: string, port: number): Service => ({
  ...inClusterController(
    (world, self) => [
      klogOf(
        'I',
        { atMs: startedMsOf(world, self), source: 'controller.go:75' },
        `"starting controller" controller="${title}"`,
      ),
    ],
    (problem, atMs) =>
      klogOf(
        'E',
        { atMs, source: 'reflector.go:147' },
        `Failed to watch *v1.Secret: failed to list *v1.Secret: Get "https://10.43.0.1:443/api/v1/secrets?limit=500&resourceVersion=0": ${problem}`,
      ),
  ),
  listens: () => [tcp(port)],
  answers: (world, self) =>
    apiProblem(world, self) === undefined ? { status: 200, body: 'ok' } : { status: 500, body: '' },
})

/** What the API server asks before it stores something, by TLS. */
const webhook = (service: string, port: number): Service => ({
  ...controller('webhook', port),
  secures: (_world, self) => ({
    certificate: webhookCertificate(self, service),
    clientAuthorities: undefined,
  }),
})

/** One port of a service's load balancer: rules in its own network send on what comes. */
const klipper: Service = {
  greeting: (_world, { container }) => {
    const {
      SRC_PORT: from = '',
      DEST_PORT: to = '',
      DEST_IPS: ips = '',
      DEST_PROTO: proto = 'TCP',
    } = container?.environment ?? {}
    return [
      { text: '+ trap exit TERM INT' },
      { text: '+ BIN_DIR=/usr/sbin' },
      { text: `+ iptables -t filter -I FORWARD -s 0.0.0.0/0 -p ${proto} --dport ${to} -j ACCEPT` },
      { text: `+ iptables -t nat -I PREROUTING -p ${proto} --dport ${from} -j DNAT --to ${ips}:${to}` },
      { text: `+ iptables -t nat -I POSTROUTING -d ${ips}/32 -p ${proto} -j MASQUERADE` },
    ]
  },
  listens: (_world, { container }) => [tcp(Number(container?.environment.SRC_PORT ?? 80))],
}

/** Rancher and what k3s brings with it, in pods. */
export const rancherServices: Readonly<Record<string, Service>> = {
  rancher,
  'cattle-agent': cattleAgent,
  'rancher-webhook': webhook('rancher-webhook', 9443),
  fleet: controller('fleet', 8080),
  'cert-manager': controller('cert-manager', 9402),
  'cert-manager-webhook': webhook('cert-manager-webhook', 10_250),
  'klipper-lb': klipper,
  traefik,
}
