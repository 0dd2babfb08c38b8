import { fetchUrl } from '../../relations/fetch-url.ts'
import type { BackendServer, ProxySection } from '../../relations/haproxy/read-settings.ts'
import { backendOf, serverInTurn } from '../../relations/haproxy/relay.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyState } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'
import type { HttpAnswer, HttpRequest } from '../service.ts'

/** An HAProxy at work. */
export type ProxyAtWork = { readonly world: World; readonly machine: Machine; readonly state: ProxyState }

const errorPage = (status: number, title: string, text: string): HttpAnswer => ({
  status,
  ...pageOf(`<html><body><h1>${status} ${title}</h1>\n${text}\n</body></html>\n`),
})

/** HAProxy's own pages say no more than they must. */
const pageOf = (body: string): Pick<HttpAnswer, 'body' | 'headers'> => ({
  body,
  headers: [`content-length: ${body.length}`, 'cache-control: no-cache', 'content-type: text/html'],
})

const redirect = ({ host = '', path }: HttpRequest): HttpAnswer => ({
  status: 301,
  body: '',
  headers: ['content-length: 0', `location: https://${host}${path}`],
})

const unavailable = errorPage(503, 'Service Unavailable', 'No server is available to handle this request.')
const badGateway = errorPage(502, 'Bad Gateway', 'The server returned an invalid or incomplete response.')
const timedOut = errorPage(504, 'Gateway Time-out', "The server didn't respond in time.")

const asOwn = (answer: HttpAnswer): HttpAnswer => ({
  ...answer,
  passage: { backend: '', server: '', isOwn: true },
})

const ask = ({ world, machine }: ProxyAtWork, server: BackendServer, request: HttpRequest): HttpAnswer => {
  const outcome = fetchUrl(world, {
    from: machine,
    scheme: server.isTls ? 'https' : 'http',
    host: server.address,
    port: server.port,
    path: request.path,
    method: request.method ?? 'GET',
    hostHeader: request.host,
    isAllowed: request.isAllowed,
    authorities: undefined,
    client: undefined,
  })
  if (outcome.kind === 'answered') return { ...outcome.answer, isRelayed: true }
  if (outcome.kind === 'no-connection') return asOwn(unavailable)
  return asOwn(outcome.kind === 'silent' ? timedOut : badGateway)
}

/** Sends a request on to a server of the section's backend; without one that is up HAProxy answers by itself. */
export const passOn = (proxy: ProxyAtWork, section: ProxySection, request: HttpRequest): HttpAnswer => {
  const nobody = { backend: section.name, server: '<NOSRV>' }
  if (section.redirects) return { ...redirect(request), passage: nobody }
  const backend = backendOf(proxy.state, section)
  const server = serverInTurn(proxy.world, proxy.state, backend)
  const name = backend?.name ?? section.name
  if (server === undefined) return { ...unavailable, passage: { ...nobody, backend: name } }
  const answer = ask(proxy, server, request)
  return { ...answer, passage: { ...answer.passage, backend: name, server: server.name } }
}
