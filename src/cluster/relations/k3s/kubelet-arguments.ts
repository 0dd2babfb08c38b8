import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import { K3S_DATA } from './k3s-data.ts'
import { k3sArguments } from './k3s-units.ts'

const AGENT = `${K3S_DATA}/agent`

/** What k3s tells its kubelet everywhere; see kubeletArgs in its agent_linux.go. */
const usual: Readonly<Record<string, string>> = {
  address: '0.0.0.0',
  'allowed-unsafe-sysctls': 'net.ipv4.ip_forward,net.ipv6.conf.all.forwarding',
  'anonymous-auth': 'false',
  'authentication-token-webhook': 'true',
  'authorization-mode': 'Webhook',
  'cgroup-driver': 'systemd',
  'client-ca-file': `${AGENT}/client-ca.crt`,
  'cloud-provider': 'external',
  'cluster-domain': 'cluster.local',
  'container-runtime-endpoint': 'unix:///run/k3s/containerd/containerd.sock',
  containerd: '/run/k3s/containerd/containerd.sock',
  'eviction-hard': 'imagefs.available<5%,nodefs.available<5%',
  'eviction-minimum-reclaim': 'imagefs.available=10%,nodefs.available=10%',
  'fail-swap-on': 'false',
  'feature-gates': 'CloudDualStackNodeIPs=true',
  'healthz-bind-address': '127.0.0.1',
  kubeconfig: `${AGENT}/kubelet.kubeconfig`,
  'pod-infra-container-image': 'rancher/mirrored-pause:3.6',
  'pod-manifest-path': `${AGENT}/pod-manifests`,
  'read-only-port': '0',
  'resolv-conf': '/run/systemd/resolve/resolv.conf',
  'serialize-image-pulls': 'false',
  'tls-cert-file': `${AGENT}/serving-kubelet.crt`,
  'tls-private-key-file': `${AGENT}/serving-kubelet.key`,
}

/** What k3s tells its kubelet on a machine by flags without dashes: its own, and instead of them those of `kubelet-arg`. */
export const k3sKubeletArguments = (machine: Machine, unit: Unit): Readonly<Record<string, string>> => ({
  ...usual,
  ...k3sArguments(machine, unit, 'kubelet'),
})
