import { listObjects, putObject, touchObject } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import type { KubeObject, KubeStore, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** A revision of a release as Helm keeps it in a secret. Values are what somebody gave beside those of the chart. */
export type Release = {
  readonly name: string
  readonly namespace: string
  readonly revision: number
  readonly updatedMs: number
  readonly status: string
  readonly chart: string
  readonly appVersion: string
  readonly description: string
  readonly values: KubeValue
  readonly objects: readonly KubeValue[]
  readonly secret: KubeObject
}

/** What Helm writes beside a revision's status where nothing else is kept. */
const descriptions: Readonly<Record<string, string>> = {
  'pending-install': 'Initial install underway',
  'pending-upgrade': 'Preparing upgrade',
  'pending-rollback': 'Preparing rollback',
}

const contentOf = ({ data }: KubeObject): KubeValue => {
  try {
    return JSON.parse(atob(data?.release ?? ''))
  } catch {
    return {}
  }
}

const releaseOf = (secret: KubeObject): Release => {
  const { labels = {}, namespace = '', creationTimestamp } = secret.metadata
  const { chart = '', appVersion = '', description, values = {}, objects = [] } = contentOf(secret)
  const status = labels.status ?? 'deployed'
  return {
    name: labels.name ?? '',
    namespace,
    revision: Number(labels.version ?? 1),
    updatedMs: msOf(creationTimestamp),
    status,
    chart,
    appVersion,
    description: descriptions[status] ?? description ?? 'Install complete',
    values,
    objects,
    secret,
  }
}

/** All revisions of all releases in a namespace, or everywhere, the oldest first. */
export const releasesIn = (store: KubeStore, namespace: string | undefined): readonly Release[] =>
  listObjects(store, 'Secret', namespace)
    .filter(({ type }) => type === 'helm.sh/release.v1')
    .map(releaseOf)
    .sort((a, b) => a.revision - b.revision)

/** The newest revision of each release. */
export const newestIn = (store: KubeStore, namespace: string | undefined): readonly Release[] => [
  ...new Map(releasesIn(store, namespace).map(r => [`${r.namespace}/${r.name}`, r])).values(),
]

/** The name without the version of a chart: `cert-manager` of `cert-manager-v1.14.4`. */
export const chartNameOf = (chart: string): string => chart.replace(/-v?\d+\.\d+.*$/, '')

/** Keeps a new revision, and tells those that were deployed before that another has taken their place. */
export const keepRelease = (world: World, release: Omit<Release, 'secret' | 'updatedMs'>): Release => {
  const { name, namespace, revision, status, ...content } = release
  for (const past of releasesIn(world.kube, namespace))
    if (past.name === name && past.status !== 'failed' && status !== 'failed')
      setStatus(world, past, 'superseded')
  const { chart, appVersion, description, values, objects } = content
  const secret = putObject(world, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      namespace,
      labels: { name, owner: 'helm', status, version: String(revision) },
    },
    type: 'helm.sh/release.v1',
    data: {
      release: btoa(JSON.stringify({ name, namespace, chart, appVersion, description, values, objects })),
    },
  })
  return releaseOf(secret)
}

/** Notes how a revision stands now. */
export const setStatus = (world: World, { secret }: Release, status: string): void => {
  if (secret.metadata.labels?.status === status) return
  secret.metadata.labels = { ...secret.metadata.labels, status }
  touchObject(world, secret)
}
