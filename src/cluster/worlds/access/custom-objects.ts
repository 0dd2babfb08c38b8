import { hashOf } from '../../kube/pod.ts'
import { listObjects, type NewObject, putObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { MANIFESTS, packagedManifests } from '../k3s/packaged-manifests.ts'

const CALICO = 'crd.projectcalico.org/v1'

type Part = { readonly kind: string; readonly name: string; readonly spec: KubeValue }

const uuid = (text: string): string =>
  hashOf(text, 32).replace(/^(.{8})(.{4}).(.{3})(.{4})(.{12}).*$/, '$1-$2-4$3-$4-$5')

/** An object as Calico's own client writes it: with what it knows of its metadata in an annotation. */
const calicoObject = (world: World, createdMs: number, { kind, name, spec }: Part): NewObject => ({
  apiVersion: CALICO,
  kind,
  metadata: {
    name,
    generation: 1,
    annotations: {
      'projectcalico.org/metadata': JSON.stringify({
        uid: uuid(`${world.seed}/${kind}/${name}`),
        creationTimestamp: isoOf(createdMs),
      }),
    },
  },
  spec,
})

const controllersSpec = {
  controllers: {
    namespace: { reconcilerPeriod: '5m0s' },
    node: { leakGracePeriod: '15m0s', reconcilerPeriod: '5m0s', syncLabels: 'Enabled' },
    policy: { reconcilerPeriod: '5m0s' },
    serviceAccount: { reconcilerPeriod: '5m0s' },
    workloadEndpoint: { reconcilerPeriod: '5m0s' },
  },
  etcdV3CompactionPeriod: '10m0s',
  healthChecks: 'Enabled',
  prometheusMetricsPort: 9094,
}

const calicoParts = (world: World): readonly Part[] => [
  {
    kind: 'ClusterInformation',
    name: 'default',
    spec: {
      calicoVersion: 'v3.26.4',
      clusterGUID: hashOf(`${world.seed}/guid`, 32),
      clusterType: 'k8s,bgp,kubeadm,kdd',
      datastoreReady: true,
    },
  },
  {
    kind: 'FelixConfiguration',
    name: 'default',
    // The firewall of a machine keeps the last word on what policies let through.
    spec: {
      bpfLogLevel: '',
      floatingIPs: 'Disabled',
      iptablesFilterAllowAction: 'Return',
      logSeverityScreen: 'Info',
      reportingInterval: '0s',
    },
  },
  {
    kind: 'IPPool',
    name: 'default-ipv4-ippool',
    spec: {
      allowedUses: ['Workload', 'Tunnel'],
      blockSize: 24,
      cidr: world.kube.podCidr,
      ipipMode: 'Never',
      natOutgoing: true,
      nodeSelector: 'all()',
      vxlanMode: 'Always',
    },
  },
  { kind: 'KubeControllersConfiguration', name: 'default', spec: controllersSpec },
]

const affinityOf = ({ metadata: { name }, spec }: KubeObject): Part => ({
  kind: 'BlockAffinity',
  name: `${name}-${String(spec?.podCIDR).replaceAll(/[./]/g, '-')}`,
  spec: { cidr: spec?.podCIDR, deleted: 'false', node: name, state: 'confirmed' },
})

/** Adds the ranges that Calico has given to the nodes of a world that has it, once these are there. */
export const addAffinities = (world: World, createdMs: number): void => {
  if (world.name !== 'mks') return
  for (const node of listObjects(world.kube, 'Node'))
    putObject(world, calicoObject(world, createdMs, affinityOf(node)), createdMs)
}

const inSystem = (name: string): { readonly name: string; readonly namespace: string } => ({
  name,
  namespace: 'kube-system',
})

const addon = ([path, text]: readonly [string, string]): NewObject => ({
  apiVersion: 'k3s.cattle.io/v1',
  kind: 'Addon',
  metadata: { ...inSystem((path.split('/').at(-1) ?? '').replace('.yaml', '')), generation: 1 },
  spec: { checksum: hashOf(text, 64), source: `${MANIFESTS}/${path}` },
})

const chart = (name: string, values: KubeValue): NewObject => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { ...inSystem(name), generation: 1 },
  spec: { chart: `https://%{KUBERNETES_API}%/static/charts/${name}-25.0.2+up25.0.0.tgz`, ...values },
  status: { jobName: `helm-install-${name}` },
})

const isReady = (reason: string, message: string): KubeValue => ({
  conditions: [{ message, reason, status: 'True', type: 'Ready' }],
})

const rancherParts = ({ platforms: { rancherHost = '' } }: World): readonly NewObject[] => [
  {
    apiVersion: 'management.cattle.io/v3',
    kind: 'Cluster',
    metadata: { name: 'local', generation: 2 },
    spec: { displayName: 'local', internal: true },
    status: { ...isReady('', ''), driver: 'k3s', provider: 'k3s' },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'rancher', namespace: 'cattle-system', generation: 1 },
    spec: { ca: { secretName: 'tls-rancher' } },
    status: isReady('KeyPairVerified', 'Signing CA verified'),
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'tls-rancher-ingress', namespace: 'cattle-system', generation: 1 },
    spec: {
      commonName: rancherHost,
      dnsNames: [rancherHost],
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'rancher' },
      secretName: 'tls-rancher-ingress',
      usages: ['digital signature', 'key encipherment'],
    },
    status: isReady('Ready', 'Certificate is up to date and has not expired'),
  },
]

const k3sParts = (world: World): readonly NewObject[] => [
  ...Object.entries(packagedManifests(world)).map(addon),
  chart('traefik-crd', {}),
  chart('traefik', { set: { 'global.systemDefaultRegistry': '' } }),
  ...rancherParts(world),
]

/** The objects of the kinds that a world's platform defines itself. */
export const customObjects = (world: World, createdMs: number): readonly NewObject[] => {
  if (world.name === 'mks') return calicoParts(world).map(part => calicoObject(world, createdMs, part))
  return world.name === 'k3s' ? k3sParts(world) : []
}
