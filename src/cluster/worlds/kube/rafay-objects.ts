import type { NewObject } from '../../kube/store.ts'
import { resourcesOf, workload } from './templates.ts'

/** Rafay's own pods in a managed cluster. */
export const rafayObjects = (): readonly NewObject[] =>
  [
    { name: 'controller-manager-v3', image: 'registry.rafay-edge.net/rafay/cluster-controller:r2.6' },
    { name: 'edge-client', image: 'registry.rafay-edge.net/rafay/edge-client:r2.6' },
    { name: 'relay-agent', image: 'registry.rafay-edge.net/rafay/relay-agent:r2.6' },
    { name: 'rafay-connector-v3', image: 'registry.rafay-edge.net/rafay/connector:r2.6' },
  ].map(({ name, image }) =>
    workload({
      kind: 'Deployment',
      name,
      namespace: 'rafay-system',
      labels: { app: name },
      spec: {
        serviceAccountName: 'system-sa',
        containers: [
          {
            name: name.replace(/-v3$/, ''),
            image,
            resources: resourcesOf({ requests: '50m/64Mi', limits: '/256Mi' }),
          },
        ],
      },
    }),
  )
