import { stringify } from 'yaml'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import type { World } from '../../world/world.ts'
import { plainManifest } from './plain-manifest.ts'
import { systemManifests } from './system-objects.ts'

/** The folder whose files k3s applies by itself. */
export const MANIFESTS = `${K3S_DATA}/server/manifests`

const chart = (name: string, spec: object): object => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name, namespace: 'kube-system' },
  spec: { chart: `https://%{KUBERNETES_API}%/static/charts/${name}-25.0.2+up25.0.0.tgz`, ...spec },
})

const charts: readonly object[] = [
  chart('traefik-crd', {}),
  chart('traefik', { set: { 'global.systemDefaultRegistry': '' } }),
]

const textOf = (objects: readonly object[]): string =>
  objects.map(object => `---\n${stringify(object, { lineWidth: 0 })}`).join('')

/** The manifests that k3s brings, by the path below its folder; it writes them anew whenever it starts. */
export const packagedManifests = (world: World): Readonly<Record<string, string>> => ({
  'ccm.yaml': '---\n',
  'rolebindings.yaml': '---\n',
  'traefik.yaml': textOf(charts),
  ...Object.fromEntries(
    Object.entries(systemManifests(world)).map(([path, objects]) => [
      path,
      textOf(objects.map(plainManifest)),
    ]),
  ),
})
