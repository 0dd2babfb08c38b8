import { klog } from '../../kube/times.ts'
import { storeRefusal } from '../../relations/api-server.ts'
import { askApi } from '../../relations/ask-api.ts'
import { shownMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import { leaseObjection } from '../../relations/components.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import { kubeletConfigPath } from '../../relations/kubelet-settings.ts'
import { allowsNodes, foreignNode } from '../../relations/node-rights.ts'
import { complaintsText, kubeletRuntimeProblem, runtimeComplaints } from '../../relations/runtime-problem.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { Running, Service } from '../service.ts'
import { nodePath, triesWithin } from './status-tries.ts'
import { repeating, type TimedLine } from './telling.ts'

/** Makes klog lines of a kubelet, by the clock of its machine. */
export const lineMaker =
  (self: Running) =>
  (level: 'I' | 'W' | 'E', atMs: number, [source, text]: readonly [string, string]): string =>
    klog(level, { atMs: shownMs(self.machine, atMs), pid: self.unit?.mainPid ?? 1, source }, text)

type Say = ReturnType<typeof lineMaker>

const ownOf = ({ machine, unit }: Running) => ({ runtime: machine.runtime, unit })

const forbiddenLines = (
  self: Running,
  { node, span }: { readonly node: string; readonly span: Parameters<typeof repeating>[0] },
): readonly TimedLine[] => {
  const say = lineMaker(self)
  const user = `User \\"system:node:${node}\\" cannot`
  return [
    ...repeating(span, 7_000, atMs =>
      say('E', atMs, [
        'controller.go:146',
        `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${node}\\" is forbidden: ${user} get resource \\"leases\\" in API group \\"coordination.k8s.io\\" in the namespace \\"kube-node-lease\\"" interval="7s"`,
      ]),
    ),
    ...triesWithin(span, ownOf(self), {
      status: () =>
        `error getting node \\"${node}\\": nodes \\"${node}\\" is forbidden: ${user} get resource \\"nodes\\" in API group \\"\\" at the cluster scope`,
      register: {
        node,
        problem: `nodes is forbidden: ${user} create resource \\"nodes\\" in API group \\"\\" at the cluster scope`,
      },
      say,
    }),
  ]
}

/** What a kubelet says while the API server reads but writes nothing. */
const unwrittenLines = (
  self: Running,
  {
    node,
    unwritten,
    span,
  }: { readonly node: string; readonly unwritten: string; readonly span: Parameters<typeof repeating>[0] },
): readonly TimedLine[] => {
  const say = lineMaker(self)
  return [
    ...repeating(span, 10_000, atMs =>
      say('E', atMs, ['controller.go:193', `"Failed to update lease" err="${unwritten}"`]),
    ),
    ...triesWithin(span, ownOf(self), {
      status: () =>
        `failed to patch status \\"{\\\\\\"status\\\\\\":{\\\\\\"conditions\\\\\\":[...]}}\\" for node \\"${node}\\": ${unwritten}`,
      register: { node, problem: unwritten },
      say,
    }),
  ]
}

/** What a kubelet says whose lease a webhook stands against that does not answer. */
const objectedLines = (
  world: World,
  say: Say,
  { node, span }: { readonly node: string; readonly span: Parameters<typeof repeating>[0] },
): readonly TimedLine[] => {
  const objection = leaseObjection(world, 'kube-node-lease', node)
  if (objection === undefined) return []
  return repeating(span, 10_000, atMs =>
    say('E', atMs, ['controller.go:193', `"Failed to update lease" err="${quoted(objection)}"`]),
  )
}

/** What a kubelet says that comes with the credentials of another node: it may neither register its own nor hold a lease for it. */
const foreignLines = (
  say: Say,
  {
    node,
    came,
    span,
  }: { readonly node: string; readonly came: string; readonly span: Parameters<typeof repeating>[0] },
): readonly TimedLine[] => {
  const user = `User \\"system:node:${came}\\" cannot get resource`
  return [
    ...repeating(span, 7_000, atMs => [
      say('I', atMs, ['kubelet_node_status.go:70', `"Attempting to register node" node="${node}"`]),
      say('E', atMs, [
        'kubelet_node_status.go:92',
        `"Unable to register node with API server" err="nodes \\"${node}\\" is forbidden: node \\"${came}\\" is not allowed to modify node \\"${node}\\"" node="${node}"`,
      ]),
      say('E', atMs, [
        'controller.go:146',
        `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${node}\\" is forbidden: ${user} \\"leases\\" in API group \\"coordination.k8s.io\\" in the namespace \\"kube-node-lease\\": can only access node lease with the same name as the requesting node" interval="7s"`,
      ]),
    ]),
    ...repeating(span, 10_000, atMs =>
      say('E', atMs, [
        'eviction_manager.go:258',
        `"Eviction manager: failed to get summary stats" err="failed to get node info: node \\"${node}\\" not found"`,
      ]),
    ),
  ]
}

/** What a kubelet says that the API server does not answer, or does not know. `get` words a request of a path that failed. */
const unreachedLines = (
  self: Running,
  {
    node,
    span,
    get,
    isExpired,
  }: {
    readonly node: string
    readonly span: Parameters<typeof repeating>[0]
    readonly get: (path: string) => string
    readonly isExpired: boolean
  },
): readonly TimedLine[] => {
  const say = lineMaker(self)
  return [
    ...repeating(span, 7_000, atMs =>
      say('E', atMs, [
        'controller.go:146',
        `"Failed to ensure lease exists, will retry" err="${quoted(get(`/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}?timeout=10s`))}" interval="7s"`,
      ]),
    ),
    ...(isExpired
      ? repeating(span, 10_000, atMs =>
          say('E', atMs, [
            'certificate_manager.go:348',
            'kubernetes.io/kube-apiserver-client-kubelet: Certificate is expired.',
          ]),
        )
      : []),
    ...triesWithin(span, ownOf(self), {
      status: place => `error getting node \\"${node}\\": ${quoted(get(nodePath(node, place)))}`,
      register: { node, problem: quoted(get('/api/v1/nodes').replace(/^Get/, 'Post')) },
      say,
    }),
    ...repeating(span, 22_000, atMs => [
      say('W', atMs, [
        'reflector.go:535',
        `vendor/k8s.io/client-go/informers/factory.go:150: failed to list *v1.Service: ${get('/api/v1/services?limit=500&resourceVersion=0')}`,
      ]),
      say('E', atMs, [
        'reflector.go:147',
        `vendor/k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.Service: failed to list *v1.Service: ${get('/api/v1/services?limit=500&resourceVersion=0')}`,
      ]),
    ]),
  ]
}

/** What a kubelet says while the API server does not answer it, or does not let it work. */
export const apiLines = (
  world: World,
  self: Running,
  span: Parameters<NonNullable<Service['chatter']>>[2],
): readonly TimedLine[] => {
  const config = readKubeconfig(self.machine, kubeletConfigPath(self.unit), self.unit)
  if (isProblem(config)) return []
  const answer = askApi(world, {
    from: self.machine,
    config,
    heldSinceMs: self.unit?.startedMs,
    environment: self.unit?.environment,
  })
  const node = nodeNameOf(self.machine)
  const say = lineMaker(self)
  const came = foreignNode(answer, node)
  if (came !== undefined) return foreignLines(say, { node, came, span })
  const unwritten = answer.kind === 'answers' ? storeRefusal(world, answer.server) : undefined
  if (allowsNodes(answer))
    return unwritten === undefined
      ? objectedLines(world, say, { node, span })
      : unwrittenLines(self, { node, unwritten, span })
  if (answer.kind === 'answers') return forbiddenLines(self, { node, span })
  const get = (path: string): string =>
    answer.kind === 'unauthorized' ? 'Unauthorized' : `Get "${config.server}${path}": ${answer.text}`
  const isExpired =
    config.client !== undefined && shownMs(self.machine, world.nowMs) > config.client.notAfterMs
  return unreachedLines(self, { node, span, get, isExpired })
}

/** What a kubelet says while its runtime or network is not there. */
export const runtimeLines = (
  self: Running,
  span: Parameters<NonNullable<Service['chatter']>>[2],
): readonly TimedLine[] => {
  const say = lineMaker(self)
  const problem = kubeletRuntimeProblem(self.machine)
  if (problem === undefined) {
    if (cniConfigOf(self.machine) !== undefined || self.machine.runtime?.kind !== 'containerd') return []
    return repeating(span, 5_000, atMs =>
      say('E', atMs, [
        'kubelet.go:2855',
        `"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"`,
      ]),
    )
  }
  const refused = quoted(problem)
  return [
    ...repeating(span, 1_000 * 5, atMs =>
      say('E', atMs, [
        'remote_runtime.go:277',
        `"ListPodSandbox with filter from runtime service failed" err="${refused}" filter="nil"`,
      ]),
    ),
    ...repeating(span, 5_000, atMs =>
      say('E', atMs, ['generic.go:238', `"GenericPLEG: Unable to retrieve pods" err="${refused}"`]),
    ),
    ...repeating(span, 10_000, atMs => {
      const complaints = runtimeComplaints(self.machine, atMs)
      return complaints.length === 0
        ? []
        : [
            say('E', atMs, [
              'kubelet.go:2327',
              `"Skipping pod synchronization" err="${complaintsText(complaints)}"`,
            ]),
          ]
    }),
  ]
}
