import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { WorldName } from '../../world/world.ts'

type Hook = {
  readonly name: string
  readonly service: KubeValue
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly version: string
}

const webhook = ({ name, service, groups, resources, version }: Hook): KubeValue => ({
  admissionReviewVersions: ['v1'],
  clientConfig: { service },
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  name,
  namespaceSelector: {},
  objectSelector: {},
  rules: [
    {
      apiGroups: groups,
      apiVersions: [version],
      operations: ['CREATE', 'UPDATE'],
      resources,
      scope: '*',
    },
  ],
  sideEffects: 'None',
  timeoutSeconds: 10,
})

const rancherKinds = {
  Validating: [
    'clusterroletemplatebindings',
    'clusters',
    'features',
    'globalrolebindings',
    'globalroles',
    'nodedrivers',
    'projectroletemplatebindings',
    'projects',
    'roletemplates',
    'settings',
    'tokens',
  ],
  Mutating: ['clusters', 'fleetworkspaces', 'globalrolebindings', 'projects'],
} as const

const rancher = (type: 'Validating' | 'Mutating'): readonly KubeValue[] =>
  rancherKinds[type].map(plural =>
    webhook({
      name: `rancher.cattle.io.${plural}.management.cattle.io`,
      service: {
        name: 'rancher-webhook',
        namespace: 'cattle-system',
        path: `/v1/webhook/${type === 'Validating' ? 'validation' : 'mutation'}/${plural}.management.cattle.io`,
        port: 443,
      },
      groups: ['management.cattle.io'],
      resources: [plural],
      version: 'v3',
    }),
  )

const certManager = (type: 'Validating' | 'Mutating'): KubeValue =>
  webhook({
    name: 'webhook.cert-manager.io',
    service: {
      name: 'cert-manager-webhook',
      namespace: 'cert-manager',
      path: type === 'Validating' ? '/validate' : '/mutate',
      port: 443,
    },
    groups: type === 'Validating' ? ['cert-manager.io', 'acme.cert-manager.io'] : ['cert-manager.io'],
    resources: type === 'Validating' ? ['*/*'] : ['certificaterequests'],
    version: 'v1',
  })

const configuration = (
  type: 'Validating' | 'Mutating',
  name: string,
  webhooks: readonly KubeValue[],
): NewObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: `${type}WebhookConfiguration`,
  metadata: { name, generation: 1 },
  webhooks,
})

/** What asks another server before something is stored: in k3s Rancher and the certificate manager, each for its own kinds. */
export const webhookObjects = (platform: WorldName): readonly NewObject[] =>
  platform === 'k3s'
    ? (['Validating', 'Mutating'] as const).flatMap(type => [
        configuration(type, 'cert-manager-webhook', [certManager(type)]),
        configuration(type, 'rancher.cattle.io', rancher(type)),
      ])
    : []
