import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { deleteObject } from '../../kube/deletion.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { getObject, putObject, removeObject } from '../../kube/store.ts'
import { applyObject } from '../../laws/k3s/apply-object.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { mergeValues, readSet, renderChart } from './chart-values.ts'
import type { HelmArguments } from './helm-arguments.ts'
import { chartNameOf, keepRelease, type Release, releasesIn, setStatus } from './releases.ts'
import { locateChart } from './repositories.ts'
import { manifestText, notFound, statusText } from './show-releases.ts'

/** Which release a command is about. */
export type Wish = { readonly namespace: string; readonly name: string; readonly args: HelmArguments }

const failed = (text: string): Reply => ({ stderr: `Error: ${text}\n`, exit: 1 })

const revisionsOf = ({ world }: Call, { namespace, name }: Wish): readonly Release[] =>
  releasesIn(world.kube, namespace).filter(release => release.name === name)

const storedFor = ({ world }: Call, { kind, metadata }: KubeValue): KubeObject | undefined =>
  getObject(world.kube, { kind, namespace: metadata.namespace, name: metadata.name })

const isSame = (a: KubeValue, b: KubeValue): boolean =>
  a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace

/** Brings the cluster from what one revision holds to what another does. */
const moveTo = (call: Call, before: readonly KubeValue[], now: readonly KubeValue[]): string | undefined => {
  for (const object of now) {
    const problem = applyObject(call.world, object)
    if (problem !== undefined) return problem
  }
  for (const object of before.filter(one => !now.some(other => isSame(one, other)))) {
    const stored = storedFor(call, object)
    if (stored !== undefined) deleteObject(call.world, stored)
  }
  return undefined
}

const POLL_MS = 2_000
const PATIENCE_MS = 300_000

const isReady = (object: KubeObject | undefined): boolean =>
  object?.kind !== 'Deployment' ||
  ((object.status?.updatedReplicas ?? 0) >= (object.spec?.replicas ?? 1) &&
    (object.status?.availableReplicas ?? 0) >= (object.spec?.replicas ?? 1) &&
    (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0))

/** With --wait: whether everything became ready in time. */
const awaitReady = async (
  call: Call,
  objects: readonly KubeValue[],
  args: HelmArguments,
): Promise<boolean> => {
  if (!args.has('wait') && !args.has('atomic')) return true
  const untilMs = call.world.nowMs + (args.timeoutMs ?? PATIENCE_MS)
  while (!objects.every(object => isReady(storedFor(call, object)))) {
    if (call.world.nowMs >= untilMs) return false
    await call.passage.sleep(POLL_MS)
  }
  return true
}

/** `helm rollback`: a new revision with what an earlier one had; without a wish the one before the newest. */
export const rollBack = async (call: Call, wish: Wish): Promise<Reply> => {
  const { name, namespace, args } = wish
  const revisions = revisionsOf(call, wish)
  const newest = revisions.at(-1)
  if (newest === undefined) return notFound
  const to = args.words[2] ?? '0'
  const number = to === '0' ? newest.revision - 1 : Number(to)
  const past = revisions.find(({ revision }) => revision === number)
  if (past === undefined) return failed(`release has no ${number} version`)
  if (args.has('dry-run')) return { stdout: 'Rollback was a success! Happy Helming!\n' }
  const { chart, appVersion, values, objects } = past
  const problem = moveTo(call, newest.objects, objects)
  const description =
    problem === undefined ? `Rollback to ${number}` : `Rollback "${name}" failed: ${problem}`
  const status = problem === undefined ? 'deployed' : 'failed'
  const revision = newest.revision + 1
  keepRelease(call.world, {
    name,
    namespace,
    revision,
    status,
    chart,
    appVersion,
    description,
    values,
    objects,
  })
  if (problem !== undefined) return failed(problem)
  return (await awaitReady(call, objects, args))
    ? { stdout: 'Rollback was a success! Happy Helming!\n' }
    : failed('timed out waiting for the condition')
}

/** `helm uninstall`: takes away what a release holds, and with it what Helm kept of it. */
export const uninstall = (call: Call, wish: Wish): Reply => {
  const revisions = revisionsOf(call, wish)
  const newest = revisions.at(-1)
  if (newest === undefined)
    return wish.args.has('ignore-not-found')
      ? {}
      : failed(`uninstall: Release not loaded: ${wish.name}: release: not found`)
  if (wish.args.has('dry-run')) return { stdout: `release "${wish.name}" uninstalled\n` }
  moveTo(call, newest.objects, [])
  for (const release of revisions)
    if (wish.args.has('keep-history'))
      setStatus(call.world, release, release === newest ? 'uninstalled' : 'superseded')
    else removeObject(call.world, release.secret)
  return { stdout: `release "${wish.name}" uninstalled\n` }
}

type Given = { readonly values: KubeValue } | { readonly problem: string }

const givenValues = (call: Call, args: HelmArguments): Given => {
  let values: KubeValue = {}
  for (const file of args.values) {
    const text = readText(call.machine.files, resolvePath(call.cwd, file))
    if (text === undefined) return { problem: `open ${file}: no such file or directory` }
    values = mergeValues(values, yamlValue(text) ?? {})
  }
  for (const text of args.set) values = mergeValues(values, readSet(text))
  return { values }
}

/** The chart in another version; its image goes with it where the chart's version is the program's. */
const inVersion = (known: ChartAt, version: string | undefined): ChartAt => {
  if (version === undefined) return known
  const name = chartNameOf(known.chart)
  const tag = `v${version.replace(/^v/, '')}`
  const objects = structuredClone(known.objects) as KubeValue[]
  for (const object of objects)
    for (const container of object.kind === 'Deployment' ? object.spec.template.spec.containers : [])
      if (container.image.endsWith(`:${known.appVersion}`))
        container.image = container.image.replace(/:[^:/]+$/, `:${tag}`)
  const chart = `${name}-${known.chart.startsWith(`${name}-v`) ? tag : tag.slice(1)}`
  return { chart, appVersion: tag, objects }
}

/** A chart with what its templates give by themselves. */
export type ChartAt = {
  readonly chart: string
  readonly appVersion: string
  readonly objects: readonly KubeValue[]
}

const chartAt = (call: Call, wish: Wish): ChartAt | { readonly problem: string } => {
  const located = locateChart(call, wish.args.words[2] ?? '')
  if ('problem' in located) return located
  const known = call.world.platforms.charts?.[located.chart]
  return known === undefined
    ? { problem: `chart "${located.chart}" not found` }
    : inVersion(known, wish.args.version)
}

type Next = { readonly before: Release | undefined; readonly verb: 'install' | 'upgrade' }

const deploy = async (call: Call, wish: Wish, { before, verb }: Next): Promise<Reply> => {
  const { name, namespace, args } = wish
  const wrap = (text: string): Reply =>
    failed(`${verb === 'install' ? 'INSTALLATION' : 'UPGRADE'} FAILED: ${text}`)
  const chart = chartAt(call, wish)
  if ('problem' in chart) return verb === 'install' ? wrap(chart.problem) : failed(chart.problem)
  const given = givenValues(call, args)
  if ('problem' in given) return failed(given.problem)
  const isBare = args.set.length === 0 && args.values.length === 0
  const keeps = args.has('reuse-values') || args.has('reset-then-reuse-values') || isBare
  const values = keeps && before !== undefined ? mergeValues(before.values, given.values) : given.values
  const placed = chart.objects.map(object =>
    object.metadata.namespace === undefined
      ? object
      : { ...object, metadata: { ...object.metadata, namespace } },
  )
  const objects = renderChart(placed, values, chartNameOf(chart.chart))
  const revision = (before?.revision ?? 0) + 1
  const release = {
    name,
    namespace,
    revision,
    values,
    objects,
    chart: chart.chart,
    appVersion: chart.appVersion,
  }
  if (args.has('dry-run')) {
    const status = verb === 'install' ? 'pending-install' : 'pending-upgrade'
    const shown = {
      ...release,
      status,
      description: '',
      updatedMs: call.world.nowMs,
      secret: {} as KubeObject,
    }
    return { stdout: `${statusText(shown)}HOOKS:\nMANIFEST:\n${manifestText(shown)}\n` }
  }
  const problem = moveTo(call, before?.objects ?? [], objects)
  const done = problem === undefined && (await awaitReady(call, objects, args))
  const failure = problem ?? 'context deadline exceeded'
  const title = verb === 'install' ? 'Install' : 'Upgrade'
  const kept = keepRelease(call.world, {
    ...release,
    status: done ? 'deployed' : 'failed',
    description: done ? `${title} complete` : `${title} "${name}" failed: ${failure}`,
  })
  if (!done) return wrap(failure)
  const head = verb === 'install' ? '' : `Release "${name}" has been upgraded. Happy Helming!\n`
  return { stdout: head + statusText(kept) }
}

const namespaceProblem = (call: Call, { namespace, args }: Wish): string | undefined => {
  if (getObject(call.world.kube, { kind: 'Namespace', name: namespace }) !== undefined) return undefined
  if (!args.has('create-namespace')) return `create: failed to create: namespaces "${namespace}" not found`
  putObject(call.world, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { name: namespace, 'kubernetes.io/metadata.name': namespace } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  })
  return undefined
}

/** `helm install`. */
export const install = async (call: Call, wish: Wish): Promise<Reply> => {
  if (wish.args.words.length < 3)
    return failed('INSTALLATION FAILED: must either provide a name or specify --generate-name')
  const before = revisionsOf(call, wish).at(-1)
  if (before !== undefined && before.status !== 'uninstalled')
    return failed('INSTALLATION FAILED: cannot re-use a name that is still in use')
  const located = locateChart(call, wish.args.words[2] ?? '')
  if ('problem' in located) return failed(`INSTALLATION FAILED: ${located.problem}`)
  const problem = namespaceProblem(call, wish)
  if (problem !== undefined) return failed(`INSTALLATION FAILED: ${problem}`)
  return deploy(call, wish, { before: undefined, verb: 'install' })
}

/** `helm upgrade`, which installs with -i what is not there. */
export const upgrade = async (call: Call, wish: Wish): Promise<Reply> => {
  if (wish.args.words.length < 3)
    return failed('"helm upgrade" requires 2 arguments\n\nUsage:  helm upgrade [RELEASE] [CHART] [flags]')
  const before = revisionsOf(call, wish).at(-1)
  if (before === undefined && wish.args.has('install')) {
    const done = await install(call, wish)
    return {
      ...done,
      stdout: `Release "${wish.name}" does not exist. Installing it now.\n${done.stdout ?? ''}`,
    }
  }
  if (before === undefined) return failed(`UPGRADE FAILED: "${wish.name}" has no deployed releases`)
  if (before.status.startsWith('pending'))
    return failed('UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress')
  return deploy(call, wish, { before, verb: 'upgrade' })
}
