import { nodeAt } from '../../files/file-tree.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { shownMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { isProblem, readKubeconfig, serversIn } from '../../relations/kubeconfig.ts'
import {
  kubeletConfigPath,
  kubeletSettingsPath,
  readKubeletSettings,
} from '../../relations/kubelet-settings.ts'
import { settingsText } from '../../relations/read-settings.ts'
import { isShortOfFiles, watchProblem } from '../../relations/resource-limits.ts'
import { kubeletRuntimeProblem } from '../../relations/runtime-problem.ts'
import { swapLines } from '../../relations/swap-lines.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Line, Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { isPortTaken } from './bind-problem.ts'
import { missingFile } from './control-plane-flags.ts'
import { apiLines, lineMaker, runtimeLines } from './kubelet-complaints.ts'
import { fieldProblem, reservationProblem, settingsProblem } from './kubelet-settings-problem.ts'
import { ordinaryLines } from './ordinary-lines.ts'
import { exits, tcp } from './telling.ts'

const fatal = (texts: readonly string[]): Ailment => ({
  exit: exits(1),
  afterMs: 400,
  lines: texts.map(text => ({ text })),
})

const runtimeSocketOf = ({ unit, machine }: Running): string =>
  (
    /--container-runtime-endpoint[= ](\S+)/.exec(unit?.execStart ?? '')?.[1] ??
    `unix://${machine.runtime?.socket ?? '/run/containerd/containerd.sock'}`
  ).replace(/^unix:\/\//, '')

const knownFlags = new Set(
  'bootstrap-kubeconfig kubeconfig config container-runtime-endpoint pod-infra-container-image node-ip hostname-override cgroup-driver fail-swap-on v node-labels register-with-taints root-dir max-pods cluster-dns cluster-domain feature-gates eviction-hard image-gc-high-threshold image-gc-low-threshold read-only-port resolv-conf runtime-cgroups kubelet-cgroups system-reserved kube-reserved cert-dir rotate-certificates network-plugin cni-bin-dir cni-conf-dir container-runtime cloud-provider allow-privileged client-ca-file pod-manifest-path address port healthz-port'.split(
    ' ',
  ),
)

/** Flags that were taken away, with the minor release that took them. */
const goneFlags: Readonly<Record<string, number>> = {
  'allow-privileged': 15,
  'network-plugin': 24,
  'cni-bin-dir': 24,
  'cni-conf-dir': 24,
  'container-runtime': 27,
}

const isKnown = (world: World, flag: string): boolean =>
  knownFlags.has(flag) && minorOf(world) < (goneFlags[flag] ?? Number.POSITIVE_INFINITY)

const flagProblem = (world: World, { unit }: Running): string | undefined => {
  const unknown = [...(unit?.execStart ?? '').matchAll(/\s--([\w-]+)/g)]
    .map(m => m[1] ?? '')
    .find(flag => !isKnown(world, flag))
  return unknown === undefined
    ? undefined
    : `"command failed" err="failed to parse kubelet flag: unknown flag: --${unknown}"`
}

const configProblem = (self: Running): string | undefined => {
  const path = kubeletSettingsPath(self.machine)
  const text = settingsText(self.machine, self.unit, path)
  const failed = (why: string) =>
    `"command failed" err="failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error ${why}"`
  if (text === undefined)
    return failed(
      `failed to read kubelet config file \\"${path}\\", error: open ${path}: no such file or directory`,
    )
  const settings = readKubeletSettings(self.machine)
  if (settings === undefined)
    return failed(
      "couldn't get version/kind; json parse error: error converting YAML to JSON: yaml: line 1: did not find expected key",
    )
  if (settings?.kind !== 'KubeletConfiguration') return failed("failed to decode: Object 'Kind' is missing")
  const field = fieldProblem(settings)
  if (field !== undefined) return failed(`failed to decode: ${field}`)
  if (settings.cgroupDriver !== undefined && !['systemd', 'cgroupfs'].includes(settings.cgroupDriver))
    return `"command failed" err="failed to run Kubelet: invalid configuration: cgroup-driver \\"${settings.cgroupDriver}\\" is not supported"`
  return settingsProblem(settings)
}

const clientProblem = (world: World, self: Running): string | undefined => {
  const config = readKubeconfig(self.machine, kubeletConfigPath(self.unit), self.unit)
  if (isProblem(config))
    return config.isMissing
      ? `"command failed" err="failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory"`
      : `"command failed" err="failed to run Kubelet: ${quoted(config.problem)}"`
  const nowMs = shownMs(self.machine, world.nowMs)
  if (config.client !== undefined && nowMs > config.client.notAfterMs)
    return `"command failed" err="failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory"`
  const authority = readKubeletSettings(self.machine)?.authentication?.x509?.clientCAFile
  const missing = missingFile(self.machine, [authority])
  return missing === undefined
    ? undefined
    : `"command failed" err="failed to construct kubelet dependencies: unable to load client CA file ${authority}: ${missing}"`
}

const hostProblem = (self: Running): string | undefined => {
  const { machine } = self
  const settings = readKubeletSettings(machine)
  const hasSwap = machine.swap.length > 0
  if (hasSwap && settings?.failSwapOn !== false && !/--fail-swap-on=false/.test(self.unit?.execStart ?? '')) {
    return `"command failed" err="failed to run Kubelet: running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false. /proc/swaps contained: [${swapLines(machine).join(' ').replaceAll('\t', '\\t')}]"`
  }
  if (isShortOfFiles(machine, self.unit))
    return `"command failed" err="failed to run Kubelet: open /var/lib/kubelet/pki/kubelet-client-current.pem: too many open files"`
  const unwatched = watchProblem(machine)
  if (unwatched !== undefined) return `"Failed to start cAdvisor" err="${unwatched}"`
  const socket = runtimeSocketOf(self)
  const unanswered =
    kubeletRuntimeProblem(machine) ??
    (machine.runtime !== undefined && !sameSocket(machine.runtime.socket, socket)
      ? `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: no such file or directory"`
      : undefined)
  if (unanswered !== undefined)
    return `"command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix://${socket}\\": ${quoted(unanswered)}"`
  if (machine.files.has('/dev') && nodeAt(machine.files, '/dev/kmsg') === undefined)
    return `"command failed" err="failed to run Kubelet: failed to create kubelet: open /dev/kmsg: no such file or directory"`
  return reservationProblem(machine) ?? portProblem(self)
}

const portProblem = ({ machine }: Running): string | undefined => {
  const port = [10250, 10248].find(p => isPortTaken(machine, p))
  if (port === undefined) return undefined
  return port === 10250
    ? `"Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"`
    : `"Failed to start healthz server" err="listen tcp 127.0.0.1:10248: bind: address already in use"`
}

const sameSocket = (a: string, b: string): boolean =>
  a.replace(/^\/var\/run/, '/run') === b.replace(/^\/var\/run/, '/run')

const source = (problem: string): string =>
  problem.includes('listen and serve')
    ? 'server.go:202'
    : /cAdvisor|ContainerManager/.test(problem)
      ? 'kubelet.go:1542'
      : 'run.go:74'

type Say = ReturnType<typeof lineMaker>

const versionLines = (world: World, say: Say, atMs: number): readonly string[] => [
  say('I', atMs, ['server.go:467', `"Kubelet version" kubeletVersion="${world.kube.version}"`]),
  say('I', atMs, ['server.go:469', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""']),
]

/** What it says of a client certificate that is past its end, before it looks how it could get another. */
const expiryLines = (world: World, self: Running, atMs: number): readonly string[] => {
  const path = kubeletConfigPath(self.unit)
  const config = readKubeconfig(self.machine, path, self.unit)
  if (isProblem(config) || config.client === undefined) return []
  const { notAfterMs } = config.client
  if (shownMs(self.machine, world.nowMs) <= notAfterMs) return []
  const end = new Date(notAfterMs).toISOString().slice(0, 19).replace('T', ' ')
  const text = `part of the existing bootstrap client certificate in ${path} is expired: ${end} +0000 UTC`
  return [lineMaker(self)('E', atMs, ['bootstrap.go:266', text])]
}

const ailment = (world: World, self: Running): Ailment | undefined => {
  const startedMs = self.unit?.startedMs ?? world.nowMs
  if (!isStarting(world, self)) return undefined
  const problem =
    flagProblem(world, self) ?? configProblem(self) ?? clientProblem(world, self) ?? hostProblem(self)
  if (problem === undefined) return undefined
  const say = lineMaker(self)
  const isRun = flagProblem(world, self) === undefined && configProblem(self) === undefined
  const before = isRun
    ? [...versionLines(world, say, startedMs + 90), ...expiryLines(world, self, startedMs + 370)]
    : []
  return fatal([...before, say('E', startedMs + 380, [source(problem), problem])])
}

/** What a kubelet of before 1.20 says when it starts over Docker. */
const olderGreeting = (world: World, self: Running): readonly Line[] => {
  const say = lineMaker(self)
  const atMs = self.unit?.startedMs ?? world.nowMs
  const node = nodeNameOf(self.machine)
  const rows = [
    ['server.go:417', `Version: ${world.kube.version}`],
    ['plugins.go:103', 'No cloud provider specified.'],
    ['container_manager_linux.go:261', 'container manager verified user specified cgroup-root exists: []'],
    ['client.go:75', 'Connecting to docker on unix:///var/run/docker.sock'],
    ['docker_service.go:253', 'Docker cri networking managed by cni'],
    [
      'kuberuntime_manager.go:210',
      'Container runtime docker initialized, version: 18.09.5, apiVersion: 1.39.0',
    ],
    ['server.go:1055', 'Started kubelet'],
    ['server.go:141', 'Starting to listen on 0.0.0.0:10250'],
    ['kubelet_node_status.go:72', `Attempting to register node ${node}`],
    ['kubelet_node_status.go:114', `Node ${node} was previously registered`],
    ['kubelet_node_status.go:75', `Successfully registered node ${node}`],
  ] as const
  return rows.map(([source, text], at) => ({ text: say('I', atMs + 90 + at * 37, [source, text]) }))
}

const greeting = (world: World, self: Running): readonly Line[] => {
  if (self.machine.runtime?.kind === 'docker') return olderGreeting(world, self)
  const say = lineMaker(self)
  const atMs = self.unit?.startedMs ?? world.nowMs
  const info = (source: string, text: string) => ({ text: say('I', atMs + 90, [source, text]) })
  return [
    ...versionLines(world, say, atMs + 90).map(text => ({ text })),
    info('server.go:895', '"Client rotation is on, will bootstrap in background"'),
    info(
      'certificate_store.go:130',
      'Loading cert/key pair from "/var/lib/kubelet/pki/kubelet-client-current.pem".',
    ),
    info(
      'dynamic_cafile_content.go:157',
      '"Starting controller" name="client-ca-bundle::/etc/kubernetes/pki/ca.crt"',
    ),
    info('kubelet.go:393', '"Attempting to sync node with API server"'),
    info('kubelet.go:301', '"Adding static pod path" path="/etc/kubernetes/manifests"'),
    info(
      'kuberuntime_manager.go:257',
      `"Container runtime initialized" containerRuntime="${self.machine.runtime?.kind ?? ''}" version="${self.machine.runtime?.version ?? ''}" apiVersion="v1"`,
    ),
    info('server.go:1186', '"Started kubelet"'),
    info('kubelet_node_status.go:70', `"Attempting to register node" node="${nodeNameOf(self.machine)}"`),
  ]
}

/** kubelet: its configuration, kubeconfig and certificates, swap, the runtime's socket and ports decide whether it starts. */
export const kubelet: Service = {
  listens: () => [tcp(10250), tcp(10248, '127.0.0.1')],
  ailment,
  greeting,
  chatter: (world, self, span) =>
    [...apiLines(world, self, span), ...runtimeLines(self, span), ...ordinaryLines(world, self, span)].sort(
      (a, b) => a.atMs - b.atMs,
    ),
  dials: (_world, { machine, unit }) =>
    unit === undefined ? [] : serversIn(machine, kubeletConfigPath(unit), unit),
  answers: (_world, _self, { port, path }) =>
    port === 10248 && path.startsWith('/healthz')
      ? { status: 200, body: 'ok' }
      : port === 10248
        ? { status: 404, body: '404 page not found\n' }
        : { status: 401, body: 'Unauthorized' },
}
