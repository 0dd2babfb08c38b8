import { getObject, listObjects } from '../../kube/store.ts'
import { type Certificate, decodeCertificates } from '../../relations/certificate.ts'
import { fetchUrl } from '../../relations/fetch-url.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { dialService } from '../kube/network-agents.ts'
import { startedMsOf, type TimedLine, tcp } from '../kube/telling.ts'
import type { HttpAnswer, HttpRequest, Running, Service, Span } from '../service.ts'
import { ownCertificate } from './own-certificate.ts'
import { logfmt } from './start-lines.ts'

const WEB = 8_000
const SECURE = 8_443
const OWN = 9_000

const notFound: HttpAnswer = { status: 404, body: '404 page not found\n', contentType: 'text/plain' }
const noServer: HttpAnswer = { status: 503, body: 'no available server\n', contentType: 'text/plain' }

type Aim = { readonly namespace: string; readonly name: string; readonly port: number | string | undefined }

const fits = (rule: KubeValue, { host, path }: HttpRequest): KubeValue | undefined => {
  if (rule.host !== undefined && rule.host !== host) return undefined
  return (rule.http?.paths ?? []).find((one: KubeValue) => path.startsWith(one.path ?? '/'))
}

const aimOf = (world: World, request: HttpRequest): Aim | undefined => {
  for (const ingress of listObjects(world.kube, 'Ingress'))
    for (const rule of ingress.spec?.rules ?? []) {
      const found = fits(rule, request)
      if (found === undefined) continue
      const { name, port } = found.backend.service
      return { namespace: ingress.metadata.namespace ?? 'default', name, port: port?.number ?? port?.name }
    }
  return undefined
}

const portNameOf = (service: KubeObject | undefined, port: Aim['port']): string | undefined =>
  service?.spec?.ports?.find((one: KubeValue) => one.port === port || one.name === port)?.name

const endpointsOf = (world: World, { namespace, name, port }: Aim) => {
  const service = getObject(world.kube, { kind: 'Service', namespace, name })
  const portName = portNameOf(service, port)
  const endpoints = getObject(world.kube, { kind: 'Endpoints', namespace, name })
  return ((endpoints?.subsets ?? []) as KubeValue[]).flatMap(subset => {
    const found =
      subset.ports?.find((one: KubeValue) => (one.name ?? '') === (portName ?? '')) ?? subset.ports?.[0]
    return (subset.addresses ?? []).map((one: KubeValue) => ({
      host: one.ip as string,
      port: found?.port as number,
    }))
  })
}

const passOn = (world: World, self: Running, request: HttpRequest): HttpAnswer => {
  const aim = aimOf(world, request)
  if (aim === undefined) return notFound
  const endpoints = endpointsOf(world, aim)
  const endpoint = endpoints[Math.floor(world.nowMs / 1_000) % Math.max(1, endpoints.length)]
  if (endpoint === undefined) return noServer
  const outcome = fetchUrl(world, {
    from: self.machine,
    scheme: 'http',
    host: endpoint.host,
    port: endpoint.port,
    path: request.path,
    method: request.method ?? 'GET',
    hostHeader: request.host,
    isAllowed: request.isAllowed,
    authorities: undefined,
    client: undefined,
  })
  if (outcome.kind === 'answered') return outcome.answer
  return outcome.kind === 'no-connection' && outcome.because === 'timeout'
    ? { status: 504, body: 'Gateway Timeout' }
    : { status: 502, body: 'Bad Gateway' }
}

/** The secrets in which Ingresses name their certificates. */
const namedSecrets = (world: World) =>
  listObjects(world.kube, 'Ingress').flatMap(({ metadata, spec }) =>
    ((spec?.tls ?? []) as KubeValue[]).flatMap(({ hosts = [], secretName }) => {
      const namespace = metadata.namespace ?? 'default'
      if (secretName === undefined) return []
      const secret = getObject(world.kube, { kind: 'Secret', namespace, name: secretName })
      return [{ ingress: metadata.name, namespace, name: secretName as string, hosts, secret }]
    }),
  )

const certificateFor = (world: World, host: string): Certificate | undefined => {
  for (const { hosts, secret } of namedSecrets(world))
    if (hosts.includes(host)) return decodeCertificates(atob(secret?.data?.['tls.crt'] ?? ''))[0]
  return undefined
}

/** Told whenever the settings are built anew, which is when one of the objects that they come from changes. */
const secretProblems = (world: World, self: Running, span: Span): readonly TimedLine[] =>
  namedSecrets(world).flatMap(({ ingress, namespace, name, secret }) => {
    if (secret !== undefined) return []
    const text = `Error configuring TLS: secret ${namespace}/${name} does not exist`
    const atMs = span.toMs
    const isTold = self.container?.log.some(line => line.text.includes(text)) === true
    const fields = `namespace=${namespace} providerName=kubernetes ingress=${ingress}`
    return isTold ? [] : [{ atMs, text: `${logfmt(self, 'error', { atMs, text })} ${fields}` }]
  })

/** Traefik, the ingress controller of k3s: sends a request to a pod behind the service that an Ingress names for its host. */
export const traefik: Service = {
  dials: dialService,
  listens: () => [tcp(WEB), tcp(SECURE), tcp(OWN), tcp(9_100)],
  greeting: (world, self) => {
    const atMs = startedMsOf(world, self)
    return [{ text: logfmt(self, 'info', { atMs, text: 'Configuration loaded from flags.' }) }]
  },
  secures: (world, self, port) =>
    port === SECURE
      ? {
          certificate: ownCertificate(self, 'TRAEFIK DEFAULT CERT'),
          clientAuthorities: undefined,
          forName: host => certificateFor(world, host),
        }
      : undefined,
  chatter: secretProblems,
  answers: (world, self, request) => {
    if (request.port === OWN) return request.path === '/ping' ? { status: 200, body: 'OK' } : notFound
    return request.port === 9_100 ? undefined : passOn(world, self, request)
  },
}
