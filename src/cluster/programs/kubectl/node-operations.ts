import { fitsSelector, readSelector } from '../../kube/labels.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { changeObject } from './change-object.ts'
import type { Client } from './client.ts'
import { writeProblem } from './refused-write.ts'

const missingNode = (name: string): Reply => ({
  stderr: `Error from server (NotFound): nodes "${name}" not found\n`,
  exit: 1,
})

/** The nodes that a command names or that its selector finds, or the reply that says why there are none. */
export const nodesAsked = (client: Client): readonly KubeObject[] | Reply => {
  const [verb, ...words] = client.args.words
  const { kube } = client.call.world
  const selector = client.args.flags.get('selector')
  const named = words.map(word => word.replace(/^(node|nodes|no)\//, ''))
  if (selector !== undefined && named.length > 0)
    return { stderr: 'error: cannot specify both a node name and a --selector option\n', exit: 1 }
  if (selector !== undefined)
    return listObjects(kube, 'Node').filter(node =>
      fitsSelector(node.metadata.labels, readSelector(selector)),
    )
  if (named.length === 0) return { stderr: `error: must specify a node to ${verb}\n`, exit: 1 }
  const missing = named.find(name => getObject(kube, { kind: 'Node', name }) === undefined)
  if (missing !== undefined) return missingNode(missing)
  return named.flatMap(name => getObject(kube, { kind: 'Node', name }) ?? [])
}

/** Whether nodes were found. */
export const areNodes = (value: readonly KubeObject[] | Reply): value is readonly KubeObject[] =>
  Array.isArray(value)

const setSchedulable = (client: Client, node: KubeObject, mode: 'cordon' | 'uncordon'): string => {
  const wanted = mode === 'cordon'
  const name = node.metadata.name
  if ((node.spec?.unschedulable === true) === wanted) return `node/${name} already ${mode}ed\n`
  changeObject(client, node, copy => {
    copy.spec = { ...copy.spec, unschedulable: true }
    if (!wanted) delete copy.spec.unschedulable
  })
  return `node/${name} ${mode}ed\n`
}

/** `kubectl cordon` and `uncordon`. */
export const cordon = (client: Client, mode: 'cordon' | 'uncordon'): Reply => {
  const nodes = nodesAsked(client)
  if (!areNodes(nodes)) return nodes
  const refused = writeProblem(client, { verb: 'patch' }, nodes)
  return refused ?? { stdout: nodes.map(node => setSchedulable(client, node, mode)).join('') }
}

const effects = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])

const readTaint = (text: string) => {
  const read = /^([\w./-]+?)(?:=([\w.-]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?(-)?$/.exec(text)
  return read === null
    ? undefined
    : { key: read[1] ?? '', value: read[2], effect: read[3], isRemoval: read[4] === '-' }
}

type Taint = NonNullable<ReturnType<typeof readTaint>>

const taintText = ({ key, effect }: Taint): string => (effect === undefined ? key : `${key}:${effect}`)

const matches =
  ({ key, effect }: Taint) =>
  (taint: KubeValue): boolean =>
    taint.key === key && (effect === undefined || taint.effect === effect)

/** Gives or takes a node its taints; the word that says what became of it, or the problem. */
const taintNode = (
  client: Client,
  node: KubeObject,
  taints: readonly Taint[],
): { readonly word: string } | { readonly problem: string } => {
  const before: readonly KubeValue[] = node.spec?.taints ?? []
  const missing = taints.find(one => one.isRemoval && !before.some(matches(one)))
  if (missing !== undefined) return { problem: `taint "${taintText(missing)}" not found` }
  const known = taints.find(one => !one.isRemoval && before.some(matches(one)))
  if (known !== undefined && !client.args.flags.has('overwrite'))
    return {
      problem: `node ${node.metadata.name} already has ${known.key} taint(s) with same effect(s) and --overwrite is false`,
    }
  const kept = before.filter(taint => !taints.some(one => matches(one)(taint)))
  const added = taints
    .filter(one => !one.isRemoval)
    .map(({ key, value, effect }) => ({ effect, key, ...(value ? { value } : {}) }))
  const next = [...kept, ...added]
  changeObject(client, node, copy => {
    copy.spec = { ...copy.spec, taints: next }
    if (next.length === 0) delete copy.spec.taints
  })
  if (known !== undefined) return { word: 'modified' }
  return { word: added.length > 0 ? 'tainted' : 'untainted' }
}

const isTaint = (taint: ReturnType<typeof readTaint>): taint is Taint =>
  taint !== undefined && (taint.effect !== undefined || taint.isRemoval)

/** `kubectl taint`: of named nodes, of those that a selector finds, or of all. */
export const taint = (client: Client): Reply => {
  const [, kind, ...words] = client.args.words
  const { flags } = client.args
  if (!/^(nodes?|no)$/.test(kind ?? ''))
    return { stderr: `error: invalid resource type ${kind}, only node(s) is supported\n`, exit: 1 }
  const taints = words.map(readTaint).filter(isTaint)
  const odd = words.flatMap(word => /=[\w.-]*:(\w+)$/.exec(word)?.[1] ?? []).find(word => !effects.has(word))
  if (odd !== undefined)
    return { stderr: `error: invalid taint effect: ${odd}, unsupported taint effect\n`, exit: 1 }
  if (taints.length === 0) return { stderr: 'error: at least one taint update is required\n', exit: 1 }
  const named = words.filter(word => !isTaint(readTaint(word)))
  const all = listObjects(client.call.world.kube, 'Node')
  const selector = flags.get('selector')
  const chosen =
    selector === undefined
      ? all
      : all.filter(node => fitsSelector(node.metadata.labels, readSelector(selector)))
  const nodes = flags.has('all') || selector !== undefined ? chosen : undefined
  const missing = named.find(name => !all.some(node => node.metadata.name === name))
  if (nodes === undefined && missing !== undefined)
    return { stderr: `Error from server (NotFound): nodes "${missing}" not found\n`, exit: 1 }
  const meant = nodes ?? all.filter(node => named.includes(node.metadata.name))
  const refused = writeProblem(client, { verb: 'patch' }, meant)
  if (refused !== undefined) return refused
  const done = meant.map(node => ({
    name: node.metadata.name,
    ...taintNode(client, node, taints),
  }))
  const problems = done.flatMap(one => ('problem' in one ? [`error: ${one.problem}\n`] : []))
  return {
    stdout: done.flatMap(one => ('word' in one ? [`node/${one.name} ${one.word}\n`] : [])).join(''),
    stderr: problems.join(''),
    exit: problems.length > 0 ? 1 : 0,
  }
}
