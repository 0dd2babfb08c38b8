import type { NewObject } from '../../kube/store.ts'
import { siteLogin } from '../../network/registry-login.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { cache, db } from './shop-stores.ts'
import { plainObject, podSpecOf, resourcesOf, service, workload } from './templates.ts'

const NAMESPACE = 'shop'
const pullSecret = [{ name: 'registry-credentials' }]

const http = (path: string, more: KubeValue): KubeValue => ({
  failureThreshold: 3,
  httpGet: { path, port: 'http', scheme: 'HTTP' },
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 2,
  ...more,
})

const database = {
  name: 'DATABASE_PASSWORD',
  valueFrom: { secretKeyRef: { key: 'password', name: 'shop-db' } },
}

const web = (registry: string): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'web',
    namespace: NAMESPACE,
    labels: { app: 'web' },
    replicas: 3,
    spec: {
      imagePullSecrets: pullSecret,
      containers: [
        {
          name: 'web',
          image: `${registry}/shop/web:1.4.2`,
          envFrom: [{ configMapRef: { name: 'web-config' } }],
          livenessProbe: http('/healthz', { initialDelaySeconds: 10 }),
          readinessProbe: http('/ready', { initialDelaySeconds: 3 }),
          ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
          resources: resourcesOf({ requests: '100m/128Mi', limits: '500m/256Mi' }),
        },
      ],
    },
  })

const worker = (registry: string): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'worker',
    namespace: NAMESPACE,
    labels: { app: 'worker' },
    replicas: 2,
    spec: {
      imagePullSecrets: pullSecret,
      containers: [
        {
          name: 'worker',
          image: `${registry}/shop/worker:2.3.0`,
          env: [
            { name: 'DATABASE_HOST', value: 'db.shop.svc.cluster.local' },
            { name: 'DATABASE_PORT', value: '5432' },
            database,
            { name: 'CACHE_HOST', value: 'cache' },
            { name: 'CACHE_PORT', value: '6379' },
          ],
          resources: resourcesOf({ requests: '50m/96Mi', limits: '250m/192Mi' }),
        },
      ],
    },
  })

const report = (registry: string): NewObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly-report', namespace: NAMESPACE, generation: 1 },
  spec: {
    concurrencyPolicy: 'Forbid',
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      metadata: { creationTimestamp: null },
      spec: {
        backoffLimit: 3,
        template: {
          metadata: { creationTimestamp: null },
          spec: podSpecOf({
            imagePullSecrets: pullSecret,
            restartPolicy: 'OnFailure',
            containers: [
              {
                name: 'report',
                image: `${registry}/shop/report:0.9.3`,
                args: ['--yesterday'],
                resources: resourcesOf({ requests: '50m/64Mi' }),
              },
            ],
          }),
        },
      },
    },
    schedule: '15 2 * * *',
    successfulJobsHistoryLimit: 3,
    suspend: false,
  },
  status: {},
})

const ingress = (): NewObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: NAMESPACE, generation: 1 },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.internal',
        http: {
          paths: [
            { backend: { service: { name: 'web', port: { number: 80 } } }, path: '/', pathType: 'Prefix' },
          ],
        },
      },
    ],
  },
  status: { loadBalancer: {} },
})

/** A shop: web servers behind a service and an ingress, a database with a volume, a cache, a worker that needs both, a nightly report. */
export const applicationObjects = (registry: string): readonly NewObject[] => [
  plainObject('ConfigMap', {
    name: 'web-config',
    namespace: NAMESPACE,
    data: { LOG_LEVEL: 'info', LISTEN: ':8080', CACHE_HOST: 'cache', CACHE_PORT: '6379' },
  }),
  plainObject('Secret', {
    name: 'shop-db',
    namespace: NAMESPACE,
    type: 'Opaque',
    data: { password: btoa('correct-horse'), username: btoa('shop') },
  }),
  plainObject('Secret', {
    name: 'registry-credentials',
    namespace: NAMESPACE,
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': btoa(JSON.stringify({ auths: { [registry]: siteLogin } })) },
  }),
  web(registry),
  worker(registry),
  db(),
  cache(),
  report(registry),
  service({
    name: 'web',
    namespace: NAMESPACE,
    clusterIP: '10.101.44.17',
    selector: { app: 'web' },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  }),
  service({
    name: 'db',
    namespace: NAMESPACE,
    clusterIP: '10.98.201.5',
    selector: { app: 'db' },
    ports: [{ name: 'postgres', port: 5432 }],
  }),
  service({
    name: 'cache',
    namespace: NAMESPACE,
    clusterIP: '10.99.14.80',
    selector: { app: 'cache' },
    ports: [{ name: 'redis', port: 6379 }],
  }),
  ingress(),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db-from-shop', namespace: NAMESPACE, generation: 1 },
    spec: {
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432, protocol: 'TCP' }] }],
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
    },
  },
]
