import { everyVerb, type Kind, kindsIn } from '../../kube/kinds.ts'
import type { World } from '../../world/world.ts'

type Version = { readonly groupVersion: string; readonly version: string }

const versionOf = (groupVersion: string): Version => ({
  groupVersion,
  version: groupVersion.split('/').at(-1) ?? '',
})

const groupOf = (name: string, kinds: readonly Kind[]): object => {
  const versions = [...new Set(kinds.filter(kind => kind.group === name).map(kind => kind.version))].map(
    versionOf,
  )
  return { name, versions, preferredVersion: versions[0] }
}

const resourceOf = ({ kind, names, plural, isNamespaced, verbs }: Kind): object => ({
  name: plural,
  singularName: names[1] ?? '',
  namespaced: isNamespaced,
  kind,
  verbs: verbs ?? everyVerb,
  ...(names.length > 2 ? { shortNames: names.slice(2) } : {}),
})

/** What the API server tells under a path of what it serves: its paths, groups, versions of a group, kinds of a version. */
export const discoveryAt = (world: World, path: string): object | undefined => {
  const kinds = kindsIn(world)
  const groups = [...new Set(kinds.map(kind => kind.group))].filter(group => group !== '')
  const versions = [...new Set(kinds.map(kind => kind.version))]
  const route = path.replace(/\?.*/s, '').replace(/(?<=.)\/$/, '')
  if (route === '/')
    return {
      paths: [
        '/api',
        '/api/v1',
        '/apis',
        ...groups.map(group => `/apis/${group}`),
        ...versions.filter(version => version !== 'v1').map(version => `/apis/${version}`),
        '/healthz',
        '/livez',
        '/metrics',
        '/openapi/v2',
        '/readyz',
        '/version',
      ].sort(),
    }
  if (route === '/api') return { kind: 'APIVersions', versions: ['v1'] }
  if (route === '/apis')
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(group => groupOf(group, kinds)) }
  const [, name = ''] = /^\/apis\/([^/]+)$/.exec(route) ?? []
  if (groups.includes(name)) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(name, kinds) }
  const groupVersion = route === '/api/v1' ? 'v1' : (/^\/apis\/([^/]+\/[^/]+)$/.exec(route)?.[1] ?? '')
  return versions.includes(groupVersion)
    ? {
        kind: 'APIResourceList',
        ...(groupVersion === 'v1' ? {} : { apiVersion: 'v1' }),
        groupVersion,
        resources: kinds.filter(kind => kind.version === groupVersion).map(resourceOf),
      }
    : undefined
}
