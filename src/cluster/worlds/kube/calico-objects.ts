import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { workload } from './templates.ts'

const NAMESPACE = 'kube-system'
const noExecuteToo = [
  { effect: 'NoSchedule', operator: 'Exists' },
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { effect: 'NoExecute', operator: 'Exists' },
]
/** Tolerations of what may also run on control plane machines. */
export const controlPlaneToo = [
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' },
]

const calicoProbe = (args: readonly string[]): KubeValue => ({
  exec: { command: ['/bin/calico-node', ...args] },
  failureThreshold: args.length > 1 ? 3 : 6,
  initialDelaySeconds: args.length > 1 ? 0 : 10,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 10,
})

/** Calico's agent on every node. */
export const calicoNode = (): NewObject =>
  workload({
    kind: 'DaemonSet',
    name: 'calico-node',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'calico-node' },
    spec: {
      serviceAccountName: 'calico-node',
      hostNetwork: true,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-node-critical',
      tolerations: noExecuteToo,
      initContainers: [
        { name: 'install-cni', image: 'docker.io/calico/cni:v3.26.4', command: ['/opt/cni/bin/install'] },
      ],
      containers: [
        {
          name: 'calico-node',
          image: 'docker.io/calico/node:v3.26.4',
          env: [
            { name: 'DATASTORE_TYPE', value: 'kubernetes' },
            { name: 'CLUSTER_TYPE', value: 'k8s,bgp' },
            { name: 'IP', value: 'autodetect' },
            { name: 'CALICO_IPV4POOL_IPIP', value: 'Never' },
            { name: 'CALICO_IPV4POOL_VXLAN', value: 'Always' },
            { name: 'FELIX_HEALTHENABLED', value: 'true' },
          ],
          livenessProbe: calicoProbe(['-felix-live']),
          readinessProbe: calicoProbe(['-felix-ready', '-bird-ready']),
          resources: { requests: { cpu: '250m' } },
          securityContext: { privileged: true },
          volumeMounts: [{ mountPath: '/var/lib/calico', name: 'var-lib-calico' }],
        },
      ],
      volumes: [{ hostPath: { path: '/var/lib/calico', type: 'DirectoryOrCreate' }, name: 'var-lib-calico' }],
    },
  })

/** Calico's controllers. */
export const calicoControllers = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'calico-kube-controllers',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'calico-kube-controllers' },
    spec: {
      serviceAccountName: 'calico-kube-controllers',
      priorityClassName: 'system-cluster-critical',
      tolerations: controlPlaneToo,
      containers: [
        {
          name: 'calico-kube-controllers',
          image: 'docker.io/calico/kube-controllers:v3.26.4',
          env: [
            { name: 'ENABLED_CONTROLLERS', value: 'node' },
            { name: 'DATASTORE_TYPE', value: 'kubernetes' },
          ],
        },
      ],
    },
  })
