import { hasTag, knownImage } from '../kube/known-images.ts'
import { hashOf } from '../kube/pod.ts'
import type { HttpAnswer } from '../services/service.ts'
import { letsIn, wantsLogin } from './registry-login.ts'

const json = (status: number, body: unknown): HttpAnswer => ({
  status,
  body: `${JSON.stringify(body)}\n`,
  contentType: 'application/json; charset=utf-8',
})

const notFound = (code: string, message: string): HttpAnswer =>
  json(404, { errors: [{ code, message, detail: null }] })

const digest = (text: string): string => `sha256:${hashOf(text, 64)}`

const manifest = (repository: string, tag: string): HttpAnswer => {
  const type = 'application/vnd.docker.distribution.manifest.v2+json'
  const body = {
    schemaVersion: 2,
    mediaType: type,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: 6_872,
      digest: digest(`${repository}:${tag}/config`),
    },
    layers: [],
  }
  return { status: 200, body: `${JSON.stringify(body, undefined, 3)}\n`, contentType: type }
}

/** The answer to somebody who may not have that: of a repository, or of the list of all. */
const unauthorized = (detail: unknown): HttpAnswer =>
  json(401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail }] })

const CATALOG = [{ Type: 'registry', Class: '', Name: 'catalog', Action: '*' }]

/** The header lines of a registry that a site runs itself (distribution.github.io/distribution/spec/api). */
const siteLines = ({ status }: HttpAnswer): readonly string[] => [
  'Docker-Distribution-Api-Version: registry/2.0',
  ...(status === 401 ? ['Www-Authenticate: Basic realm="Registry Realm"'] : []),
  'X-Content-Type-Options: nosniff',
]

const partsOf = (route: string): { readonly repository: string; readonly asked: string } => {
  const [, repository = '', asked = ''] = /^\/v2\/(.+)\/(tags\/list|manifests\/[^/]+)$/.exec(route) ?? []
  return { repository, asked }
}

const answerTo = (host: string, route: string, held: () => readonly string[]): HttpAnswer | undefined => {
  if (route === '/v2/') return json(200, {})
  if (route === '/v2/_catalog')
    return wantsLogin(host) ? json(200, { repositories: [...new Set(held())].sort() }) : unauthorized(CATALOG)
  const { repository, asked } = partsOf(route)
  if (repository === '') return { status: 404, body: '404 page not found\n' }
  const image = knownImage(`${host}/${repository}`)
  if (image === undefined) return notFound('NAME_UNKNOWN', 'repository name not known to registry')
  if (asked === 'tags/list')
    return image.isExact === true ? json(200, { name: repository, tags: image.tags ?? [] }) : undefined
  const tag = asked.slice('manifests/'.length)
  return hasTag(`${host}/${repository}:${tag}`)
    ? manifest(repository, tag)
    : notFound('MANIFEST_UNKNOWN', 'manifest unknown')
}

const refusal = (route: string): HttpAnswer => {
  const { repository } = partsOf(route)
  if (repository !== '')
    return unauthorized([{ Type: 'repository', Class: '', Name: repository, Action: 'pull' }])
  return unauthorized(route === '/v2/_catalog' ? CATALOG : null)
}

/** What an image registry answers to its API (docs.docker.com/registry/spec/api), given the repositories that it holds; `undefined` for what is no path of it, or where not all tags are known. */
export const registryAnswer = (
  {
    host,
    path,
    login,
  }: { readonly host: string; readonly path: string; readonly login?: string | undefined },
  held: () => readonly string[],
): HttpAnswer | undefined => {
  const [route = ''] = path.split('?')
  if (!/(^|\.)registry[\w-]*\./.test(host) || !route.startsWith('/v2/')) return undefined
  const answer = letsIn(host, login) ? answerTo(host, route, held) : refusal(route)
  return answer === undefined || !wantsLogin(host) ? answer : { ...answer, moreHeaders: siteLines(answer) }
}
