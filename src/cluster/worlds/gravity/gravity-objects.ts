import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { apiService, plainObject, service, workload } from '../kube/templates.ts'

const REGISTRY = 'leader.telekube.local:5000'
const NAMESPACE = 'kube-system'
const everywhere = [{ operator: 'Exists' }]
const onMasters = { 'gravitational.io/k8s-role': 'master' }

/** The Corefile of the cluster's CoreDNS, with the site's resolvers for what is not the cluster's. */
export const clusterCorefile = (upstreams: readonly string[], leader: string): string =>
  [
    '.:53 {',
    '    reload',
    '    errors',
    '    health',
    '    prometheus :9153',
    '    cache 30',
    '    loadbalance',
    '    hosts {',
    `        ${leader} leader.telekube.local leader.gravity.local registry.local`,
    '        fallthrough',
    '    }',
    '    kubernetes cluster.local in-addr.arpa ip6.arpa {',
    '        pods verified',
    '        fallthrough in-addr.arpa ip6.arpa',
    '    }',
    `    forward . ${upstreams.join(' ')} {`,
    '        policy sequential',
    '        health_check 0',
    '    }',
    '}',
    '',
  ].join('\n')

const http = (path: string, port: number, scheme = 'HTTP'): KubeValue => ({
  failureThreshold: 3,
  httpGet: { path, port, scheme },
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 5,
})

const coredns = (): NewObject =>
  workload({
    kind: 'DaemonSet',
    name: 'coredns',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'kube-dns' },
    spec: {
      serviceAccountName: 'coredns',
      dnsPolicy: 'Default',
      priorityClassName: 'system-cluster-critical',
      tolerations: everywhere,
      containers: [
        {
          name: 'coredns',
          image: `${REGISTRY}/coredns:1.3.1`,
          args: ['-conf', '/etc/coredns/Corefile'],
          livenessProbe: http('/health', 8080),
          readinessProbe: http('/health', 8080),
          ports: [
            { containerPort: 53, name: 'dns', protocol: 'UDP' },
            { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
            { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
          ],
          resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
          volumeMounts: [{ mountPath: '/etc/coredns', name: 'config-volume', readOnly: true }],
        },
      ],
      volumes: [
        {
          configMap: { defaultMode: 420, items: [{ key: 'Corefile', path: 'Corefile' }], name: 'coredns' },
          name: 'config-volume',
        },
      ],
    },
  })

const gravitySite = (): NewObject =>
  workload({
    kind: 'DaemonSet',
    name: 'gravity-site',
    namespace: NAMESPACE,
    labels: { app: 'gravity-site' },
    spec: {
      serviceAccountName: 'gravity-site',
      hostNetwork: true,
      nodeSelector: onMasters,
      tolerations: everywhere,
      containers: [
        {
          name: 'gravity-site',
          image: `${REGISTRY}/gravity-site:6.0.0`,
          command: ['/usr/bin/dumb-init', '/bin/sh', '/opt/start.sh'],
          ports: [
            { containerPort: 3009, name: 'web', protocol: 'TCP' },
            { containerPort: 3007, name: 'agents', protocol: 'TCP' },
          ],
          livenessProbe: http('/healthz', 3009, 'HTTPS'),
          readinessProbe: http('/readyz', 3009, 'HTTPS'),
          volumeMounts: [{ mountPath: '/var/state', name: 'state' }],
        },
      ],
      volumes: [{ hostPath: { path: '/var/state', type: '' }, name: 'state' }],
    },
  })

type Row = readonly [kind: 'Deployment' | 'DaemonSet', namespace: string, name: string, image: string]

const rows: readonly Row[] = [
  ['Deployment', NAMESPACE, 'bandwagon', 'gravity-bandwagon:6.0.1'],
  ['Deployment', NAMESPACE, 'log-collector', 'log-collector:6.0.1'],
  ['DaemonSet', NAMESPACE, 'log-forwarder', 'log-forwarder:6.0.1'],
  ['Deployment', NAMESPACE, 'tiller-deploy', 'gcr.io/kubernetes-helm/tiller:v2.12.3'],
  ['Deployment', 'monitoring', 'grafana', 'monitoring-grafana:6.0.1'],
  ['Deployment', 'monitoring', 'kube-state-metrics', 'kube-state-metrics:v1.5.0'],
  ['DaemonSet', 'monitoring', 'node-exporter', 'prometheus/node-exporter:v0.17.0'],
]

const plain = ([kind, namespace, name, image]: Row): NewObject =>
  workload({
    kind,
    name,
    namespace,
    labels: name === 'tiller-deploy' ? { app: 'helm', name: 'tiller' } : { app: name },
    spec: {
      serviceAccountName: name,
      tolerations: kind === 'DaemonSet' ? everywhere : [],
      containers: [
        { name, image: `${REGISTRY}/${image}`, resources: { requests: { cpu: '50m', memory: '64Mi' } } },
      ],
    },
  })

/** By which browsers and agents come from outside: the advertised port of every node. */
const publicSite = (clusterIP: string): NewObject =>
  service({
    name: 'gravity-public',
    namespace: NAMESPACE,
    clusterIP,
    type: 'NodePort',
    labels: { app: 'gravity-site' },
    selector: { app: 'gravity-site' },
    ports: [{ name: 'web', port: 443, targetPort: 3009, nodePort: 32_009 }],
  })

const site = (clusterIP: string): NewObject =>
  service({
    name: 'gravity-site',
    namespace: NAMESPACE,
    clusterIP,
    labels: { app: 'gravity-site' },
    selector: { app: 'gravity-site' },
    ports: [
      { name: 'web', port: 3009 },
      { name: 'agents', port: 3007 },
    ],
  })

const services = (clusterDns: string): readonly NewObject[] => [
  service({
    name: 'kube-dns',
    namespace: NAMESPACE,
    clusterIP: clusterDns,
    labels: {
      'k8s-app': 'kube-dns',
      'kubernetes.io/cluster-service': 'true',
      'kubernetes.io/name': 'CoreDNS',
    },
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ],
  }),
  service({
    name: 'bandwagon',
    namespace: NAMESPACE,
    clusterIP: '10.100.41.207',
    selector: { app: 'bandwagon' },
    ports: [{ port: 80, targetPort: 8000 }],
  }),
  service({
    name: 'log-collector',
    namespace: NAMESPACE,
    clusterIP: '10.100.87.14',
    selector: { app: 'log-collector' },
    ports: [{ name: 'udp', port: 514, protocol: 'UDP' }],
  }),
  service({
    name: 'tiller-deploy',
    namespace: NAMESPACE,
    clusterIP: '10.100.206.88',
    labels: { app: 'helm', name: 'tiller' },
    selector: { app: 'helm', name: 'tiller' },
    ports: [{ name: 'tiller', port: 44134 }],
  }),
]

/** What a cluster of Gravity holds beyond its nodes: both of its own applications and their services. */
export const gravityObjects = ({
  clusterDns,
  apiAddress,
  siteAddress,
  publicAddress,
  leaderAddress,
  upstreams,
}: {
  readonly clusterDns: string
  readonly apiAddress: string
  readonly siteAddress: string
  readonly publicAddress: string
  readonly leaderAddress: string
  readonly upstreams: readonly string[]
}): readonly NewObject[] => [
  plainObject('ConfigMap', {
    name: 'coredns',
    namespace: NAMESPACE,
    data: { Corefile: clusterCorefile(upstreams, leaderAddress) },
  }),
  coredns(),
  gravitySite(),
  ...rows.map(plain),
  site(siteAddress),
  publicSite(publicAddress),
  ...services(clusterDns),
  apiService(apiAddress),
]

/** The image of the document's debug pods, and others that the registry of a cluster holds from the start. */
export const registryImages: readonly string[] = [
  `${REGISTRY}/gravitational/debian-tall:0.0.1`,
  `${REGISTRY}/gravitational/debian-tall:buster`,
  'k8s.gcr.io/pause:3.1',
]
