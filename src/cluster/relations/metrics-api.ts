import { getObject } from '../kube/store.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { apiServers } from './api-server.ts'
import { type Connection, connect } from './connect.ts'
import { inStep } from './in-step.ts'
import { insideOf } from './inside.ts'
import { lacksServing } from './kubelet-serving.ts'
import { endpointsOf, type RunningContainer, runningContainers } from './pods.ts'
import { hasTwoRounds } from './scrape-rounds.ts'
import { proxyClientProblem, reviewProblem } from './server-clients.ts'
import { isMute } from './stopped.ts'

const KUBELET_PORT = 10_250

/** Whether an API that another server gives is there, as the condition of its APIService says it. */
export type Availability = {
  readonly isAvailable: boolean
  readonly reason: string
  readonly message: string
}

const unavailable = (reason: string, message: string): Availability => ({
  isAvailable: false,
  reason,
  message,
})

/** Why the API server's question for what another server gives, at a URL, is not answered. */
const askProblem = (world: World, { address, port, url }: Server): string | undefined => {
  const server = apiServers(world)[0]
  if (server === undefined) return undefined
  const dialed = connect(world, { from: server.machine, address, port, protocol: 'tcp' })
  const unasked = dialProblem(dialed, { address, port })
  if (unasked !== undefined) return `Get "${url}": ${unasked}`
  const at = dialed.kind === 'open' ? dialed.machine : undefined
  return at !== undefined && proxyClientProblem(world, server, at) !== undefined
    ? `bad status from ${url}: 401`
    : undefined
}

type Server = { readonly address: string; readonly port: number; readonly url: string }

const dialProblem = (
  dialed: Connection,
  { address, port }: Pick<Server, 'address' | 'port'>,
): string | undefined => {
  if (dialed.kind === 'open')
    return isMute(dialed)
      ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
      : undefined
  if (dialed.kind === 'refused') return `dial tcp ${address}:${port}: connect: connection refused`
  return dialed.kind === 'timeout'
    ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
    : `dial tcp ${address}:${port}: connect: no route to host`
}

/** Whether the server behind an APIService answers; one without a service is the API server itself. */
export const availabilityOf = (world: World, { spec }: KubeObject): Availability => {
  if (spec?.service === undefined)
    return { isAvailable: true, reason: 'Local', message: 'Local APIServices are always available' }
  const { name, namespace, port = 443 } = spec.service
  const service = getObject(world.kube, { kind: 'Service', namespace, name })
  if (service === undefined)
    return unavailable('ServiceNotFound', `service/${name} in "${namespace}" is not present`)
  if (endpointsOf(world.kube, service).length === 0)
    return unavailable(
      'MissingEndpoints',
      `endpoints for service/${name} in "${namespace}" have no addresses with port name "${service.spec?.ports?.[0]?.name ?? ''}"`,
    )
  const address: string = service.spec?.clusterIP ?? ''
  const url = `https://${address}:${port}/apis/${spec.group}/${spec.version}`
  const problem = askProblem(world, { address, port, url })
  return problem === undefined
    ? { isAvailable: true, reason: 'Passed', message: 'all checks passed' }
    : unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: ${problem}`)
}

/** The APIService through which `kubectl top` asks. */
export const metricsApiOf = (world: World): KubeObject | undefined =>
  getObject(world.kube, { kind: 'APIService', name: 'v1beta1.metrics.k8s.io' })

const addressOf = (node: KubeObject): string =>
  node.status?.addresses?.find((a: KubeValue) => a.type === 'InternalIP')?.address ?? ''

/** What a kubelet answers that cannot ask the API server whose token it was shown. */
const UNREVIEWED = 'request failed, status: "401 Unauthorized"'

const scrape = (world: World, from: RunningContainer, address: string): string | undefined => {
  const inside = insideOf(world, from.machine, from.container)
  const dialed = connect(world, { from: inside, address, port: KUBELET_PORT, protocol: 'tcp' })
  const dial = `dial tcp ${address}:${KUBELET_PORT}:`
  if (dialed.kind === 'refused') return `${dial} connect: connection refused`
  if (dialed.kind === 'timeout' || (dialed.kind === 'open' && isMute(dialed)))
    return 'context deadline exceeded'
  if (dialed.kind !== 'open') return `${dial} connect: no route to host`
  if (dialed.machine === undefined) return undefined
  if (lacksServing(dialed.machine)) return 'remote error: tls: internal error'
  return reviewProblem(world, dialed.machine) === undefined ? undefined : UNREVIEWED
}

/** Why a metrics-server gets no figures from a node's kubelet, in the words of its log; `undefined` when it does. */
export const scrapeProblem = (world: World, from: RunningContainer, node: KubeObject): string | undefined => {
  const address = addressOf(node)
  const problem = inStep(world, `scrape/${from.container.id}/${address}`, () => scrape(world, from, address))
  return problem === undefined || problem === UNREVIEWED
    ? problem
    : `Get "https://${address}:${KUBELET_PORT}/metrics/resource": ${problem}`
}

/** Whether some metrics-server gets figures from a node and has asked twice. */
export const isMeasured = (world: World, node: KubeObject): boolean =>
  runningContainers(world, 'metrics-server').some(
    server =>
      hasTwoRounds(world, server.container.startedMs) && scrapeProblem(world, server, node) === undefined,
  )
