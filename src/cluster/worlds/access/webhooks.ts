import type { NewObject } from '../../kube/store.ts'
import { encodeCertificate } from '../../relations/certificate.ts'
import { webhookAuthority } from '../../services/k3s/webhook-certificate.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { WorldName } from '../../world/world.ts'

type Hook = {
  readonly name: string
  readonly service: KubeValue
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly version: string
  readonly operations?: readonly string[]
}

const CHANGES = ['CREATE', 'UPDATE']

const webhook = ({ name, service, groups, resources, version, operations = CHANGES }: Hook): KubeValue => ({
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
      operations,
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

const onNamespaces = ([name, operations]: readonly [string, readonly string[]]): KubeValue =>
  webhook({
    name: `rancher.cattle.io.${name}`,
    service: {
      name: 'rancher-webhook',
      namespace: 'cattle-system',
      path: '/v1/webhook/validation/namespaces',
      port: 443,
    },
    groups: [''],
    resources: ['namespaces'],
    version: 'v1',
    operations,
  })

/** Rancher looks at each namespace that is made or changed, so that nobody moves it into a project of others. */
const rancherNamespaces = (
  [
    ['namespaces', ['UPDATE']],
    ['namespaces.create-non-kubesystem', ['CREATE']],
  ] as const
).map(onNamespaces)

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

type Configuration = {
  readonly type: 'Validating' | 'Mutating'
  readonly name: string
  readonly webhooks: readonly KubeValue[]
  readonly createdMs: number
}

/** A configuration carries the authority of those whom it has asked. */
const trusting = ({ clientConfig, ...rest }: KubeValue, createdMs: number): KubeValue => ({
  ...rest,
  clientConfig: {
    caBundle: btoa(encodeCertificate(webhookAuthority(clientConfig.service.namespace, createdMs))),
    ...clientConfig,
  },
})

const configuration = ({ type, name, webhooks, createdMs }: Configuration): NewObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: `${type}WebhookConfiguration`,
  metadata: { name, generation: 1 },
  webhooks: webhooks.map(webhook => trusting(webhook, createdMs)),
})

/** What asks another server before something is stored: in k3s Rancher and the certificate manager, each for its own kinds. */
export const webhookObjects = (platform: WorldName, createdMs: number): readonly NewObject[] =>
  platform === 'k3s'
    ? (['Validating', 'Mutating'] as const).flatMap(type => [
        configuration({ type, createdMs, name: 'cert-manager-webhook', webhooks: [certManager(type)] }),
        configuration({
          type,
          createdMs,
          name: 'rancher.cattle.io',
          webhooks: type === 'Validating' ? [...rancher(type), ...rancherNamespaces] : rancher(type),
        }),
      ])
    : []
