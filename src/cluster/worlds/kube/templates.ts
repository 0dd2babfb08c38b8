import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'

/** Cpu and memory as `100m/128Mi`, for requests and limits. */
export type Resources = { readonly requests?: string | undefined; readonly limits?: string | undefined }

const amounts = (text: string): KubeValue => {
  const [cpu = '', memory = ''] = text.split('/')
  return { ...(cpu === '' ? {} : { cpu }), ...(memory === '' ? {} : { memory }) }
}

/** The resources of a container specification. */
export const resourcesOf = ({ requests, limits }: Resources): KubeValue => ({
  ...(limits === undefined ? {} : { limits: amounts(limits) }),
  ...(requests === undefined ? {} : { requests: amounts(requests) }),
})

/** Whether an image's name means whatever is newest: without a tag or a digest it does. */
const isLatest = (image: string): boolean =>
  !image.includes('@') && /^(latest)?$/.test(/:([^:/]*)$/.exec(image)?.[1] ?? '')

/** The fields that the API server fills in for every container. */
export const containerOf = (container: KubeValue): KubeValue => ({
  imagePullPolicy: isLatest(String(container.image)) ? 'Always' : 'IfNotPresent',
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  ...container,
})

/** The fields that the API server fills in for every pod specification. */
export const podSpecOf = (spec: KubeValue): KubeValue => ({
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: {},
  serviceAccount: spec.serviceAccountName ?? 'default',
  serviceAccountName: spec.serviceAccountName ?? 'default',
  terminationGracePeriodSeconds: 30,
  ...spec,
  containers: spec.containers.map(containerOf),
  ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(containerOf) }),
})

/** A workload that makes pods from a template. */
export type WorkloadOrder = {
  readonly kind: 'Deployment' | 'DaemonSet' | 'StatefulSet'
  readonly name: string
  readonly namespace: string
  /** Labels of its pods, by which it finds them. */
  readonly labels: Readonly<Record<string, string>>
  readonly replicas?: number
  readonly spec: KubeValue
  /** Further fields of its own specification. */
  readonly more?: KubeValue
}

const strategies: Readonly<Record<WorkloadOrder['kind'], KubeValue>> = {
  Deployment: {
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
  },
  DaemonSet: {
    revisionHistoryLimit: 10,
    updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
  },
  StatefulSet: {
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
  },
}

/** A workload object. */
export const workload = (order: WorkloadOrder): NewObject => ({
  apiVersion: 'apps/v1',
  kind: order.kind,
  metadata: {
    name: order.name,
    namespace: order.namespace,
    generation: 1,
    labels: { ...order.labels },
    ...(order.kind === 'Deployment' ? { annotations: { 'deployment.kubernetes.io/revision': '1' } } : {}),
  },
  spec: {
    ...(order.kind === 'DaemonSet' ? {} : { replicas: order.replicas ?? 1 }),
    ...strategies[order.kind],
    selector: { matchLabels: { ...order.labels } },
    template: {
      metadata: { creationTimestamp: null, labels: { ...order.labels } },
      spec: podSpecOf(order.spec),
    },
    ...order.more,
  },
  status: {},
})

/** A service that a name and a port are known for. */
export type ServiceOrder = {
  readonly name: string
  readonly namespace: string
  readonly clusterIP: string
  readonly selector?: Readonly<Record<string, string>>
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer'
  readonly labels?: Readonly<Record<string, string>>
  readonly ports: readonly {
    readonly name?: string
    readonly port: number
    readonly protocol?: string
    readonly targetPort?: number | string
    readonly nodePort?: number
  }[]
}

/** A service object. */
export const service = (order: ServiceOrder): NewObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: order.name,
    namespace: order.namespace,
    ...(order.labels === undefined ? {} : { labels: { ...order.labels } }),
  },
  spec: {
    clusterIP: order.clusterIP,
    clusterIPs: [order.clusterIP],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: order.ports.map(port => ({ protocol: 'TCP', targetPort: port.port, ...port })),
    ...(order.selector === undefined ? {} : { selector: { ...order.selector } }),
    sessionAffinity: 'None',
    type: order.type ?? 'ClusterIP',
  },
  status: { loadBalancer: {} },
})

/** An object of which name, namespace and content are all. */
export const plainObject = (
  kind: string,
  { apiVersion = 'v1', name, namespace, annotations, ...content }: KubeValue,
): NewObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(annotations === undefined ? {} : { annotations }),
  },
  ...content,
})

/** The service through which pods reach the API server. */
export const apiService = (clusterIP: string): NewObject =>
  service({
    name: 'kubernetes',
    namespace: 'default',
    clusterIP,
    labels: { component: 'apiserver', provider: 'kubernetes' },
    ports: [{ name: 'https', port: 443, targetPort: 6443 }],
  })
