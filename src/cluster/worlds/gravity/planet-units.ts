import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { serviceFile, type UnitSetup } from '../node/unit-setup.ts'

const STATE = '/var/state'
const LEADER = 'https://leader.telekube.local:6443'

type Row = {
  readonly name: string
  readonly description: string
  readonly exec: readonly string[]
  readonly service: string
  readonly memoryMiB: number
  readonly type?: string
  readonly after?: string
}

const unit = ({ name, description, exec, service, memoryMiB, type, after }: Row): UnitSetup => ({
  name: `${name}.service`,
  path: `/lib/systemd/system/${name}.service`,
  text: serviceFile({
    description,
    exec: exec.join(' '),
    ...(type === undefined ? {} : { type }),
    unit: after === undefined ? [] : [`After=${after}`],
    service: ['Restart=always', 'RestartSec=5', 'StartLimitInterval=0'],
  }),
  service,
  memoryMiB,
  tasks: 12,
  cpuPercent: 0.6,
})

const etcdUnit = (machine: Machine, members: string): UnitSetup => {
  const ip = mainAddressOf(machine)
  return unit({
    name: 'etcd',
    description: 'Etcd Service',
    service: 'etcd',
    type: 'notify',
    memoryMiB: 92,
    exec: [
      '/usr/bin/etcd',
      `--name=${memberName(machine)}`,
      '--data-dir=/ext/etcd/v3.3.12',
      `--initial-advertise-peer-urls=https://${ip}:2380`,
      `--advertise-client-urls=https://${ip}:2379,https://${ip}:4001`,
      `--listen-client-urls=https://0.0.0.0:2379,https://0.0.0.0:4001`,
      `--listen-peer-urls=https://${ip}:2380,https://${ip}:7001`,
      `--cert-file=${STATE}/etcd.cert`,
      `--key-file=${STATE}/etcd.key`,
      `--trusted-ca-file=${STATE}/root.cert`,
      '--client-cert-auth=true',
      `--peer-cert-file=${STATE}/etcd.cert`,
      `--peer-key-file=${STATE}/etcd.key`,
      `--peer-trusted-ca-file=${STATE}/root.cert`,
      '--peer-client-cert-auth=true',
      `--initial-cluster=${members}`,
      '--initial-cluster-state=new',
    ],
  })
}

/** The name that Planet gives the etcd member of a machine: its address with underscores and the cluster's domain. */
export const memberName = (machine: Machine): string =>
  `${mainAddressOf(machine).replaceAll('.', '_')}.${machine.name}`

const apiServer = (world: World, machine: Machine): UnitSetup =>
  unit({
    name: 'kube-apiserver',
    description: 'Kubernetes API Server',
    service: 'kube-apiserver',
    memoryMiB: 340,
    after: 'etcd.service',
    exec: [
      '/usr/bin/kube-apiserver',
      `--advertise-address=${mainAddressOf(machine)}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${STATE}/root.cert`,
      `--etcd-servers=https://127.0.0.1:2379`,
      `--etcd-cafile=${STATE}/root.cert`,
      `--etcd-certfile=${STATE}/etcd.cert`,
      `--etcd-keyfile=${STATE}/etcd.key`,
      `--kubelet-client-certificate=${STATE}/apiserver-kubelet-client.cert`,
      `--kubelet-client-key=${STATE}/apiserver-kubelet-client.key`,
      '--secure-port=6443',
      `--service-account-key-file=${STATE}/apiserver.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
      `--tls-cert-file=${STATE}/apiserver.cert`,
      `--tls-private-key-file=${STATE}/apiserver.key`,
      '--audit-log-path=/var/log/apiserver/audit.log',
      '--audit-log-maxage=14',
    ],
  })

const electedUnits = (world: World): readonly UnitSetup[] => [
  unit({
    name: 'kube-controller-manager',
    description: 'Kubernetes Controller Manager',
    service: 'kube-controller-manager',
    memoryMiB: 58,
    after: 'kube-apiserver.service',
    exec: [
      '/usr/bin/kube-controller-manager',
      '--allocate-node-cidrs=true',
      `--cluster-cidr=${world.kube.podCidr}`,
      `--cluster-signing-cert-file=${STATE}/root.cert`,
      `--cluster-signing-key-file=${STATE}/root.key`,
      `--kubeconfig=/etc/kubernetes/controller-manager.kubeconfig`,
      '--leader-elect=true',
      `--root-ca-file=${STATE}/root.cert`,
      `--service-account-private-key-file=${STATE}/apiserver.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
    ],
  }),
  unit({
    name: 'kube-scheduler',
    description: 'Kubernetes Scheduler Service',
    service: 'kube-scheduler',
    memoryMiB: 27,
    after: 'kube-apiserver.service',
    exec: [
      '/usr/bin/kube-scheduler',
      '--kubeconfig=/etc/kubernetes/scheduler.kubeconfig',
      '--leader-elect=true',
    ],
  }),
]

const kubelet = (machine: Machine): UnitSetup =>
  unit({
    name: 'kube-kubelet',
    description: 'Kubernetes Kubelet',
    service: 'kubelet',
    memoryMiB: 82,
    after: 'docker.service',
    exec: [
      '/usr/bin/kubelet',
      '--config=/etc/kubernetes/kubelet.yaml',
      '--kubeconfig=/etc/kubernetes/kubelet.kubeconfig',
      `--hostname-override=${mainAddressOf(machine)}`,
      '--network-plugin=cni',
      '--cni-bin-dir=/opt/cni/bin',
      `--node-labels=${nodeLabels(machine)}`,
    ],
  })

const nodeLabels = (machine: Machine): string =>
  [
    `gravitational.io/advertise-ip=${mainAddressOf(machine)}`,
    'gravitational.io/k8s-role=master',
    'role=node',
  ].join(',')

const networkUnits = (machine: Machine): readonly UnitSetup[] => [
  unit({
    name: 'flanneld',
    description: 'flannel network',
    service: 'flanneld',
    memoryMiB: 18,
    after: 'etcd.service',
    exec: [
      '/usr/bin/flanneld',
      `--iface=${mainAddressOf(machine)}`,
      '--subnet-file=/run/flannel/subnet.env',
      `--etcd-cafile=${STATE}/root.cert`,
      '--etcd-endpoints=https://127.0.0.1:2379',
      '--ip-masq=true',
    ],
  }),
  unit({
    name: 'kube-proxy',
    description: 'Kubernetes Kube Proxy Service',
    service: 'kube-proxy',
    memoryMiB: 29,
    exec: [
      '/usr/bin/kube-proxy',
      '--kubeconfig=/etc/kubernetes/proxy.kubeconfig',
      `--hostname-override=${mainAddressOf(machine)}`,
      '--proxy-mode=iptables',
    ],
  }),
  unit({
    name: 'coredns',
    description: 'CoreDNS DNS server',
    service: 'planet-coredns',
    memoryMiB: 21,
    exec: ['/usr/bin/coredns', '-conf', '/etc/coredns/coredns.conf'],
  }),
]

const clusterUnits = (machine: Machine, clusterName: string): readonly UnitSetup[] => {
  const ip = mainAddressOf(machine)
  return [
    unit({
      name: 'serf',
      description: 'Serf Service',
      service: 'serf',
      memoryMiB: 14,
      exec: [
        '/usr/bin/serf',
        'agent',
        `-bind=${ip}:7496`,
        `-node=${ip.replaceAll('.', '_')}.${clusterName}`,
        '-rpc-addr=127.0.0.1:7373',
        `-tag=role=master`,
        `-tag=publicip=${ip}`,
      ],
    }),
    unit({
      name: 'planet-agent',
      description: 'Planet Agent',
      service: 'planet-agent',
      memoryMiB: 38,
      after: 'serf.service',
      exec: ['/usr/bin/planet', 'agent', `--public-ip=${ip}`, '--role=master', `--cluster-id=${clusterName}`],
    }),
    unit({
      name: 'registry',
      description: 'Docker Registry',
      service: 'planet-registry',
      memoryMiB: 22,
      exec: ['/usr/bin/registry', 'serve', '/etc/docker/registry/config.yml'],
    }),
  ]
}

const ownUnits: readonly UnitSetup[] = (
  [
    ['systemd-journald', 'Journal Service', '/lib/systemd/systemd-journald', 24],
    ['dbus', 'D-Bus System Message Bus', '/usr/bin/dbus-daemon --system --nofork', 3],
  ] as const
).map(([name, description, exec, memoryMiB]) => ({
  name: `${name}.service`,
  text: serviceFile({ description, exec }),
  memoryMiB,
}))

/** The units that run inside Planet on a master, those that others need before the others. */
export const planetUnits = (
  world: World,
  machine: Machine,
  { members, clusterName }: { readonly members: string; readonly clusterName: string },
): readonly UnitSetup[] => [
  ...ownUnits,
  unit({
    name: 'docker',
    description: 'Docker Application Container Engine',
    service: 'docker',
    type: 'notify',
    memoryMiB: 88,
    exec: [
      '/usr/bin/dockerd',
      '--bridge=none',
      '--iptables=false',
      '--storage-driver=overlay2',
      '--graph=/ext/docker',
    ],
  }),
  etcdUnit(machine, members),
  ...networkUnits(machine).filter(({ name }) => name === 'coredns.service'),
  ...clusterUnits(machine, clusterName),
  apiServer(world, machine),
  ...electedUnits(world),
  ...networkUnits(machine).filter(({ name }) => name !== 'coredns.service'),
  kubelet(machine),
]

/** The address by which Planet's components know the API server. */
export const leaderUrl = LEADER
