import { shownMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { joinSettingsOf } from '../../relations/k3s/k3s-units.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { Line, Running } from '../service.ts'

const TLS = `${K3S_DATA}/server/tls`

/** A line in k3s' own form. */
export const logfmt = (
  self: Running,
  level: string,
  at: { readonly atMs: number; readonly text: string },
): string =>
  `time="${new Date(shownMs(self.machine, at.atMs)).toISOString().slice(0, 19)}Z" level=${level} msg="${quoted(at.text)}"`

const startLines = (world: World): readonly string[] => [
  `Starting k3s ${world.kube.version} (94e29e2e)`,
  'Configuring sqlite3 database connection pooling: maxIdleConns=2, maxOpenConns=0, connMaxLifetime=0s',
  'Configuring database table schema and indexes, this may take a moment...',
  'Database tables and indexes are up to date',
  'Kine available at unix://kine.sock',
  `Running kube-apiserver --advertise-port=6443 --allow-privileged=true --anonymous-auth=false --authorization-mode=Node,RBAC --bind-address=127.0.0.1 --cert-dir=${TLS}/temporary-certs --client-ca-file=${TLS}/client-ca.crt --secure-port=6444 --service-cluster-ip-range=${world.kube.serviceCidr}`,
  `Running kube-scheduler --authentication-kubeconfig=${K3S_DATA}/server/cred/scheduler.kubeconfig --bind-address=127.0.0.1 --leader-elect=false --secure-port=10259`,
  `Running kube-controller-manager --allocate-node-cidrs=true --bind-address=127.0.0.1 --cluster-cidr=${world.kube.podCidr} --leader-elect=false --secure-port=10257`,
  'Server node token is available at /var/lib/rancher/k3s/server/token',
  'Wrote kubeconfig /etc/rancher/k3s/k3s.yaml',
]

const agentLines = (world: World, self: Running): readonly string[] => {
  const { url = '' } = self.unit === undefined ? {} : joinSettingsOf(self.machine, self.unit)
  const server = url.replace(/^https:\/\//, '')
  return [
    `Starting k3s agent ${world.kube.version} (94e29e2e)`,
    `Adding server to load balancer k3s-agent-load-balancer: ${server}`,
    `Running load balancer k3s-agent-load-balancer 127.0.0.1:6444 -> [${server}] [default: ${server}]`,
    'Getting list of apiserver endpoints from server',
    `Got apiserver addresses from supervisor: [${server}]`,
  ]
}

const nodeLines = (world: World, self: Running): readonly string[] => [
  ...['overlay', 'br_netfilter']
    .filter(name => hasModule(world, self, name))
    .map(name => `Module ${name} was already loaded`),
  `Running containerd -c ${K3S_DATA}/agent/etc/containerd/config.toml -a /run/k3s/containerd/containerd.sock --state /run/k3s/containerd --root ${K3S_DATA}/agent/containerd`,
  'containerd is now running',
  `Running kubelet --container-runtime-endpoint=unix:///run/k3s/containerd/containerd.sock --hostname-override=${nodeNameOf(self.machine)} --kubeconfig=${K3S_DATA}/agent/kubelet.kubeconfig --node-labels=`,
]

const hasModule = (world: World, { machine }: Running, module: string): boolean =>
  (world.machines.get(machine.name) ?? machine).modules.some(({ name }) => name === module)

/** It goes on without a module that cannot be had, as in a container whose host has not loaded it. */
const moduleLines = (world: World, self: Running, atMs: number): readonly Line[] =>
  ['overlay', 'br_netfilter']
    .filter(name => !hasModule(world, self, name))
    .map(name => ({
      text: logfmt(self, 'warning', {
        atMs,
        text: `Failed to load kernel module ${name} with modprobe`,
      }),
    }))

/** What it says from its start on until its kubelet begins. */
export const linesToKubelet = (world: World, self: Running, atMs: number): readonly Line[] => {
  const info = (text: string): Line => ({ text: logfmt(self, 'info', { atMs, text }) })
  const isServer = self.unit?.service === 'k3s'
  return [
    ...(isServer ? startLines(world) : agentLines(world, self)).map(info),
    ...moduleLines(world, self, atMs),
    ...nodeLines(world, self).map(info),
  ]
}

/** What it says once its kubelet has begun. */
export const linesAfterKubelet = (self: Running): readonly string[] => [
  `Running kube-proxy --cluster-cidr=10.42.0.0/16 --hostname-override=${nodeNameOf(self.machine)} --kubeconfig=${K3S_DATA}/agent/kubeproxy.kubeconfig --proxy-mode=iptables`,
  'Starting flannel with backend vxlan',
  'Wrote flannel subnet file to /run/flannel/subnet.env',
]
