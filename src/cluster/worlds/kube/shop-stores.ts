import type { NewObject } from '../../kube/store.ts'
import { resourcesOf, workload } from './templates.ts'

const NAMESPACE = 'shop'

/** The database of the shop: a stateful set with a claim. */
export const db = (): NewObject =>
  workload({
    kind: 'StatefulSet',
    name: 'db',
    namespace: NAMESPACE,
    labels: { app: 'db' },
    spec: {
      containers: [
        {
          name: 'postgres',
          image: 'docker.io/library/postgres:15.6',
          env: [
            { name: 'POSTGRES_DB', value: 'shop' },
            { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: 'shop-db' } } },
            { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
          ],
          ports: [{ containerPort: 5432, name: 'postgres', protocol: 'TCP' }],
          readinessProbe: {
            exec: { command: ['pg_isready', '-U', 'postgres'] },
            failureThreshold: 3,
            periodSeconds: 10,
            successThreshold: 1,
            timeoutSeconds: 1,
          },
          resources: resourcesOf({ requests: '250m/256Mi', limits: '1/512Mi' }),
          volumeMounts: [{ mountPath: '/var/lib/postgresql/data', name: 'data' }],
        },
      ],
    },
    more: {
      serviceName: 'db',
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { creationTimestamp: null, name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '10Gi' } },
            storageClassName: 'local-path',
            volumeMode: 'Filesystem',
          },
        },
      ],
    },
  })

/** The cache of the shop. */
export const cache = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'cache',
    namespace: NAMESPACE,
    labels: { app: 'cache' },
    spec: {
      containers: [
        {
          name: 'redis',
          image: 'docker.io/library/redis:7.2.4',
          ports: [{ containerPort: 6379, name: 'redis', protocol: 'TCP' }],
          readinessProbe: {
            failureThreshold: 3,
            periodSeconds: 10,
            successThreshold: 1,
            tcpSocket: { port: 6379 },
            timeoutSeconds: 1,
          },
          resources: resourcesOf({ requests: '50m/64Mi', limits: '/128Mi' }),
        },
      ],
    },
  })
