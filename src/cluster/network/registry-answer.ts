import { hasTag, knownImage } from '../kube/known-images.ts'
import { hashOf } from '../kube/pod.ts'
import type { HttpAnswer } from '../services/service.ts'

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

/** The list of all repositories: a registry of the site gives it, one for the whole world does not. */
const catalog = (host: string, held: readonly string[]): HttpAnswer =>
  host.endsWith('.internal')
    ? json(200, { repositories: [...new Set(held)].sort() })
    : json(401, {
        errors: [
          {
            code: 'UNAUTHORIZED',
            message: 'authentication required',
            detail: [{ Type: 'registry', Class: '', Name: 'catalog', Action: '*' }],
          },
        ],
      })

/** What an image registry answers to its API (docs.docker.com/registry/spec/api), given the repositories that it holds; `undefined` for what is no path of it, or where not all tags are known. */
export const registryAnswer = (
  { host, path }: { readonly host: string; readonly path: string },
  held: () => readonly string[],
): HttpAnswer | undefined => {
  const [route = ''] = path.split('?')
  if (!/(^|\.)registry[\w-]*\./.test(host) || !route.startsWith('/v2/')) return undefined
  if (route === '/v2/') return json(200, {})
  if (route === '/v2/_catalog') return catalog(host, held())
  const [, repository = '', asked = ''] = /^\/v2\/(.+)\/(tags\/list|manifests\/[^/]+)$/.exec(route) ?? []
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
