import { minorOf } from '../kube/minor-version.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { componentsOf } from './components.ts'
import { etcdHealthOf } from './etcd-health.ts'

const status = (name: string, problem: string | undefined, message = 'ok'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ComponentStatus',
  metadata: { name, uid: '', resourceVersion: '', creationTimestamp: '' },
  conditions: [
    problem === undefined
      ? { type: 'Healthy', status: 'True', message }
      : { type: 'Healthy', status: 'False', message: problem },
  ],
})

const refused = (port: number): string =>
  `Get "https://127.0.0.1:${port}/healthz": dial tcp 127.0.0.1:${port}: connect: connection refused`

/** The first minor release that no longer passes on what etcd answers. */
const TELLS_ONLY_OK = 26

/** What the API server says of scheduler, controller manager and etcd when it is asked for their status. */
export const componentStatuses = (world: World): readonly KubeObject[] => [
  status(
    'controller-manager',
    componentsOf(world, 'kube-controller-manager').length > 0 ? undefined : refused(10257),
  ),
  status(
    'etcd-0',
    etcdHealthOf(world).hasQuorum ? undefined : 'context deadline exceeded',
    minorOf(world) < TELLS_ONLY_OK ? '{"health":"true"}' : 'ok',
  ),
  status('scheduler', componentsOf(world, 'kube-scheduler').length > 0 ? undefined : refused(10259)),
]
