import { getObject, listObjects, putObject, removeObject, touchObject } from '../../kube/store.ts'
import { clusterHosts, isUnitRunning } from '../../relations/cluster-hosts.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { isPodReady } from './make-pod.ts'

const NAMESPACE = 'kube-system'
const ACCOUNT = 'svclb'
const IMAGE = 'rancher/klipper-lb:v0.4.7'

const setNameOf = ({ metadata }: KubeObject): string => `svclb-${metadata.name}-${metadata.uid.slice(0, 8)}`

const containerFor = (service: KubeObject, port: KubeValue): KubeValue => {
  const protocol = (port.protocol ?? 'TCP').toLowerCase()
  return {
    name: `lb-${protocol}-${port.port}`,
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'SRC_PORT', value: String(port.port) },
      { name: 'SRC_RANGES', value: '0.0.0.0/0' },
      { name: 'DEST_PROTO', value: port.protocol ?? 'TCP' },
      { name: 'DEST_PORT', value: String(port.port) },
      { name: 'DEST_IPS', value: service.spec.clusterIP },
    ],
    ports: [
      {
        containerPort: port.port,
        hostPort: port.port,
        name: `lb-${protocol}-${port.port}`,
        protocol: port.protocol ?? 'TCP',
      },
    ],
    resources: {},
    securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  }
}

const tolerated = [
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/master', operator: 'Exists' },
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
]

const templateFor = (service: KubeObject): KubeValue => {
  const app = setNameOf(service)
  const { name, namespace } = service.metadata
  return {
    metadata: {
      creationTimestamp: null,
      labels: {
        app,
        'svccontroller.k3s.cattle.io/svcname': name,
        'svccontroller.k3s.cattle.io/svcnamespace': namespace,
      },
    },
    spec: {
      automountServiceAccountToken: false,
      containers: service.spec.ports.map((port: KubeValue) => containerFor(service, port)),
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      serviceAccount: ACCOUNT,
      serviceAccountName: ACCOUNT,
      terminationGracePeriodSeconds: 30,
      tolerations: tolerated,
    },
  }
}

const makeSet = (world: World, service: KubeObject): void => {
  const name = setNameOf(service)
  putObject(world, {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name,
      namespace: NAMESPACE,
      generation: 1,
      labels: {
        'objectset.rio.cattle.io/hash': service.metadata.uid.replaceAll('-', '').slice(0, 32),
        'svccontroller.k3s.cattle.io/nodeselector': 'false',
        'svccontroller.k3s.cattle.io/svcname': service.metadata.name,
        'svccontroller.k3s.cattle.io/svcnamespace': service.metadata.namespace ?? '',
      },
    },
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: { app: name } },
      template: templateFor(service),
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
    status: {},
  })
}

const portsIn = (containers: readonly KubeValue[] | undefined): string =>
  (containers ?? []).map(one => one.name).join()

const syncSet = (world: World, service: KubeObject): void => {
  const name = setNameOf(service)
  const set = getObject(world.kube, { kind: 'DaemonSet', namespace: NAMESPACE, name })
  if (set === undefined) {
    makeSet(world, service)
    return
  }
  const template = templateFor(service)
  if (portsIn(set.spec.template.spec.containers) === portsIn(template.spec.containers)) return
  set.spec.template = template
  set.metadata.generation = (set.metadata.generation ?? 1) + 1
  touchObject(world, set)
}

const addressOf = (node: KubeObject): string =>
  node.status?.addresses?.find((one: KubeValue) => one.type === 'InternalIP')?.address ?? ''

/** A service has the addresses of the nodes on which its load balancer's pod is ready. */
const syncAddresses = (world: World, service: KubeObject): void => {
  const app = setNameOf(service)
  const names = new Set(
    listObjects(world.kube, 'Pod', NAMESPACE)
      .filter(pod => pod.metadata.labels?.app === app && isPodReady(pod))
      .map(pod => pod.spec?.nodeName as string),
  )
  const ingress = listObjects(world.kube, 'Node')
    .filter(node => names.has(node.metadata.name))
    .map(node => ({ ip: addressOf(node) }))
  const loadBalancer = ingress.length === 0 ? {} : { ingress }
  if (JSON.stringify(service.status?.loadBalancer ?? {}) === JSON.stringify(loadBalancer)) return
  service.status = { ...service.status, loadBalancer }
  touchObject(world, service)
}

const hasK3s = (world: World): boolean =>
  clusterHosts(world).some(({ machine }) => isUnitRunning(machine, 'k3s.service'))

/** The account of all load balancers, which k3s makes itself. */
const keepAccount = (world: World): void => {
  const account = { kind: 'ServiceAccount', namespace: NAMESPACE, name: ACCOUNT }
  if (getObject(world.kube, account) !== undefined) return
  putObject(world, {
    apiVersion: 'v1',
    kind: account.kind,
    metadata: { name: ACCOUNT, namespace: NAMESPACE },
  })
}

/** The service load balancer of k3s: a daemon set for each service of type LoadBalancer, whose pods want its ports on their machines. */
export const syncLoadBalancers = (world: World): void => {
  if (!hasK3s(world)) return
  keepAccount(world)
  const services = listObjects(world.kube, 'Service').filter(one => one.spec?.type === 'LoadBalancer')
  const wanted = new Set(services.map(setNameOf))
  for (const set of listObjects(world.kube, 'DaemonSet', NAMESPACE))
    if (set.metadata.labels?.['svccontroller.k3s.cattle.io/svcname'] && !wanted.has(set.metadata.name))
      removeObject(world, set)
  for (const service of services) {
    syncSet(world, service)
    syncAddresses(world, service)
  }
}
