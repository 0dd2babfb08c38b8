import { yamlValue } from '../../kube/read-yaml.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import { settingsOf } from '../../relations/read-settings.ts'
import type { Machine } from '../../world/machine.ts'

const ofAgents =
  'alsologtostderr bind-address cluster-dns config container-runtime-endpoint data-dir debug default-runtime disable-apiserver-lb disable-default-registry-endpoint docker enable-pprof flannel-cni-conf flannel-conf flannel-iface image-credential-provider-bin-dir image-credential-provider-config image-service-endpoint kube-proxy-arg kubelet-arg lb-server-port log node-external-ip node-ip node-label node-name node-taint pause-image prefer-bundled-bin private-registry protect-kernel-defaults resolv-conf rootless selinux server snapshotter token token-file v vmodule vpn-auth vpn-auth-file with-node-id'.split(
    ' ',
  )

const ofServers =
  'advertise-address advertise-port agent-token agent-token-file airgap-extra-registry cluster-cidr cluster-domain cluster-init cluster-reset cluster-reset-restore-path cluster-secret datastore-cafile datastore-certfile datastore-endpoint datastore-keyfile default-local-storage-path disable disable-agent disable-apiserver disable-cloud-controller disable-controller-manager disable-etcd disable-helm-controller disable-kube-proxy disable-network-policy disable-scheduler egress-selector-mode embedded-registry etcd-arg etcd-disable-snapshots etcd-expose-metrics etcd-s3 etcd-s3-access-key etcd-s3-bucket etcd-s3-endpoint etcd-s3-endpoint-ca etcd-s3-folder etcd-s3-insecure etcd-s3-region etcd-s3-secret-key etcd-s3-skip-ssl-verify etcd-s3-timeout etcd-snapshot-compress etcd-snapshot-dir etcd-snapshot-name etcd-snapshot-retention etcd-snapshot-schedule-cron flannel-backend flannel-external-ip flannel-ipv6-masq helm-job-image https-listen-port kine-tls kube-apiserver-arg kube-cloud-controller-manager-arg kube-controller-manager-arg kube-scheduler-arg multi-cluster-cidr secrets-encryption service-cidr service-node-port-range servicelb-namespace supervisor-metrics system-default-registry tls-san tls-san-security write-kubeconfig write-kubeconfig-group write-kubeconfig-mode'.split(
    ' ',
  )

const known = new Set([...ofAgents, ...ofServers])

/** Names in the file of settings of a k3s that are none of its options: it says so and goes on without them. */
export const unknownOptions = (machine: Machine): readonly string[] => {
  const unit = k3sUnitOf(machine)
  const value = unit === undefined ? undefined : yamlValue(settingsOf(machine, unit.name) ?? '{}')
  return typeof value === 'object' && value !== null
    ? Object.keys(value).filter(name => !known.has(name.replace(/\+$/, '')))
    : []
}
