import { isMirror } from '../../kube/pod.ts'
import { getObject, touchObject } from '../../kube/store.ts'
import { advance } from '../../laws/advance.ts'
import { deletePod } from '../../laws/controllers/make-pod.ts'
import { isFinished, podsOn } from '../../relations/pods.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Client, writeProblem } from './client.ts'

const nodeAsked = (client: Client): KubeObject | Reply => {
  const name = client.args.words[1]?.replace(/^(node|nodes|no)\//, '')
  if (name === undefined)
    return { stderr: `error: must specify a node to ${client.args.words[0]}\n`, exit: 1 }
  return (
    getObject(client.call.world.kube, { kind: 'Node', name }) ?? {
      stderr: `Error from server (NotFound): nodes "${name}" not found\n`,
      exit: 1,
    }
  )
}

const isNode = (value: KubeObject | Reply): value is KubeObject => 'metadata' in value

/** `kubectl cordon` and `uncordon`. */
export const cordon = (client: Client, mode: 'cordon' | 'uncordon'): Reply => {
  const node = nodeAsked(client)
  if (!isNode(node)) return node
  const refused = writeProblem(client)
  if (refused !== undefined) return refused
  const wanted = mode === 'cordon'
  const name = node.metadata.name
  if ((node.spec?.unschedulable === true) === wanted) return { stdout: `node/${name} already ${mode}ed\n` }
  node.spec = { ...node.spec, unschedulable: true }
  if (!wanted) delete node.spec.unschedulable
  touchObject(client.call.world, node)
  return { stdout: `node/${name} ${mode}ed\n` }
}

const WAIT_MS = 90_000
const STEP_MS = 2_000

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

/** `kubectl drain`. */
export const drain = (client: Client): Reply => {
  const node = nodeAsked(client)
  if (!isNode(node)) return node
  const { world, passage } = client.call
  const { name } = node.metadata
  const cordoned = cordon(client, 'cordon')
  if (cordoned.exit) return cordoned
  const pods = podsOn(world.kube, name).filter(p => !isMirror(p) && !isFinished(p))
  const problems = obstacles(pods, client.args.flags)
  if (problems.length > 0)
    return {
      stdout: cordoned.stdout ?? '',
      stderr: `error: unable to drain node "${name}" due to error:[${problems.join(', ')}], continuing command...\nThere are pending nodes to be drained:\n ${name}\n${problems.join('\n')}\n`,
      exit: 1,
    }
  const daemons = pods.filter(p => ownerKind(p) === 'DaemonSet')
  const leaving = pods.filter(p => ownerKind(p) !== 'DaemonSet')
  for (const pod of leaving) deletePod(world, pod)
  const endMs = Math.min(world.nowMs + WAIT_MS, passage.deadlineMs ?? Number.POSITIVE_INFINITY)
  const remain = (): readonly KubeObject[] =>
    leaving.filter(
      p => getObject(world.kube, { ...p.metadata, kind: 'Pod' })?.metadata.uid === p.metadata.uid,
    )
  while (remain().length > 0 && world.nowMs < endMs) advance(world, STEP_MS)
  const left = remain()
  const out = [
    cordoned.stdout ?? '',
    ...leaving.map(p => `evicting pod ${title(p)}\n`),
    ...leaving.filter(p => !left.includes(p)).map(p => `pod/${p.metadata.name} evicted\n`),
  ].join('')
  const warning =
    daemons.length === 0 ? '' : `Warning: ignoring DaemonSet-managed Pods: ${daemons.map(title).join(', ')}\n`
  if (left.length > 0)
    return {
      stdout: out,
      stderr: `${warning}error when waiting for pod "${left[0]?.metadata.name}" in namespace "${left[0]?.metadata.namespace}" to terminate: global timeout reached: 1m30s\n`,
      exit: 1,
    }
  return { stdout: `${out}node/${name} drained\n`, stderr: warning }
}

const readTaint = (text: string) => {
  const read = /^([\w./-]+?)(?:=([\w.-]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?(-)?$/.exec(text)
  return read === null
    ? undefined
    : { key: read[1] ?? '', value: read[2], effect: read[3], isRemoval: read[4] === '-' }
}

/** `kubectl taint`. */
export const taint = (client: Client): Reply => {
  const [, kind, ...words] = client.args.words
  if (!/^(nodes?|no)$/.test(kind ?? ''))
    return { stderr: `error: invalid resource type ${kind}, only node(s) is supported\n`, exit: 1 }
  const taints = words.map(readTaint).filter(t => t !== undefined && (t.effect !== undefined || t.isRemoval))
  const names = words.filter(
    word => readTaint(word)?.effect === undefined && readTaint(word)?.isRemoval !== true,
  )
  const refused = writeProblem(client)
  if (refused !== undefined) return refused
  let out = ''
  for (const name of names) {
    const node = getObject(client.call.world.kube, { kind: 'Node', name })
    if (node === undefined)
      return { stdout: out, stderr: `Error from server (NotFound): nodes "${name}" not found\n`, exit: 1 }
    for (const one of taints) {
      if (one === undefined) continue
      const matches = (t: KubeValue): boolean =>
        t.key === one.key && (one.effect === undefined || t.effect === one.effect)
      const before: readonly KubeValue[] = node.spec?.taints ?? []
      if (one.isRemoval && !before.some(matches))
        return {
          stdout: out,
          stderr: `error: taint "${one.key}${one.effect === undefined ? '' : `:${one.effect}`}" not found\n`,
          exit: 1,
        }
      const kept = before.filter(t => !matches(t))
      const next = one.isRemoval
        ? kept
        : [...kept, { effect: one.effect, key: one.key, ...(one.value ? { value: one.value } : {}) }]
      node.spec = { ...node.spec, taints: next }
      if (next.length === 0) delete node.spec.taints
      touchObject(client.call.world, node)
      out += `node/${name} ${one.isRemoval ? 'untainted' : before.some(matches) ? 'modified' : 'tainted'}\n`
    }
  }
  return { stdout: out }
}
