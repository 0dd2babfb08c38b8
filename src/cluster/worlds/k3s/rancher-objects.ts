import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { plainObject, resourcesOf, service, workload } from '../kube/templates.ts'
import { httpProbe } from './system-objects.ts'

const CATTLE = 'cattle-system'
const FLEET = 'cattle-fleet-system'

const rancher = (host: string): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'rancher',
    namespace: CATTLE,
    labels: { app: 'rancher', release: 'rancher' },
    replicas: 3,
    spec: {
      serviceAccountName: 'rancher',
      priorityClassName: 'rancher-critical',
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              podAffinityTerm: {
                labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['rancher'] }] },
                topologyKey: 'kubernetes.io/hostname',
              },
              weight: 100,
            },
          ],
        },
      },
      containers: [
        {
          name: 'rancher',
          image: 'rancher/rancher:v2.8.3',
          args: ['--http-listen-port=80', '--https-listen-port=443', '--add-local=true'],
          env: [
            { name: 'CATTLE_NAMESPACE', value: CATTLE },
            { name: 'CATTLE_PEER_SERVICE', value: 'rancher' },
            { name: 'CATTLE_SERVER_URL', value: `https://${host}` },
          ],
          livenessProbe: httpProbe('/healthz', 80, { initialDelaySeconds: 60, periodSeconds: 30 }),
          readinessProbe: httpProbe('/healthz', 80, { initialDelaySeconds: 5, periodSeconds: 30 }),
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          resources: resourcesOf({ requests: '250m/512Mi' }),
        },
      ],
    },
  })

/** The agents through which Rancher reaches the cluster; they need Rancher to start. */
export const cattleAgent = (host: string): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'cattle-cluster-agent',
    namespace: CATTLE,
    labels: { app: 'cattle-cluster-agent' },
    replicas: 2,
    spec: {
      serviceAccountName: 'cattle',
      containers: [
        {
          name: 'cluster-register',
          image: 'rancher/rancher-agent:v2.8.3',
          env: [
            { name: 'CATTLE_CLUSTER', value: 'true' },
            { name: 'CATTLE_K8S_MANAGED', value: 'true' },
            { name: 'CATTLE_SERVER', value: `https://${host}` },
          ],
        },
      ],
    },
  })

type Small = {
  readonly namespace: string
  readonly name: string
  readonly image: string
  readonly port?: number
}

const small = ({ namespace, name, image, port }: Small): NewObject =>
  workload({
    kind: 'Deployment',
    name,
    namespace,
    labels: { app: name },
    spec: {
      serviceAccountName: name,
      containers: [
        {
          name,
          image,
          ...(port === undefined ? {} : { ports: [{ containerPort: port, protocol: 'TCP' }] }),
        },
      ],
    },
  })

const smalls: readonly Small[] = [
  { namespace: CATTLE, name: 'rancher-webhook', image: 'rancher/rancher-webhook:v0.4.3', port: 9443 },
  { namespace: FLEET, name: 'fleet-controller', image: 'rancher/fleet:v0.9.2', port: 8080 },
  { namespace: FLEET, name: 'gitjob', image: 'rancher/gitjob:v0.9.5' },
  { namespace: 'cattle-fleet-local-system', name: 'fleet-agent', image: 'rancher/fleet-agent:v0.9.2' },
  {
    namespace: 'cert-manager',
    name: 'cert-manager',
    image: 'quay.io/jetstack/cert-manager-controller:v1.14.4',
    port: 9402,
  },
  {
    namespace: 'cert-manager',
    name: 'cert-manager-cainjector',
    image: 'quay.io/jetstack/cert-manager-cainjector:v1.14.4',
  },
  {
    namespace: 'cert-manager',
    name: 'cert-manager-webhook',
    image: 'quay.io/jetstack/cert-manager-webhook:v1.14.4',
    port: 10_250,
  },
]

const ingress = (host: string): NewObject =>
  plainObject('Ingress', {
    apiVersion: 'networking.k8s.io/v1',
    name: 'rancher',
    namespace: CATTLE,
    spec: {
      ingressClassName: 'traefik',
      rules: [
        {
          host,
          http: {
            paths: [
              {
                backend: { service: { name: 'rancher', port: { number: 80 } } },
                path: '/',
                pathType: 'ImplementationSpecific',
              },
            ],
          },
        },
      ],
      tls: [{ hosts: [host], secretName: 'tls-rancher-ingress' }],
    },
    status: { loadBalancer: {} },
  })

const services = (): readonly NewObject[] => [
  service({
    name: 'rancher',
    namespace: CATTLE,
    clusterIP: '10.43.211.17',
    labels: { app: 'rancher', release: 'rancher' },
    selector: { app: 'rancher' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'https-internal', port: 443, targetPort: 443 },
    ],
  }),
  service({
    name: 'rancher-webhook',
    namespace: CATTLE,
    clusterIP: '10.43.9.161',
    selector: { app: 'rancher-webhook' },
    ports: [{ name: 'https', port: 443, targetPort: 9443 }],
  }),
  service({
    name: 'gitjob',
    namespace: FLEET,
    clusterIP: '10.43.164.80',
    selector: { app: 'gitjob' },
    ports: [{ name: 'http-80', port: 80, targetPort: 8080 }],
  }),
  service({
    name: 'cert-manager-webhook',
    namespace: 'cert-manager',
    clusterIP: '10.43.50.66',
    selector: { app: 'cert-manager-webhook' },
    ports: [{ name: 'https', port: 443, targetPort: 10_250 }],
  }),
]

/** The namespaces that Rancher and its parts live in. */
export const rancherNamespaces: readonly string[] = [
  CATTLE,
  FLEET,
  'cattle-fleet-local-system',
  'cattle-impersonation-system',
  'cert-manager',
  'fleet-default',
  'fleet-local',
]

/** Rancher, Fleet and the certificate manager. */
export const rancherObjects = (host: string): readonly NewObject[] => {
  const priority = plainObject('PriorityClass', {
    apiVersion: 'scheduling.k8s.io/v1',
    name: 'rancher-critical',
    value: 1_000_000_000,
    description: 'For what Rancher cannot do without.',
  })
  const all: readonly KubeValue[] = [
    priority,
    rancher(host),
    ...smalls.map(small),
    ingress(host),
    ...services(),
  ]
  return all
}
