import type { NewObject } from '../../kube/store.ts'
import { workload } from './templates.ts'

/** The provisioner of local volumes. */
export const localPath = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'local-path-provisioner',
    namespace: 'local-path-storage',
    labels: { app: 'local-path-provisioner' },
    spec: {
      serviceAccountName: 'local-path-provisioner-service-account',
      containers: [
        {
          name: 'local-path-provisioner',
          image: 'docker.io/rancher/local-path-provisioner:v0.0.26',
          command: ['local-path-provisioner', '--debug', 'start', '--config', '/etc/config/config.json'],
        },
      ],
    },
  })
