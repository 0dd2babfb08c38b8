import { listObjects } from '../../kube/store.ts'
import { proxyRefusal } from '../../relations/agent-rights.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { connect } from '../../relations/connect.ts'
import { flagsOf } from '../../relations/flags.ts'
import { inStep } from '../../relations/in-step.ts'
import { serverAt, serversIn } from '../../relations/kubeconfig.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service, Span } from '../service.ts'
import { isStarting } from '../starting.ts'
import { isPortTaken } from './bind-problem.ts'
import { credentialsProblem, failedGet } from './pod-api.ts'
import { proxyAnswers } from './proxy-answers.ts'
import { proxyGreeting } from './proxy-start.ts'
import { exits, klogOf, repeating, type TimedLine, tcp } from './telling.ts'

/** The address of the API server's service. */
export const serviceAddress = (world: World): string =>
  listObjects(world.kube, 'Service', 'default').find(s => s.metadata.name === 'kubernetes')?.spec
    ?.clusterIP ?? '10.96.0.1'

/** Why an agent of a node does not get through to the API server by the service's address, in Go's words. */
export const apiProblem = (world: World, self: Running): string | undefined =>
  inStep(world, `service-api/${self.machine.name}/${self.container?.startedMs ?? ''}`, () =>
    dialApi(world, self),
  )

const dialApi = (world: World, self: Running): string | undefined =>
  apiFailure(world, self, `https://${serviceAddress(world)}:443`)

const apiFailure = (world: World, self: Running, url: string): string | undefined => {
  const { host: address, port } = serverAt(url) ?? { host: '', port: 443 }
  const dialed = connect(world, {
    from: self.machine,
    address,
    port,
    protocol: 'tcp',
    heldSinceMs: self.container?.startedMs,
  })
  const dial = `dial tcp ${address}:${port}:`
  if (dialed.kind === 'open') return credentialsProblem(world, self, url)
  if (dialed.kind === 'refused') return `${dial} connect: connection refused`
  return dialed.kind === 'timeout' ? `${dial} i/o timeout` : `${dial} connect: no route to host`
}

const proxyAilment = (world: World, self: Running): Ailment | undefined => {
  const startedMs = self.container?.startedMs ?? world.nowMs
  if (!isStarting(world, self)) return undefined
  const config = listObjects(world.kube, 'ConfigMap', 'kube-system').find(
    c => c.metadata.name === 'kube-proxy',
  )?.data?.['config.conf']
  const mode = /^mode:\s*"?([^"\n]*)"?/m.exec(config ?? '')?.[1] ?? ''
  const failed = (text: string): Ailment => ({
    exit: exits(1),
    afterMs: 800,
    lines: [
      { text: klogOf('E', { atMs: startedMs + 700, source: 'run.go:74' }, `"command failed" err="${text}"`) },
    ],
  })
  if (config !== undefined && !['', 'iptables', 'ipvs', 'nftables'].includes(mode))
    return failed(
      `failed complete: KubeProxyConfiguration.Mode: Invalid value: \\"${mode}\\": must be iptables,ipvs or blank (blank means the best-available proxy [currently iptables])`,
    )
  return isPortTaken(self.machine, 10256)
    ? failed('listen tcp 0.0.0.0:10256: bind: address already in use')
    : undefined
}

/** The URL by which kube-proxy's settings name the API server. */
const proxyServer = (world: World): string | undefined => {
  const settings = listObjects(world.kube, 'ConfigMap', 'kube-system').find(
    c => c.metadata.name === 'kube-proxy',
  )?.data?.['kubeconfig.conf']
  return /^\s*server:\s*(\S+)/m.exec(settings ?? '')?.[1]
}

const OWN_SERVICES =
  'labelSelector=%21service.kubernetes.io%2Fheadless%2C%21service.kubernetes.io%2Fservice-proxy-name'

/** What kube-proxy watches, and at which path. */
const watched = ({ machine }: Running): readonly (readonly [kind: string, path: string])[] => [
  ['*v1.Service', `/api/v1/services?${OWN_SERVICES}`],
  ['*v1.EndpointSlice', `/apis/discovery.k8s.io/v1/endpointslices?${OWN_SERVICES}`],
  ['*v1.Node', `/api/v1/nodes?fieldSelector=metadata.name%3D${nodeNameOf(machine)}`],
]

/** What kube-proxy says of a list that it does not get. */
const unlisted = (atMs: number, kind: string, why: string): readonly string[] => {
  const from = 'vendor/k8s.io/client-go/informers/factory.go:150:'
  const failed = `failed to list ${kind}: ${why}`
  return [
    klogOf('W', { atMs, source: 'reflector.go:535' }, `${from} ${failed}`),
    klogOf('E', { atMs, source: 'reflector.go:147' }, `${from} Failed to watch ${kind}: ${failed}`),
  ]
}

const RELIST_MS = 43_000
const APART_MS = 2_000

/** What kube-proxy says while it may not list its services, or gets nothing from the API server, which it asks by the address in its settings. */
const proxyComplaints = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const refused = proxyRefusal(world)
  if (refused !== undefined) return repeating(span, RELIST_MS, atMs => unlisted(atMs, '*v1.Service', refused))
  const server = proxyServer(world)
  const problem = server === undefined ? undefined : apiFailure(world, self, server)
  if (problem === undefined) return []
  return watched(self)
    .flatMap(([kind, path], place) =>
      repeating(span, RELIST_MS + place * APART_MS, atMs =>
        unlisted(atMs, kind, failedGet(`${server}${path}&limit=500&resourceVersion=0`, problem)),
      ),
    )
    .sort((a, b) => a.atMs - b.atMs)
}

/** kube-proxy: writes the services' rules; see the law of service rules. */
export const kubeProxy: Service = {
  listens: () => [tcp(10256), tcp(10249, '127.0.0.1')],
  dials: (world, { machine, unit }) => {
    if (unit !== undefined)
      return serversIn(machine, flagsOf(unit.execStart.split(' ')).kubeconfig ?? '', unit)
    const server = serverAt(proxyServer(world) ?? '')
    return server === undefined ? [] : [server]
  },
  ailment: proxyAilment,
  greeting: proxyGreeting,
  chatter: proxyComplaints,
  answers: proxyAnswers,
}

/** What a pod that watches the API server holds to it. */
export const dialService: NonNullable<Service['dials']> = world => [
  { host: serviceAddress(world), port: 443 },
]

/** A controller in a pod that needs the API server by its service address and ends when it cannot reach it at its start. */
export const inClusterController = (
  say: (world: World, self: Running) => readonly string[],
  complain: (problem: string, atMs: number) => string,
): Service => ({
  dials: dialService,
  greeting: (world, self) => say(world, self).map(text => ({ text })),
  ailment: (world, self) => {
    const startedMs = self.container?.startedMs ?? world.nowMs
    const problem = apiProblem(world, self)
    if (problem === undefined || !isStarting(world, self)) return undefined
    return { exit: exits(1), afterMs: 20_000, lines: [{ text: complain(problem, startedMs + 20_000) }] }
  },
  chatter: (world, self, span) => {
    const problem = apiProblem(world, self)
    return problem === undefined ? [] : repeating(span, 10_000, atMs => complain(problem, atMs))
  },
})

/** The provisioner of local volumes. */
export const localPathProvisioner = inClusterController(
  () => ['level=debug msg="Applied config: {}"', 'level=debug msg="Provisioner started"'],
  problem =>
    `level=fatal msg="Error starting daemon: Cannot start Provisioner: failed to get Kubernetes server version: ${quoted(failedGet('https://10.96.0.1:443/version?timeout=32s', problem))}"`,
)
