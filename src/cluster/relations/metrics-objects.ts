import { hashOf, uidOf } from '../kube/pod.ts'
import { numberOf } from '../kube/quantity.ts'
import { getObject, listObjects } from '../kube/store.ts'
import { isoOf } from '../kube/times.ts'
import type { Container } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { hostOfNode } from './cluster-hosts.ts'
import { isMeasured } from './metrics-api.ts'
import { nodeUseOf } from './node-use.ts'
import { containersOf } from './pods.ts'
import { hasTwoRounds, roundOf } from './scrape-rounds.ts'

const WINDOW = '10.046s'
const KIB = 1024
const NANOS = 1_000_000

type Use = { readonly cpuMillis: number; readonly memoryBytes: number }

const head = (world: World, kind: string, { metadata }: KubeObject) => ({
  apiVersion: 'metrics.k8s.io/v1beta1',
  kind,
  metadata: {
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    creationTimestamp: isoOf(world.nowMs),
    ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
  } as KubeObject['metadata'],
  timestamp: isoOf(roundOf(world)),
  window: WINDOW,
})

/** Figures of a name: whole thousandths of a core are what is left when the last of these is rounded up. */
const usage = (world: World, name: string, { cpuMillis, memoryBytes }: Use): KubeValue => ({
  cpu: `${Math.max(0, cpuMillis * NANOS - (Number.parseInt(hashOf(`${name} ${roundOf(world)}`, 8), 16) % NANOS))}n`,
  memory: `${Math.round(memoryBytes / KIB)}Ki`,
})

/** What a node uses as the metrics API has it; nothing of one that is not measured. */
const ofNode = (world: World, node: KubeObject): readonly KubeObject[] => {
  const place = hostOfNode(world, node.metadata.name)
  if (place === undefined || !isMeasured(world, node)) return []
  const use = nodeUseOf(place.host, numberOf(node.status?.allocatable?.cpu))
  return [{ ...head(world, 'NodeMetrics', node), usage: usage(world, node.metadata.name, use) }]
}

/** The running containers of a pod whose use somebody has measured; none while one of them is too young. */
export const measuredContainers = (world: World, pod: KubeObject): readonly Container[] => {
  const name: string = pod.spec?.nodeName ?? ''
  const place = hostOfNode(world, name)
  const node = getObject(world.kube, { kind: 'Node', name })
  if (place === undefined || node === undefined || !isMeasured(world, node)) return []
  if (pod.status?.phase !== 'Running') return []
  const running = containersOf(place.machine, uidOf(pod)).filter(c => c.state === 'running')
  return running.every(({ startedMs }) => hasTwoRounds(world, startedMs)) ? running : []
}

const ofPod = (world: World, pod: KubeObject): readonly KubeObject[] => {
  const containers = measuredContainers(world, pod).map(c => ({
    name: c.name,
    usage: usage(world, `${pod.metadata.name}/${c.name}`, c),
  }))
  return containers.length === 0 ? [] : [{ ...head(world, 'PodMetrics', pod), containers }]
}

/** The objects that a metrics server answers with, made anew for each question. */
export const metricsObjects = (
  world: World,
  kind: string,
  namespace: string | undefined,
): readonly KubeObject[] =>
  kind === 'NodeMetrics'
    ? listObjects(world.kube, 'Node').flatMap(node => ofNode(world, node))
    : listObjects(world.kube, 'Pod', namespace).flatMap(pod => ofPod(world, pod))
