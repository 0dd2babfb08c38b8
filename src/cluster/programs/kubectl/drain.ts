import { isMirror } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { deletePod } from '../../laws/controllers/make-pod.ts'
import { exhaustedBudget } from '../../relations/admission/disruption-budget.ts'
import { isFinished, podsOn } from '../../relations/pods.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import { type Client, isOutOfTime } from './client.ts'
import { joinReplies, replyOneByOne } from './join-replies.ts'
import { areNodes, cordon, nodesAsked } from './node-operations.ts'
import { writeProblem } from './refused-write.ts'

const WAIT_MS = 90_000
const STEP_MS = 2_000
const RETRY_MS = 5_000

const usesEmptyDir = (pod: KubeObject): boolean =>
  pod.spec?.volumes?.some((v: KubeValue) => v.emptyDir !== undefined) === true
const ownerKind = (pod: KubeObject): string | undefined => pod.metadata.ownerReferences?.[0]?.kind
const title = (pod: KubeObject): string => `${pod.metadata.namespace}/${pod.metadata.name}`

const obstacles = (pods: readonly KubeObject[], flags: ReadonlyMap<string, string>): readonly string[] => {
  const of = (text: string, hit: readonly KubeObject[]): readonly string[] =>
    hit.length === 0 ? [] : [`cannot delete ${text}: ${hit.map(title).join(', ')}`]
  return [
    ...(flags.has('ignore-daemonsets')
      ? []
      : of(
          'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
          pods.filter(p => ownerKind(p) === 'DaemonSet'),
        )),
    ...(flags.has('delete-emptydir-data') || flags.has('delete-local-data')
      ? []
      : of('Pods with local storage (use --delete-emptydir-data to override)', pods.filter(usesEmptyDir))),
    ...(flags.has('force')
      ? []
      : of(
          'Pods declare no controller (use --force to override)',
          pods.filter(p => ownerKind(p) === undefined),
        )),
  ]
}

/** Errors as one: several in brackets. */
const oneLine = (problems: readonly string[]): string =>
  problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`

/** What is left of the pods, those of them that a budget still keeps, and what was said meanwhile. */
type Evicted = {
  readonly left: readonly KubeObject[]
  readonly kept: readonly KubeObject[]
  readonly complaints: string
}

/** Evicts pods and waits until they are gone; those that a budget keeps are asked for again every five seconds. */
const evictAll = async (client: Client, pods: readonly KubeObject[]): Promise<Evicted> => {
  const { world, passage } = client.call
  const asked = new Set<KubeObject>()
  let complaints = ''
  let retryMs = world.nowMs
  const ask = (pod: KubeObject): void => {
    const isKept = !client.args.flags.has('disable-eviction') && exhaustedBudget(world, pod) !== undefined
    if (isKept)
      complaints += `error when evicting pods/"${pod.metadata.name}" -n "${pod.metadata.namespace}" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n`
    else {
      asked.add(pod)
      deletePod(world, pod)
    }
  }
  const remain = (): readonly KubeObject[] =>
    pods.filter(p => getObject(world.kube, { ...p.metadata, kind: 'Pod' })?.metadata.uid === p.metadata.uid)
  const endMs = Math.min(
    world.nowMs + (durationOf(client.args, 'timeout') || WAIT_MS),
    passage.deadlineMs ?? Number.POSITIVE_INFINITY,
  )
  while (remain().length > 0 && world.nowMs < endMs) {
    if (world.nowMs >= retryMs) {
      for (const pod of pods) if (!asked.has(pod)) ask(pod)
      retryMs = world.nowMs + RETRY_MS
    }
    await passage.pass(STEP_MS)
  }
  const left = remain()
  return { left, kept: left.filter(pod => !asked.has(pod)), complaints }
}

/** `kubectl drain`: all nodes are cordoned first, then emptied one after another. */
export const drain = async (client: Client): Promise<Reply> => {
  const nodes = nodesAsked(client)
  if (!areNodes(nodes)) return nodes
  const cordoned = cordon(client, 'cordon')
  if (cordoned.exit) return cordoned
  return joinReplies([
    cordoned,
    await replyOneByOne(nodes, ({ metadata }) => drainNode(client, metadata.name)),
  ])
}

const drainNode = async (client: Client, name: string): Promise<Reply> => {
  const pods = podsOn(client.call.world.kube, name).filter(p => !isMirror(p) && !isFinished(p))
  const problems = obstacles(pods, client.args.flags)
  if (problems.length > 0)
    return {
      stderr: `error: unable to drain node "${name}" due to error:${oneLine(problems)}, continuing command...\nThere are pending nodes to be drained:\n ${name}\n${problems.join('\n')}\n`,
      exit: 1,
    }
  const daemons = pods.filter(p => ownerKind(p) === 'DaemonSet')
  const leaving = pods.filter(p => ownerKind(p) !== 'DaemonSet')
  const refused = writeProblem(client, { verb: 'create', part: 'eviction' }, leaving)
  if (refused !== undefined) return refused
  const { left, kept, complaints } = await evictAll(client, leaving)
  const out = [
    ...leaving.map(p => `evicting pod ${title(p)}\n`),
    ...leaving.filter(p => !left.includes(p)).map(p => `pod/${p.metadata.name} evicted\n`),
  ].join('')
  const ignored =
    daemons.length === 0 ? '' : `Warning: ignoring DaemonSet-managed Pods: ${daemons.map(title).join(', ')}\n`
  const said = ignored + complaints
  if (left.length > 0 && isOutOfTime(client)) return { stdout: out, stderr: said, exit: 1 }
  if (left.length > 0) {
    const limit = client.args.flags.get('timeout') ?? '1m30s'
    const errors = left.map(one => {
      const { name: pod, namespace } = one.metadata
      const what = kept.includes(one)
        ? `error when evicting pods/"${pod}" -n "${namespace}"`
        : `error when waiting for pod "${pod}" in namespace "${namespace}" to terminate`
      return `${what}: global timeout reached: ${limit}`
    })
    return {
      stdout: out,
      stderr: `${said}There are pending pods in node "${name}" when an error occurred: ${oneLine(errors)}\n${left.map(pod => `pod/${pod.metadata.name}\n`).join('')}error: unable to drain node "${name}" due to error:${oneLine(errors)}, continuing command...\nThere are pending nodes to be drained:\n ${name}\n${errors.join('\n')}\n`,
      exit: 1,
    }
  }
  return { stdout: `${out}node/${name} drained\n`, stderr: said }
}
