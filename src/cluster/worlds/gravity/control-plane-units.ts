import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { UnitSetup } from '../node/unit-setup.ts'
import { PLANET_STATE, planetUnit } from './planet-unit.ts'

/** The unit of etcd. */
export const etcdUnit = (world: World, machine: Machine, members: string): UnitSetup => {
  const ip = mainAddressOf(machine)
  return planetUnit({
    name: 'etcd',
    description: 'Etcd Service',
    service: 'etcd',
    type: 'notify',
    memoryMiB: 92,
    exec: [
      '/usr/bin/etcd',
      `--name=${memberName(world, machine)}`,
      '--data-dir=/ext/etcd/v3.3.12',
      `--initial-advertise-peer-urls=https://${ip}:2380`,
      `--advertise-client-urls=https://${ip}:2379,https://${ip}:4001`,
      `--listen-client-urls=https://0.0.0.0:2379,https://0.0.0.0:4001`,
      `--listen-peer-urls=https://${ip}:2380,https://${ip}:7001`,
      `--cert-file=${PLANET_STATE}/etcd.cert`,
      `--key-file=${PLANET_STATE}/etcd.key`,
      `--trusted-ca-file=${PLANET_STATE}/root.cert`,
      '--client-cert-auth=true',
      `--peer-cert-file=${PLANET_STATE}/etcd.cert`,
      `--peer-key-file=${PLANET_STATE}/etcd.key`,
      `--peer-trusted-ca-file=${PLANET_STATE}/root.cert`,
      '--peer-client-cert-auth=true',
      `--initial-cluster=${members}`,
      '--initial-cluster-state=new',
    ],
  })
}

/** The name that Planet gives the etcd member of a machine: its address with underscores and the cluster's domain. */
export const memberName = ({ platforms }: World, machine: Machine): string =>
  `${mainAddressOf(machine).replaceAll('.', '_')}.${platforms.gravity?.clusterName ?? machine.name}`

/** The unit of the API server. */
export const apiServerUnit = (world: World, machine: Machine): UnitSetup =>
  planetUnit({
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
      `--client-ca-file=${PLANET_STATE}/root.cert`,
      `--etcd-servers=https://127.0.0.1:2379`,
      `--etcd-cafile=${PLANET_STATE}/root.cert`,
      `--etcd-certfile=${PLANET_STATE}/etcd.cert`,
      `--etcd-keyfile=${PLANET_STATE}/etcd.key`,
      `--kubelet-client-certificate=${PLANET_STATE}/apiserver-kubelet-client.cert`,
      `--kubelet-client-key=${PLANET_STATE}/apiserver-kubelet-client.key`,
      '--secure-port=6443',
      `--service-account-key-file=${PLANET_STATE}/apiserver.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
      `--tls-cert-file=${PLANET_STATE}/apiserver.cert`,
      `--tls-private-key-file=${PLANET_STATE}/apiserver.key`,
      '--audit-log-path=/var/log/apiserver/audit.log',
      '--audit-log-maxage=14',
    ],
  })

/** The units of what elects a leader: controller manager and scheduler. */
export const electedUnits = (world: World): readonly UnitSetup[] => [
  planetUnit({
    name: 'kube-controller-manager',
    description: 'Kubernetes Controller Manager',
    service: 'kube-controller-manager',
    memoryMiB: 58,
    after: 'kube-apiserver.service',
    exec: [
      '/usr/bin/kube-controller-manager',
      '--allocate-node-cidrs=true',
      `--cluster-cidr=${world.kube.podCidr}`,
      `--cluster-signing-cert-file=${PLANET_STATE}/root.cert`,
      `--cluster-signing-key-file=${PLANET_STATE}/root.key`,
      `--kubeconfig=/etc/kubernetes/controller-manager.kubeconfig`,
      '--leader-elect=true',
      `--root-ca-file=${PLANET_STATE}/root.cert`,
      `--service-account-private-key-file=${PLANET_STATE}/apiserver.key`,
      `--service-cluster-ip-range=${world.kube.serviceCidr}`,
    ],
  }),
  planetUnit({
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
