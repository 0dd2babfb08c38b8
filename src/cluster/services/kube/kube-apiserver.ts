import { buildInfo } from '../../kube/build-info.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { apiLoadOf, REQUEST_MS } from '../../relations/api-load.ts'
import { etcdAccessOf, etcdEndpointsOf } from '../../relations/api-server.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, HttpAnswer, Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { statusAnswer, unauthorized } from '../status-answer.ts'
import { checkBody, healthBody } from './api-health.ts'
import { allocatedLines, handshakeLines } from './api-lines.ts'
import { portOf, serverOf } from './api-process.ts'
import { startProblem } from './api-start.ts'
import { listenProblem } from './bind-problem.ts'
import { strangerLines } from './stranger-lines.ts'
import { exits, klogOf, repeating, type TimedLine, tcp } from './telling.ts'

const ETCD_PATIENCE_MS = 20_000

const failed = (text: string): Ailment => ({ exit: exits(1), afterMs: 1_000, lines: [{ text }] })

const ailment = (world: World, self: Running): Ailment | undefined => {
  const startedMs = self.container?.startedMs ?? self.unit?.startedMs ?? world.nowMs
  const problem = startProblem(world, self)
  const head = (text: string): string =>
    /^E run/.test(text)
      ? klogOf('E', { atMs: startedMs + 900, source: 'run.go:74' }, text.slice(text.indexOf(']') + 2))
      : text
  const isYoung = isStarting(world, self)
  if (problem !== undefined && isYoung) return failed(head(problem))
  const at = { address: serverOf(self).flags['bind-address'] ?? '0.0.0.0', port: portOf(self) }
  const unbound = isYoung ? listenProblem(self.machine, at) : undefined
  const listener = `failed to create listener: failed to listen on ${at.address}:${at.port}: ${unbound}`
  if (unbound !== undefined) return failed(head(`E run.go:74] "command failed" err="${listener}"`))
  const etcd = etcdAccessOf(world, serverOf(self))
  const ranMs = world.nowMs - startedMs
  if (etcd.kind === 'fine' || ranMs > ETCD_PATIENCE_MS + 10_000) return undefined
  const atMs = startedMs + ETCD_PATIENCE_MS
  return {
    exit: exits(1),
    afterMs: ETCD_PATIENCE_MS,
    lines: [
      {
        text: klogOf(
          'W',
          { atMs, source: grpcSource(world) },
          etcdComplaint(world, serverOf(self), etcd.text),
        ),
      },
      {
        text: klogOf(
          'F',
          { atMs, source: 'instance.go:290' },
          'Error creating leases: error creating storage factory: context deadline exceeded',
        ),
      },
    ],
  }
}

const grpcSource = (world: World): string =>
  minorOf(world) < HAS_CHANNELS ? 'clientconn.go:1251' : 'logging.go:59'

/** The first minor release whose client of etcd numbers its channels. */
const HAS_CHANNELS = 26

const etcdComplaint = (world: World, server: ReturnType<typeof serverOf>, text: string): string => {
  const endpoint = etcdEndpointsOf(server)[0]
  const address = `${endpoint?.host ?? '127.0.0.1'}:${endpoint?.port ?? 2379}`
  if (minorOf(world) < HAS_CHANNELS)
    return `grpc: addrConn.createTransport failed to connect to {${address} 0  <nil>}. Err :connection error: desc = "${text.replace('dialing:', 'dialing')}". Reconnecting...`
  return `[core] [Channel #1 SubChannel #2] grpc: addrConn.createTransport failed to connect to {Addr: "${address}", ServerName: "${address}", }. Err: connection error: desc = "${text}"`
}

const greeting = (world: World, self: Running) => {
  const atMs = self.container?.startedMs ?? world.nowMs
  const say = (source: string, text: string) => ({ text: klogOf('I', { atMs: atMs + 400, source }, text) })
  const port = portOf(self)
  return [
    say('options.go:220', `external host was not specified, using ${mainAddressOf(self.machine)}`),
    say('server.go:148', `Version: ${world.kube.version}`),
    say('server.go:150', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'),
    say('shared_informer.go:311', 'Waiting for caches to sync for node_authorizer'),
    say(
      'plugins.go:158',
      'Loaded 12 mutating admission controller(s) successfully in the following order: NamespaceLifecycle,LimitRanger,ServiceAccount,NodeRestriction,TaintNodesByCondition,Priority,DefaultTolerationSeconds,DefaultStorageClass,StorageObjectInUseProtection,RuntimeClass,DefaultIngressClass,MutatingAdmissionWebhook.',
    ),
    // It opens its port once it has reached its store.
    ...(etcdAccessOf(world, serverOf(self)).kind === 'fine'
      ? [
          say('secure_serving.go:213', `Serving securely on [::]:${port}`),
          say('shared_informer.go:318', 'Caches are synced for node_authorizer'),
          say(
            'storage_scheduling.go:111',
            'all system priority classes are created successfully or already exist.',
          ),
        ]
      : []),
  ]
}

const chatter: Service['chatter'] = (world, self, span) => {
  const server = serverOf(self)
  const etcd = etcdAccessOf(world, server)
  const lines: TimedLine[] = []
  if (etcd.kind !== 'fine')
    lines.push(
      ...repeating(span, 4_000, atMs =>
        klogOf('W', { atMs, source: grpcSource(world) }, etcdComplaint(world, server, etcd.text)),
      ),
      ...repeating(span, 10_000, atMs =>
        klogOf(
          'E',
          { atMs, source: minorOf(world) < HAS_CHANNELS ? 'status.go:64' : 'status.go:71' },
          'apiserver received an error that is not an metav1.Status: &errors.errorString{s:"context deadline exceeded"}: context deadline exceeded',
        ),
      ),
    )
  if (etcd.kind === 'fine' && etcd.isReadOnly)
    lines.push(
      ...repeating(span, 5_000, atMs =>
        klogOf(
          'E',
          { atMs, source: minorOf(world) < HAS_CHANNELS ? 'status.go:64' : 'status.go:71' },
          'apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0x8, desc:"etcdserver: mvcc: database space exceeded"}: etcdserver: mvcc: database space exceeded',
        ),
      ),
    )
  if (etcd.kind === 'fine' && etcd.writeMs * apiLoadOf(world) > 500)
    lines.push(
      ...repeating(span, 8_000, atMs =>
        klogOf(
          'I',
          { atMs, source: 'trace.go:236' },
          `Trace[${1_000_000_000 + (atMs % 899_999_999)}]: "Update" accept:application/vnd.kubernetes.protobuf, */*,protocol:HTTP/2.0,resource:leases,verb:PUT (total time: ${Math.round(etcd.writeMs * apiLoadOf(world))}ms):`,
        ),
      ),
    )
  lines.push(
    ...strangerLines(world, self, span),
    ...handshakeLines(world, span),
    ...allocatedLines(world, span),
  )
  return lines.sort((a, b) => a.atMs - b.atMs)
}

const metricsText = (world: World, self: Running): string => {
  const etcd = etcdAccessOf(world, serverOf(self))
  const slow = etcd.kind === 'fine' ? ((REQUEST_MS + etcd.writeMs) / 1000) * apiLoadOf(world) : 10
  const row = (verb: string, resource: string, count: number): string => {
    const labels = `component="apiserver",dry_run="",group="",resource="${resource}",scope="resource",subresource="",verb="${verb}",version="v1"`
    return [
      `apiserver_request_duration_seconds_bucket{${labels},le="0.05"} ${Math.round(count * (slow > 0.05 ? 0.1 : 0.97))}`,
      `apiserver_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
      `apiserver_request_duration_seconds_sum{${labels}} ${(count * slow).toFixed(3)}`,
      `apiserver_request_duration_seconds_count{${labels}} ${count}`,
    ].join('\n')
  }
  const requests = [
    ['GET', 'nodes', 41_822],
    ['GET', 'pods', 98_113],
    ['LIST', 'pods', 7_902],
    ['PATCH', 'events', 3_311],
    ['PUT', 'leases', 310_442],
  ] as const
  return [
    '# HELP apiserver_request_duration_seconds [STABLE] Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.',
    '# TYPE apiserver_request_duration_seconds histogram',
    ...requests.map(([verb, resource, count]) => row(verb, resource, count)),
    '# HELP apiserver_request_total [STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
    '# TYPE apiserver_request_total counter',
    ...requests.map(
      ([verb, resource, count]) =>
        `apiserver_request_total{code="200",component="apiserver",dry_run="",group="${resource === 'leases' ? 'coordination.k8s.io' : ''}",resource="${resource}",scope="${verb === 'LIST' ? 'cluster' : 'resource'}",subresource="",verb="${verb}",version="v1"} ${count}`,
    ),
    '# HELP apiserver_storage_objects [STABLE] Number of stored objects at the time of last check split by kind.',
    '# TYPE apiserver_storage_objects gauge',
    `apiserver_storage_objects{resource="events"} ${[...world.kube.objects.values()].filter(o => o.kind === 'Event').length}`,
    `apiserver_storage_objects{resource="pods"} ${[...world.kube.objects.values()].filter(o => o.kind === 'Pod').length}`,
    '',
  ].join('\n')
}

const answers: Service['answers'] = (world, self, { path, isAllowed, client }): HttpAnswer => {
  const isNobody = isAllowed !== true && client === undefined
  if (isNobody && /^f|^0/i.test(serverOf(self).flags['anonymous-auth'] ?? 'true')) return unauthorized
  const [route = '', query = ''] = path.split('?')
  const etcd = etcdAccessOf(world, serverOf(self))
  const [, health, check] = /^\/(healthz|livez|readyz)(?:\/(.+))?$/.exec(route) ?? []
  const how = { isVerbose: /verbose/.test(query), isEtcdFine: etcd.kind === 'fine', minor: minorOf(world) }
  if (health !== undefined)
    return check === undefined ? healthBody(health, how) : checkBody(health, check, how)
  if (route === '/metrics' && isAllowed) return { status: 200, body: metricsText(world, self) }
  if (route === '/version')
    return {
      status: 200,
      body: JSON.stringify(buildInfo(world.kube.version), undefined, 2),
      contentType: 'application/json',
    }
  const resource = route.split('/').at(-1) ?? ''
  const message = `${resource} is forbidden: User "system:anonymous" cannot list resource "${resource}" in API group "" at the cluster scope`
  return statusAnswer(403, 'Forbidden', message)
}

/** kube-apiserver: needs its files and etcd; gives up when etcd does not answer in its first twenty seconds. */
export const kubeApiserver: Service = {
  listens: (_world, self) => [tcp(portOf(self))],
  ailment,
  greeting,
  chatter,
  answers,
  dials: (_world, self) => etcdEndpointsOf(serverOf(self)),
  farewell: world => [
    {
      text: klogOf(
        'I',
        { atMs: world.nowMs, source: 'controller.go:128' },
        'Shutting down kubernetes service endpoint reconciler',
      ),
    },
  ],
}
