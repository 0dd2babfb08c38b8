import type { NewObject } from '../../kube/store.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { plainObject, workload } from '../kube/templates.ts'
import { onControlPlanes } from './k3s-setup.ts'

const NAMESPACE = 'kube-system'

/** What makes volumes in folders of the nodes. */
export const localPathProvisioner = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'local-path-provisioner',
    namespace: NAMESPACE,
    labels: { app: 'local-path-provisioner' },
    spec: {
      serviceAccountName: 'local-path-provisioner-service-account',
      tolerations: onControlPlanes,
      containers: [
        {
          name: 'local-path-provisioner',
          image: 'rancher/local-path-provisioner:v0.0.26',
          command: ['local-path-provisioner', 'start', '--config', '/etc/config/config.json'],
          env: [
            {
              name: 'POD_NAMESPACE',
              valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
            },
          ],
          volumeMounts: [{ mountPath: '/etc/config/', name: 'config-volume' }],
        },
      ],
      volumes: [{ configMap: { defaultMode: 420, name: 'local-path-config' }, name: 'config-volume' }],
    },
  })

const paths = `{
  "nodePathMap":[
  {
    "node":"DEFAULT_PATH_FOR_NON_LISTED_NODES",
    "paths":["${K3S_DATA}/storage"]
  }
  ]
}`

const helperPod = `apiVersion: v1
kind: Pod
metadata:
  name: helper-pod
spec:
  containers:
  - name: helper-pod
    image: "rancher/mirrored-library-busybox:1.36.1"
    imagePullPolicy: IfNotPresent
`

/** A script that works on the folder of one volume. */
const script = (...parts: readonly string[]): string => `#!/bin/sh\nset -eu\n${parts.join('{VOL_DIR}')}`

/** Where the folders of the volumes are, and how they are made and removed. */
export const localPathSettings = (): NewObject =>
  plainObject('ConfigMap', {
    name: 'local-path-config',
    namespace: NAMESPACE,
    data: {
      'config.json': paths,
      'helperPod.yaml': helperPod,
      setup: script('mkdir -m 0777 -p "$', '"\nchmod 700 "$', '/.."'),
      teardown: script('rm -rf "$', '"'),
    },
  })

/** The class of such volumes. */
export const localPathStorage = (): NewObject =>
  plainObject('StorageClass', {
    apiVersion: 'storage.k8s.io/v1',
    name: 'local-path',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    provisioner: 'rancher.io/local-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  })
