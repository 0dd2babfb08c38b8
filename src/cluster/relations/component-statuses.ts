import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { componentsOf } from './components.ts'
import { etcdHealthOf } from './etcd-health.ts'

const status = (name: string, problem: string | undefined): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ComponentStatus',
  metadata: { name, uid: '', resourceVersion: '', creationTimestamp: '' },
  conditions: [
    problem === undefined
      ? { type: 'Healthy', status: 'True', message: 'ok' }
      : { type: 'Healthy', status: 'False', message: problem },
  ],
})

const refused = (port: number): string =>
  `Get "https://127.0.0.1:${port}/healthz": dial tcp 127.0.0.1:${port}: connect: connection refused`

/** What the API server says of scheduler, controller manager and etcd when it is asked for their status. */
export const componentStatuses = (world: World): readonly KubeObject[] => [
  status(
    'controller-manager',
    componentsOf(world, 'kube-controller-manager').length > 0 ? undefined : refused(10257),
  ),
  status('etcd-0', etcdHealthOf(world).hasQuorum ? undefined : 'context deadline exceeded'),
  status('scheduler', componentsOf(world, 'kube-scheduler').length > 0 ? undefined : refused(10259)),
]
