import { commitOf } from '../../kube/build-info.ts'
import { shownMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { joinSettingsOf, k3sArguments, k3sOptions } from '../../relations/k3s/k3s-units.ts'
import { k3sKubeletArguments } from '../../relations/k3s/kubelet-arguments.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { TimedLine } from '../kube/telling.ts'
import type { Course, Running } from '../service.ts'
import { unknownOptions } from './known-options.ts'

const TLS = `${K3S_DATA}/server/tls`

/** A line in k3s' own form. */
export const logfmt = (
  self: Running,
  level: string,
  at: { readonly atMs: number; readonly text: string },
): string =>
  `time="${new Date(shownMs(self.machine, at.atMs)).toISOString().slice(0, 19)}Z" level=${level} msg="${quoted(at.text)}"`

/** A line and how long after its start, or after it was let in, k3s says it. */
type Timed = readonly [ms: number, text: string]

/** How long after that k3s starts containerd, and has come as far as its kubelet. */
export const CONTAINERD_MS = 3_600
export const KUBELET_MS = 5_800
/** How long after it has begun containerd an agent opens its tunnel to the server. */
export const TUNNEL_MS = 1_025
/** How long after its begin it is up. */
export const UP_MS = { server: 8_200, agent: 6_700 }

/** Since when a start of k3s has been free to go on: from its beginning, or once what it waited for was there. */
export const begunMs = ({ unit }: Running): number => Math.max(unit?.startedMs ?? 0, unit?.heldMs ?? 0)

/** containerd first, then the kubelet that needs it. */
export const courseOf = (self: Running): Course => ({
  forksMs: begunMs(self) + CONTAINERD_MS,
  upMs: begunMs(self) + UP_MS[self.unit?.service === 'k3s' ? 'server' : 'agent'],
})

type Flags = Readonly<Record<string, string>>

const flagWords = (flags: Flags): string =>
  Object.keys(flags)
    .sort()
    .map(name => `--${name}=${flags[name]}`)
    .join(' ')

/** The flags of a component of the control plane within: k3s' own, and over them those that it was told to hand on. */
const componentWords = ({ machine, unit }: Running, component: string, own: Flags): string =>
  flagWords({ ...own, ...(unit === undefined ? {} : k3sArguments(machine, unit, component)) })

const serverHead = (world: World): readonly Timed[] => [
  [410, `Starting k3s ${world.kube.version} (${commitOf(world.kube.version)})`],
  [
    420,
    'Configuring sqlite3 database connection pooling: maxIdleConns=2, maxOpenConns=0, connMaxLifetime=0s',
  ],
  [430, 'Configuring database table schema and indexes, this may take a moment...'],
]

const serverLines = (world: World, self: Running): readonly Timed[] => [
  [1_480, 'Database tables and indexes are up to date'],
  [1_520, 'Kine available at unix://kine.sock'],
  [
    2_140,
    `Running kube-apiserver ${componentWords(self, 'kube-apiserver', {
      'advertise-port': '6443',
      'allow-privileged': 'true',
      'anonymous-auth': 'false',
      'authorization-mode': 'Node,RBAC',
      'bind-address': '127.0.0.1',
      'cert-dir': `${TLS}/temporary-certs`,
      'client-ca-file': `${TLS}/client-ca.crt`,
      'secure-port': '6444',
      'service-cluster-ip-range': world.kube.serviceCidr,
    })}`,
  ],
  [
    2_150,
    `Running kube-scheduler ${componentWords(self, 'kube-scheduler', {
      'authentication-kubeconfig': `${K3S_DATA}/server/cred/scheduler.kubeconfig`,
      'bind-address': '127.0.0.1',
      'leader-elect': 'false',
      'secure-port': '10259',
    })}`,
  ],
  [
    2_160,
    `Running kube-controller-manager ${componentWords(self, 'kube-controller-manager', {
      'allocate-node-cidrs': 'true',
      'bind-address': '127.0.0.1',
      'cluster-cidr': world.kube.podCidr,
      'leader-elect': 'false',
      'secure-port': '10257',
    })}`,
  ],
  [2_170, 'Server node token is available at /var/lib/rancher/k3s/server/token'],
  [2_180, 'Wrote kubeconfig /etc/rancher/k3s/k3s.yaml'],
]

const serverOf = (self: Running): string => {
  const { url = '' } = self.unit === undefined ? {} : joinSettingsOf(self.machine, self.unit)
  return url.replace(/^https:\/\//, '')
}

const agentHead = (world: World, self: Running): readonly Timed[] => [
  [410, `Starting k3s agent ${world.kube.version} (${commitOf(world.kube.version)})`],
  [420, `Adding server to load balancer k3s-agent-load-balancer: ${serverOf(self)}`],
  [
    430,
    `Running load balancer k3s-agent-load-balancer 127.0.0.1:6444 -> [${serverOf(self)}] [default: ${serverOf(self)}]`,
  ],
]

const agentLines = (self: Running): readonly Timed[] => [
  [1_620, 'Getting list of apiserver endpoints from server'],
  [1_650, `Got apiserver addresses from supervisor: [${serverOf(self)}]`],
]

const MODULES = ['overlay', 'br_netfilter']

/** The flags of the kubelet within, by their names. */
const kubeletWords = (world: World, { machine, unit }: Running): string => {
  if (unit === undefined) return ''
  const flags: Flags = {
    'cluster-dns': world.kube.clusterDns,
    'hostname-override': nodeNameOf(machine),
    'node-ip': mainAddressOf(machine),
    'node-labels': k3sOptions(machine, unit, 'node-label').join(','),
    ...k3sKubeletArguments(machine, unit),
  }
  return flagWords(flags)
}

const nodeLines = (world: World, self: Running): readonly Timed[] => [
  ...MODULES.filter(name => hasModule(world, self, name)).map(
    (name): Timed => [2_900, `Module ${name} was already loaded`],
  ),
  [
    CONTAINERD_MS - 10,
    `Running containerd -c ${K3S_DATA}/agent/etc/containerd/config.toml -a /run/k3s/containerd/containerd.sock --state /run/k3s/containerd --root ${K3S_DATA}/agent/containerd`,
  ],
  [CONTAINERD_MS + 1_010, 'containerd is now running'],
  [CONTAINERD_MS + 1_040, `Running kubelet ${kubeletWords(world, self)}`],
]

const hasModule = (world: World, { machine }: Running, module: string): boolean =>
  (world.machines.get(machine.name) ?? machine).modules.some(({ name }) => name === module)

/** It goes on without a module that cannot be had, as in a container whose host has not loaded it. */
const missingModules = (world: World, self: Running): readonly Timed[] =>
  MODULES.filter(name => !hasModule(world, self, name)).map(name => [
    2_890,
    `Failed to load kernel module ${name} with modprobe`,
  ])

/** What it says from its start on until its kubelet begins, each line at its time. */
export const startLines = (world: World, self: Running): readonly TimedLine[] => {
  const isServer = self.unit?.service === 'k3s'
  const startedMs = self.unit?.startedMs ?? world.nowMs
  const letInMs = begunMs(self)
  const say = (level: string, fromMs: number, lines: readonly Timed[]): readonly TimedLine[] =>
    lines.map(([ms, text]) => {
      const atMs = fromMs + ms
      return { atMs, text: logfmt(self, level, { atMs, text }) }
    })
  const unknown = unknownOptions(self.machine).map(
    (name): Timed => [400, `Unknown flag --${name} found in config.yaml, skipping\\n`],
  )
  const to = isServer ? '127.0.0.1:6443' : serverOf(self)
  const tunnel = say('info', letInMs, [[CONTAINERD_MS + TUNNEL_MS, 'Connecting to proxy']])
  return [
    ...say('warning', startedMs, unknown),
    ...say('info', startedMs, isServer ? serverHead(world) : agentHead(world, self)),
    ...say('info', letInMs, isServer ? serverLines(world, self) : agentLines(self)),
    ...say('warning', letInMs, missingModules(world, self)),
    ...say('info', letInMs, nodeLines(world, self)),
    ...tunnel.map(line => ({ ...line, text: `${line.text} url="wss://${to}/v1-k3s/connect"` })),
  ]
}

/** What it says once its kubelet has begun. */
export const linesAfterKubelet = (self: Running): readonly string[] => [
  `Running kube-proxy --cluster-cidr=10.42.0.0/16 --hostname-override=${nodeNameOf(self.machine)} --kubeconfig=${K3S_DATA}/agent/kubeproxy.kubeconfig --proxy-mode=iptables`,
  'Starting flannel with backend vxlan',
  'Wrote flannel subnet file to /run/flannel/subnet.env',
]
