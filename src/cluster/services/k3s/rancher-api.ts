import type { HttpAnswer } from '../service.ts'

const collection = (host: string): string =>
  `${JSON.stringify({ type: 'collection', links: { self: `https://${host}/` }, actions: {}, pagination: { limit: 1000, total: 4 }, sort: { order: 'asc', reverse: `https://${host}/?order=desc` }, resourceType: 'apiRoot' })}\n`

/** The setting for authorities of its own: empty, since its certificate is the ingress's. */
const certificatesSetting = (host: string): string =>
  `${JSON.stringify({ id: 'cacerts', type: 'setting', links: { self: `https://${host}/v3/settings/cacerts` }, name: 'cacerts', customized: false, default: '', source: 'default', value: '' })}\n`

/** The ways to log in that Rancher tells everybody: its own accounts. */
const providers = (host: string): string => {
  const self = `https://${host}/v3-public/authProviders`
  const type = 'localProvider'
  const local = {
    actions: { login: `${self}/local?action=login` },
    baseType: 'authProvider',
    creatorId: null,
    id: 'local',
    links: { self: `${self}/local` },
    logoutAllEnabled: false,
    logoutAllForced: false,
    logoutAllSupported: false,
    type,
  }
  const answer = {
    type: 'collection',
    links: { self },
    actions: {},
    pagination: { limit: 1000, total: 1 },
    sort: { order: 'asc', reverse: `${self}?order=desc` },
    resourceType: 'authProvider',
    data: [local],
  }
  return `${JSON.stringify(answer)}\n`
}

const json = (body: string, status = 200) => ({ status, body, contentType: 'application/json' })

const MUST_LOG_IN = `${JSON.stringify({ type: 'error', status: '401', message: 'must authenticate' })}\n`

type Asked = { readonly route: string; readonly host: string; readonly isAllowed: boolean }

/** What Rancher's API answers, to somebody who has logged in or not. */
export const publicAnswer = ({ route, host, isAllowed }: Asked): HttpAnswer => {
  if (route === '/v3/settings/cacerts') return json(certificatesSetting(host))
  if (route.startsWith('/v3-public/authProviders')) return json(providers(host))
  if (!isAllowed && /^\/(v1|v3|k8s)(\/|$)/.test(route)) return json(MUST_LOG_IN, 401)
  return json(collection(host))
}
