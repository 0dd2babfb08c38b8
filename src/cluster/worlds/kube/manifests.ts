import { stringify } from 'yaml'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { KubeSetup } from './kube-setup.ts'

const REGISTRY = 'registry.k8s.io'

type Part = {
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  readonly cpu: string
  readonly memory?: string
  readonly probe: {
    readonly host: string
    readonly port: number
    readonly scheme: string
    readonly path: string
  }
  /** Host paths by volume name: a folder, or a file when it ends in `.conf`. */
  readonly paths: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

const probeOf = (part: Part, failureThreshold: number): KubeValue => ({
  failureThreshold,
  httpGet: part.probe,
  initialDelaySeconds: 10,
  periodSeconds: 10,
  timeoutSeconds: 15,
})

const podOf = (part: Part): KubeValue => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...(part.annotations === undefined ? {} : { annotations: part.annotations }),
    labels: { component: part.name, tier: 'control-plane' },
    name: part.name,
    namespace: 'kube-system',
  },
  spec: {
    containers: [
      {
        command: part.command,
        image: part.image,
        imagePullPolicy: 'IfNotPresent',
        livenessProbe: probeOf(part, 8),
        name: part.name,
        resources: {
          requests: { cpu: part.cpu, ...(part.memory === undefined ? {} : { memory: part.memory }) },
        },
        startupProbe: probeOf(part, 24),
        volumeMounts: Object.entries(part.paths).map(([name, mountPath]) => ({
          mountPath,
          name,
          ...(name === 'etcd-data' ? {} : { readOnly: true }),
        })),
      },
    ],
    hostNetwork: true,
    priority: 2000001000,
    priorityClassName: 'system-node-critical',
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    volumes: Object.entries(part.paths).map(([name, path]) => ({
      hostPath: { path, type: path.endsWith('.conf') ? 'FileOrCreate' : 'DirectoryOrCreate' },
      name,
    })),
  },
  status: {},
})

/** The folders of certificate bundles that kubeadm mounts beside the PKI. */
const bundles = {
  'ca-certs': '/etc/ssl/certs',
  'etc-ca-certificates': '/etc/ca-certificates',
  'usr-share-ca-certificates': '/usr/share/ca-certificates',
}

const etcd = (machine: Machine, members: string): Part => {
  const ip = mainAddressOf(machine)
  const pki = '/etc/kubernetes/pki/etcd'
  return {
    name: 'etcd',
    image: `${REGISTRY}/etcd:3.5.12-0`,
    cpu: '100m',
    memory: '100Mi',
    probe: {
      host: '127.0.0.1',
      path: '/health?exclude=NOSPACE&serializable=true',
      port: 2381,
      scheme: 'HTTP',
    },
    paths: { 'etcd-data': '/var/lib/etcd', 'etcd-certs': pki },
    annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${ip}:2379` },
    command: [
      'etcd',
      `--advertise-client-urls=https://${ip}:2379`,
      `--cert-file=${pki}/server.crt`,
      '--client-cert-auth=true',
      '--data-dir=/var/lib/etcd',
      '--experimental-initial-corrupt-check=true',
      '--experimental-watch-progress-notify-interval=5s',
      `--initial-advertise-peer-urls=https://${ip}:2380`,
      `--initial-cluster=${members}`,
      `--key-file=${pki}/server.key`,
      `--listen-client-urls=https://127.0.0.1:2379,https://${ip}:2379`,
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--listen-peer-urls=https://${ip}:2380`,
      `--name=${machine.name}`,
      `--peer-cert-file=${pki}/peer.crt`,
      '--peer-client-cert-auth=true',
      `--peer-key-file=${pki}/peer.key`,
      `--peer-trusted-ca-file=${pki}/ca.crt`,
      '--snapshot-count=10000',
      `--trusted-ca-file=${pki}/ca.crt`,
    ],
  }
}

const apiServer = (world: World, machine: Machine): Part => {
  const ip = mainAddressOf(machine)
  const pki = '/etc/kubernetes/pki'
  return {
    name: 'kube-apiserver',
    image: `${REGISTRY}/kube-apiserver:${world.kube.version}`,
    cpu: '250m',
    probe: { host: ip, path: '/livez', port: 6443, scheme: 'HTTPS' },
    paths: { 'k8s-certs': pki, ...bundles },
    annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${ip}:6443` },
    command: [
      'kube-apiserver',
      `--advertise-address=${ip}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${pki}/ca.crt`,
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
      `--etcd-cafile=${pki}/etcd/ca.crt`,
      `--etcd-certfile=${pki}/apiserver-etcd-client.crt`,
      `--etcd-keyfile=${pki}/apiserver-etcd-client.key`,
      '--etcd-servers=https://127.0.0.1:2379',
      `--kubelet-client-certificate=${pki}/apiserver-kubelet-client.crt`,
      `--kubelet-client-key=${pki}/apiserver-kubelet-client.key`,
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      `--proxy-client-cert-file=${pki}/front-proxy-client.crt`,
      `--proxy-client-key-file=${pki}/front-proxy-client.key`,
      '--requestheader-allowed-names=front-proxy-client',
      `--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      '--secure-port=6443',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki}/sa.pub`,
      `--service-account-signing-key-file=${pki}/sa.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
      `--tls-cert-file=${pki}/apiserver.crt`,
      `--tls-private-key-file=${pki}/apiserver.key`,
    ],
  }
}

const controllerManager = (world: World, clusterName: string): Part => {
  const pki = '/etc/kubernetes/pki'
  const config = '/etc/kubernetes/controller-manager.conf'
  return {
    name: 'kube-controller-manager',
    image: `${REGISTRY}/kube-controller-manager:${world.kube.version}`,
    cpu: '200m',
    probe: { host: '127.0.0.1', path: '/healthz', port: 10257, scheme: 'HTTPS' },
    paths: { 'k8s-certs': pki, kubeconfig: config, ...bundles },
    command: [
      'kube-controller-manager',
      '--allocate-node-cidrs=true',
      `--authentication-kubeconfig=${config}`,
      `--authorization-kubeconfig=${config}`,
      '--bind-address=127.0.0.1',
      `--client-ca-file=${pki}/ca.crt`,
      `--cluster-cidr=${world.kube.podCidr}`,
      `--cluster-name=${clusterName}`,
      `--cluster-signing-cert-file=${pki}/ca.crt`,
      `--cluster-signing-key-file=${pki}/ca.key`,
      '--controllers=*,bootstrapsigner,tokencleaner',
      `--kubeconfig=${config}`,
      '--leader-elect=true',
      `--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
      `--root-ca-file=${pki}/ca.crt`,
      `--service-account-private-key-file=${pki}/sa.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
      '--use-service-account-credentials=true',
    ],
  }
}

const scheduler = (world: World): Part => {
  const config = '/etc/kubernetes/scheduler.conf'
  return {
    name: 'kube-scheduler',
    image: `${REGISTRY}/kube-scheduler:${world.kube.version}`,
    cpu: '100m',
    probe: { host: '127.0.0.1', path: '/healthz', port: 10259, scheme: 'HTTPS' },
    paths: { kubeconfig: config },
    command: [
      'kube-scheduler',
      `--authentication-kubeconfig=${config}`,
      `--authorization-kubeconfig=${config}`,
      '--bind-address=127.0.0.1',
      `--kubeconfig=${config}`,
      '--leader-elect=true',
    ],
  }
}

/** Writes the static pod manifests of a control plane machine as kubeadm does. */
export const writeManifests = (
  { world, controlPlanes, createdMs, clusterName }: KubeSetup,
  machine: Machine,
): void => {
  const members = controlPlanes.map(m => `${m.name}=https://${mainAddressOf(m)}:2380`).join(',')
  const parts = [
    etcd(machine, members),
    apiServer(world, machine),
    controllerManager(world, clusterName),
    scheduler(world),
  ]
  for (const part of parts)
    writeText(machine.files, `/etc/kubernetes/manifests/${part.name}.yaml`, {
      text: stringify(podOf(part), { lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false }),
      mode: 0o600,
      mtimeMs: createdMs,
    })
  for (const folder of Object.values(bundles)) makeFolder(machine.files, folder, { mtimeMs: createdMs })
}
