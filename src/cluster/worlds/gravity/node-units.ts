import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { UnitSetup } from '../node/unit-setup.ts'
import { PLANET_STATE, planetUnit } from './planet-unit.ts'

/** The unit of the kubelet. */
export const kubeletUnit = (machine: Machine): UnitSetup =>
  planetUnit({
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

/** The units of the network: flannel, kube-proxy and the DNS server. */
export const networkUnits = (machine: Machine): readonly UnitSetup[] => [
  planetUnit({
    name: 'flanneld',
    description: 'flannel network',
    service: 'flanneld',
    memoryMiB: 18,
    after: 'etcd.service',
    exec: [
      '/usr/bin/flanneld',
      `--iface=${mainAddressOf(machine)}`,
      '--subnet-file=/run/flannel/subnet.env',
      `--etcd-cafile=${PLANET_STATE}/root.cert`,
      '--etcd-endpoints=https://127.0.0.1:2379',
      '--ip-masq=true',
    ],
  }),
  planetUnit({
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
  planetUnit({
    name: 'coredns',
    description: 'CoreDNS DNS server',
    service: 'planet-coredns',
    memoryMiB: 21,
    docs: 'https://coredns.io',
    after: 'network.target',
    exec: ['/usr/bin/coredns', '-conf=/etc/coredns/coredns.conf'],
    settings: [
      'ExecReload=/bin/kill -SIGUSR1 $MAINPID',
      'PermissionsStartOnly=true',
      'LimitNOFILE=1048576',
      'LimitNPROC=512',
      'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
      'AmbientCapabilities=CAP_NET_BIND_SERVICE',
      'NoNewPrivileges=true',
      'Restart=always',
    ],
  }),
]

/** The units of Planet's own: membership, agent and registry. */
export const clusterUnits = (machine: Machine, clusterName: string): readonly UnitSetup[] => {
  const ip = mainAddressOf(machine)
  return [
    planetUnit({
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
    planetUnit({
      name: 'planet-agent',
      description: 'Planet Agent',
      service: 'planet-agent',
      memoryMiB: 38,
      after: 'serf.service',
      exec: ['/usr/bin/planet', 'agent', `--public-ip=${ip}`, '--role=master', `--cluster-id=${clusterName}`],
    }),
    planetUnit({
      name: 'registry',
      description: 'Docker Registry',
      service: 'planet-registry',
      memoryMiB: 22,
      exec: ['/usr/bin/registry', 'serve', '/etc/docker/registry/config.yml'],
    }),
  ]
}
