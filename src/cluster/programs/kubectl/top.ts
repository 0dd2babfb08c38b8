import { fitsSelector, readSelector } from '../../kube/labels.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { listObjects } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import { availabilityOf, metricsApiOf } from '../../relations/metrics-api.ts'
import { measuredContainers } from '../../relations/metrics-objects.ts'
import type { Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { refusedWish } from './forbidden.ts'
import { noneFound } from './none-found.ts'
import { formatTable } from './table.ts'
import { topNodes } from './top-nodes.ts'

type Labels = ReturnType<typeof readSelector>

const MIB = 1024 ** 2

/** The first minor release whose kubectl does not turn to Heapster without that API. */
const KNOWS_ONE_SOURCE = 20

/** Why the API that figures come from does not answer, or not to this client. */
const problemOf = (client: Client, what: string): string | undefined => {
  const { call, args } = client
  const api = metricsApiOf(call.world)
  if (api === undefined)
    return minorOf(call.world) < KNOWS_ONE_SOURCE
      ? 'Error from server (NotFound): the server could not find the requested resource (get services http:heapster:)\n'
      : 'error: Metrics API not available\n'
  const name = args.words[2]
  const refused = refusedWish(client, {
    verb: name === undefined ? 'list' : 'get',
    group: 'metrics.k8s.io',
    resource: what,
    name,
    namespace: what === 'nodes' || args.flags.get('all-namespaces') === 'true' ? undefined : client.namespace,
  })
  if (refused !== undefined) return `Error from server (Forbidden): ${refused}\n`
  return availabilityOf(call.world, api).isAvailable
    ? undefined
    : `Error from server (ServiceUnavailable): the server is currently unable to handle the request (get ${what}.metrics.k8s.io)\n`
}

/** So long kubectl takes it for usual that there are no figures of a pod. */
const YOUNG_MS = 120_000

/** Whether there are pods of some labels, and all of them are new. */
const isAllYoung = ({ call: { world }, args, namespace }: Client, labels: Labels): boolean => {
  const here = args.flags.get('all-namespaces') === 'true' ? undefined : namespace
  const pods = listObjects(world.kube, 'Pod', here).filter(pod => fitsSelector(pod.metadata.labels, labels))
  const isYoung = ({ metadata }: KubeObject): boolean =>
    world.nowMs - msOf(metadata.creationTimestamp) <= YOUNG_MS
  return pods.length > 0 && pods.every(isYoung)
}

const topPods = (client: Client): Reply => {
  const { flags, words } = client.args
  const isEverywhere = flags.get('all-namespaces') === 'true'
  const labels = readSelector(flags.get('selector') ?? '')
  const pods = listObjects(client.call.world.kube, 'Pod', isEverywhere ? undefined : client.namespace)
    .filter(
      p =>
        fitsSelector(p.metadata.labels, labels) && (words[2] === undefined || p.metadata.name === words[2]),
    )
    .map(pod => ({ pod, use: measuredContainers(client.call.world, pod) }))
    .filter(({ use }) => use.length > 0)
  if (pods.length === 0 && words[2] !== undefined)
    return {
      stderr: `Error from server (NotFound): podmetrics.metrics.k8s.io "${client.namespace}/${words[2]}" not found\n`,
      exit: 1,
    }
  if (pods.length === 0 && isAllYoung(client, labels))
    return { stderr: 'error: metrics not available yet\n', exit: 1 }
  if (pods.length === 0)
    return {
      stderr: noneFound(client, !isEverywhere),
    }
  const cpuOf = (use: readonly Container[]): number => use.reduce((s, c) => s + c.cpuMillis, 0)
  const memoryOf = (use: readonly Container[]): number => use.reduce((s, c) => s + c.memoryBytes, 0)
  const by = flags.get('sort-by')
  if (by !== undefined)
    pods.sort((a, b) => (by === 'cpu' ? cpuOf(b.use) - cpuOf(a.use) : memoryOf(b.use) - memoryOf(a.use)))
  const space = isEverywhere ? ['NAMESPACE'] : []
  const where = (pod: KubeObject): readonly string[] => (isEverywhere ? [pod.metadata.namespace ?? ''] : [])
  const amount = (c: { cpuMillis: number; memoryBytes: number }): readonly string[] => [
    `${c.cpuMillis}m`,
    `${Math.round(c.memoryBytes / MIB)}Mi`,
  ]
  const rows = flags.has('containers')
    ? pods.flatMap(({ pod, use }) => use.map(c => [...where(pod), pod.metadata.name, c.name, ...amount(c)]))
    : pods.map(({ pod, use }) => [
        ...where(pod),
        pod.metadata.name,
        ...amount({ cpuMillis: cpuOf(use), memoryBytes: memoryOf(use) }),
      ])
  const heads = [
    ...space,
    'POD',
    ...(flags.has('containers') ? ['NAME'] : ['']).filter(h => h !== ''),
    'CPU(cores)',
    'MEMORY(bytes)',
  ]
  const named = flags.has('containers') ? heads : heads.map(h => (h === 'POD' ? 'NAME' : h))
  return { stdout: formatTable([...(flags.has('no-headers') ? [] : [named]), ...rows]) }
}

/** `kubectl top nodes` and `kubectl top pods`. */
export const showTop = (client: Client): Reply => {
  const what = client.args.words[1]
  if (!/^(nodes?|no|pods?|po)$/.test(what ?? ''))
    return {
      stderr: 'Display Resource (CPU/Memory) usage.\n\nUsage:\n  kubectl top [flags] [options]\n',
      exit: what === undefined ? 0 : 1,
    }
  const problem = problemOf(client, /^no/.test(what ?? '') ? 'nodes' : 'pods')
  if (problem !== undefined) return { stderr: problem, exit: 1 }
  if (/^po/.test(what ?? '')) return topPods(client)
  return topNodes(client)
}
