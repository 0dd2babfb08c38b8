import type { NewObject } from '../../kube/store.ts'
import type { Platforms } from '../../world/platforms.ts'
import { plainManifest } from './plain-manifest.ts'

type Row = readonly [place: string, chart: string, appVersion: string]

const rows: readonly Row[] = [
  ['cattle-fleet-local-system/fleet-agent-local', 'fleet-agent-local-v0.0.0', ''],
  ['cattle-fleet-system/fleet', 'fleet-103.1.2+up0.9.2', '0.9.2'],
  ['cattle-fleet-system/fleet-crd', 'fleet-crd-103.1.2+up0.9.2', '0.9.2'],
  ['cattle-system/rancher', 'rancher-2.8.3', 'v2.8.3'],
  ['cattle-system/rancher-webhook', 'rancher-webhook-103.0.2+up0.4.3', '0.4.3'],
  ['cert-manager/cert-manager', 'cert-manager-v1.14.4', 'v1.14.4'],
  ['kube-system/traefik', 'traefik-25.0.2+up25.0.0', 'v2.10.5'],
  ['kube-system/traefik-crd', 'traefik-crd-25.0.2+up25.0.0', 'v2.10.5'],
]

/** Which of the objects belong to a release, by their names. */
const members: Readonly<Record<string, RegExp>> = {
  'fleet-agent-local': /^fleet-agent$/,
  fleet: /^(fleet-controller|gitjob)$/,
  rancher: /^rancher$/,
  'rancher-webhook': /^rancher-webhook$/,
  'cert-manager': /^cert-manager/,
  traefik: /^traefik$/,
}

const templated = new Set(['Deployment', 'Service', 'Ingress'])

/** What Helm installed in a cluster of k3s with Rancher. */
export type Installed = {
  readonly secrets: readonly NewObject[]
  readonly charts: NonNullable<Platforms['charts']>
}

/** What Helm installed in a cluster of k3s with Rancher, as Helm keeps it, a secret for each release, and the charts that it came from. */
export const helmReleases = (objects: readonly NewObject[], host: string): Installed => {
  const charts: NonNullable<Platforms['charts']> = {}
  const secrets = rows.map(([place, chart, appVersion]) => {
    const [namespace = '', name = ''] = place.split('/')
    const own = objects
      .map(plainManifest)
      .filter(
        ({ kind, metadata }) =>
          templated.has(kind) &&
          metadata.namespace === namespace &&
          members[name]?.test(metadata.name) === true,
      )
    charts[name] = { chart, appVersion, objects: own }
    const values = name === 'rancher' ? { hostname: host, replicas: 3 } : {}
    const content = {
      name,
      namespace,
      chart,
      appVersion,
      description: 'Install complete',
      values,
      objects: own,
    }
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `sh.helm.release.v1.${name}.v1`,
        namespace,
        labels: { name, owner: 'helm', status: 'deployed', version: '1' },
      },
      type: 'helm.sh/release.v1',
      data: { release: btoa(JSON.stringify(content)) },
    }
  })
  return { secrets, charts }
}
