import { fitsSelector } from '../../kube/labels.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { serviceOf } from '../../services/services.ts'
import { decodeBase64 } from '../../text/base64.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { apiServers } from '../api-server.ts'
import { checkCertificate, decodeCertificates, x509Text } from '../certificate.ts'
import { machineNowMs } from '../clock.ts'
import { connect } from '../connect.ts'
import { hostAddressOf } from '../host-address.ts'
import { endpointsOf } from '../pods.ts'

/** What is asked of the API server: an object as it would be stored, the plural of its kind and its group. */
export type Admission = {
  readonly object: KubeObject
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  readonly plural: string
}

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.includes('*') || list.includes(value)

/** A rule may name a resource with its parts, or all of them. */
const hasResource = (list: readonly string[] | undefined, plural: string): boolean =>
  has(list, plural) || list?.some(one => one === '*/*' || one === `${plural}/*`) === true

const concerns = (world: World, webhook: KubeValue, { object, operation, plural }: Admission): boolean => {
  // Whoever has locked themselves out can always change what locks them out.
  if (object.kind.endsWith('WebhookConfiguration')) return false
  const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : ''
  const { namespace } = object.metadata
  const labels =
    namespace === undefined
      ? undefined
      : getObject(world.kube, { kind: 'Namespace', name: namespace })?.metadata.labels
  const own = { 'kubernetes.io/metadata.name': namespace ?? '' }
  return (
    (webhook.rules ?? []).some(
      (rule: KubeValue) =>
        has(rule.operations, operation) && has(rule.apiGroups, group) && hasResource(rule.resources, plural),
    ) &&
    (namespace === undefined || fitsSelector({ ...own, ...labels }, webhook.namespaceSelector)) &&
    fitsSelector(object.metadata.labels, webhook.objectSelector)
  )
}

const urlOf = ({ clientConfig = {}, timeoutSeconds = 10 }: KubeValue): string => {
  const { service, url = '' } = clientConfig
  const base =
    service === undefined
      ? url
      : `https://${service.name}.${service.namespace}.svc:${service.port ?? 443}${service.path ?? '/'}`
  return `${base}?timeout=${timeoutSeconds}s`
}

/** The server that a webhook is asked at: its address, the name that it must show, and who must have signed it. */
type WebhookServer = {
  readonly address: string
  readonly port: number
  readonly host: string
  readonly caBundle: string | undefined
}

const dialProblem = (world: World, { address, port, host, caBundle = '' }: WebhookServer) => {
  const server = apiServers(world)[0]
  if (server === undefined) return undefined
  const dialed = connect(world, { from: server.machine, address, port, protocol: 'tcp' })
  const dial = `dial tcp ${address}:${port}: connect:`
  if (dialed.kind === 'refused') return `${dial} connection refused`
  if (dialed.kind === 'timeout') return 'context deadline exceeded'
  if (dialed.kind !== 'open') return `${dial} no route to host`
  if (dialed.machine === undefined || dialed.held === undefined) return undefined
  const self = { machine: dialed.machine, unit: dialed.held.unit, container: dialed.held.container }
  const service = serviceOf((self.unit ?? self.container)?.service ?? '')
  const shown = service.secures?.(world, self, dialed.port)?.certificate
  if (shown === undefined) return 'http: server gave HTTP response to HTTPS client'
  const check = {
    authorities: decodeCertificates(decodeBase64(caBundle) ?? ''),
    atMs: machineNowMs(world, server.machine),
    host,
  }
  const wrong = checkCertificate(shown, check)
  return wrong === undefined
    ? undefined
    : `tls: failed to verify certificate: ${x509Text(shown, wrong, check)}`
}

const serviceProblem = (world: World, { service: wanted, caBundle }: KubeValue): string | undefined => {
  const { name, namespace, port = 443 } = wanted
  const service = getObject(world.kube, { kind: 'Service', namespace, name })
  if (service === undefined) return `service "${name}" not found`
  const endpoint = endpointsOf(world.kube, service)[0]
  if (endpoint === undefined) return `no endpoints available for service "${name}"`
  return service.spec?.ports?.some((p: KubeValue) => p.port === port)
    ? dialProblem(world, {
        address: service.spec.clusterIP,
        port,
        host: `${name}.${namespace}.svc`,
        caBundle,
      })
    : `no service port ${port} found for service "${name}"`
}

const urlProblem = (world: World, { url = '', caBundle }: KubeValue): string | undefined => {
  const server = apiServers(world)[0]
  const { hostname = '', port = '' } = URL.canParse(url) ? new URL(url) : {}
  if (server === undefined) return undefined
  const found = hostAddressOf(world, server.machine, hostname)
  return found.kind === 'failed'
    ? `dial tcp: lookup ${hostname}${found.text}`
    : dialProblem(world, { address: found.address, port: Number(port) || 443, host: hostname, caBundle })
}

const callProblem = (world: World, webhook: KubeValue): string | undefined => {
  const client = webhook.clientConfig ?? {}
  const problem = client.service === undefined ? urlProblem(world, client) : serviceProblem(world, client)
  return problem === undefined
    ? undefined
    : `failed calling webhook "${webhook.name}": failed to call webhook: Post "${urlOf(webhook)}": ${problem}`
}

/** Why a webhook that must be asked about a write could not be; those that may be left out are. */
export const webhookProblem = (world: World, admission: Admission): string | undefined => {
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'])
    for (const { webhooks = [] } of listObjects(world.kube, kind))
      for (const webhook of webhooks) {
        if (webhook.failurePolicy === 'Ignore' || !concerns(world, webhook, admission)) continue
        const problem = callProblem(world, webhook)
        if (problem !== undefined) return problem
      }
  return undefined
}
