import type { NewObject } from '../../kube/store.ts'

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

/** What Helm installed in a cluster of k3s with Rancher, as Helm keeps it: a secret for each release. */
export const helmReleases: readonly NewObject[] = rows.map(([place, chart, appVersion]) => {
  const [namespace = '', name = ''] = place.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.${name}.v1`,
      namespace,
      annotations: { chart, appVersion },
      labels: { name, owner: 'helm', status: 'deployed', version: '1' },
    },
    type: 'helm.sh/release.v1',
    data: { release: btoa(JSON.stringify({ name, namespace, chart })) },
  }
})
