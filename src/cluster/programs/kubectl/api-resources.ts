import { allKinds, type Kind, kindsIn, verbsOf } from '../../kube/kinds.ts'
import type { Reply } from '../../shell/program.ts'
import type { World } from '../../world/world.ts'
import type { Client } from './client.ts'
import { servedKinds } from './served-kinds.ts'
import { formatTable } from './table.ts'

const byGroup = (a: Kind, b: Kind): number =>
  a.group === b.group ? (a.plural < b.plural ? -1 : 1) : a.group < b.group ? -1 : 1

const orders: Readonly<Record<string, (a: Kind, b: Kind) => number>> = {
  name: (a, b) => (a.plural < b.plural ? -1 : 1),
  kind: (a, b) => (a.kind < b.kind ? -1 : 1),
}

const categoriesOf = ({ kind, plural, columns }: Kind): readonly string[] =>
  columns === undefined && !kind.endsWith('Metrics') && allKinds.includes(plural) ? ['all'] : []

const chosen = ({ args: { flags } }: Client, served: readonly Kind[]): readonly Kind[] => {
  const verbs = flags.get('verbs')?.split(',') ?? []
  const categories = flags.get('categories')?.split(',') ?? []
  return served
    .filter(kind => !flags.has('namespaced') || String(kind.isNamespaced) === flags.get('namespaced'))
    .filter(kind => !flags.has('api-group') || kind.group === flags.get('api-group'))
    .filter(kind => verbs.every(verb => verbsOf(kind).includes(verb)))
    .filter(kind => categories.every(category => categoriesOf(kind).includes(category)))
    .sort(orders[flags.get('sort-by') ?? ''] ?? byGroup)
}

/** `kubectl api-resources`. */
export const apiResources = (client: Client): Reply => {
  const { call, args } = client
  const { flags } = args
  const format = flags.get('output')
  if (format !== undefined && format !== 'wide' && format !== 'name')
    return {
      stderr: `error: --output ${format} is not available\nSee 'kubectl api-resources -h' for help and examples\n`,
      exit: 1,
    }
  const { served, problem } = servedKinds(call.world)
  const failed = problem === undefined ? {} : { stderr: problem, exit: 1 }
  const shown = chosen(client, served)
  if (format === 'name')
    return {
      ...failed,
      stdout: shown.map(k => `${k.plural}${k.group === '' ? '' : `.${k.group}`}\n`).join(''),
    }
  const isWide = format === 'wide'
  const heads = [
    'NAME',
    'SHORTNAMES',
    'APIVERSION',
    'NAMESPACED',
    'KIND',
    ...(isWide ? ['VERBS', 'CATEGORIES'] : []),
  ]
  const rows = shown.map(k => [
    k.plural,
    k.names.slice(2).join(','),
    k.version,
    String(k.isNamespaced),
    k.kind,
    ...(isWide ? [verbsOf(k).join(','), categoriesOf(k).join(',')] : []),
  ])
  return { ...failed, stdout: formatTable([...(flags.has('no-headers') ? [] : [heads]), ...rows]) }
}

/** Older versions of a group that the API server of these releases serves beside the one that it prefers. */
const alsoServed: Readonly<Record<string, string>> = {
  'autoscaling/v2': 'autoscaling/v1',
  'flowcontrol.apiserver.k8s.io/v1beta3': 'flowcontrol.apiserver.k8s.io/v1beta2',
}

/** Every version of every group that the API server of a world serves. */
export const versionsIn = (world: World): readonly string[] => {
  const preferred = kindsIn(world).map(({ version }) => version)
  return [
    ...new Set(
      preferred.flatMap(version => [version, ...(alsoServed[version] ? [alsoServed[version]] : [])]),
    ),
  ].sort()
}

/** `kubectl api-versions`. */
export const apiVersions = ({ call }: Client): Reply => ({
  stdout: versionsIn(call.world)
    .map(version => `${version}\n`)
    .join(''),
})
