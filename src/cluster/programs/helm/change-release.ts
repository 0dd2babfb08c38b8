import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { getObject } from '../../kube/store.ts'
import { applyObject } from '../../relations/objects/apply-object.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { mergeValues, readSet, renderChart } from './chart-values.ts'
import type { HelmArguments } from './helm-arguments.ts'
import { awaitReady, failed, moveTo, revisionsOf, type Wish } from './move-release.ts'
import { chartNameOf, keepRelease, type Release } from './releases.ts'
import { locateChart } from './repositories.ts'
import { manifestText, statusText } from './show-releases.ts'

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
  return applyObject(call.world, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { name: namespace } },
  })
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
