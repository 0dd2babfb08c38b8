import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { labelText } from './cells.ts'
import { templateText } from './describe-container.ts'
import { mapRows, type Row, rowsText, when } from './describe-parts.ts'

const UNSET = '<unset>'
const NONE = '<none>'

const flag = (value: unknown): string => (value === true ? 'True' : 'False')

const headRows = ({ metadata }: KubeObject): readonly Row[] => [
  ['Name', metadata.name],
  ['Namespace', metadata.namespace ?? ''],
]

const markRows = ({ metadata }: KubeObject): readonly Row[] => [
  ...mapRows('Labels', metadata.labels),
  ...mapRows('Annotations', metadata.annotations, ': '),
]

const timeRows = (job: KubeObject): readonly Row[] => {
  const { startTime, completionTime } = job.status ?? {}
  return [
    ...(startTime === undefined ? [] : [['Start Time', when(startTime)] as const]),
    ...(completionTime === undefined
      ? []
      : [
          ['Completed At', when(completionTime)] as const,
          ['Duration', humanDuration(msOf(completionTime) - msOf(startTime))] as const,
        ]),
  ]
}

/** A job as `kubectl describe` has it, without its events. */
export const describeJob = (job: KubeObject): string => {
  const { spec, status = {}, metadata } = job
  const owner = metadata.ownerReferences?.[0]
  const rows: readonly Row[] = [
    ...headRows(job),
    ['Selector', labelText(spec?.selector?.matchLabels)],
    ...markRows(job),
    ...(owner === undefined ? [] : [['Controlled By', `${owner.kind}/${owner.name}`] as const]),
    ['Parallelism', String(spec?.parallelism ?? 1)],
    ['Completions', String(spec?.completions ?? 1)],
    ['Completion Mode', spec?.completionMode ?? 'NonIndexed'],
    ...timeRows(job),
    [
      'Pods Statuses',
      `${status.active ?? 0} Active (${status.ready ?? 0} Ready) / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
    ],
  ]
  return `${rowsText(rows)}${templateText(spec?.template)}`
}

/** A cron job as `kubectl describe` has it, without its events. */
export const describeCronJob = (cron: KubeObject): string => {
  const { spec, status = {} } = cron
  const jobSpec = spec?.jobTemplate?.spec
  const active = ((status.active ?? []) as readonly KubeValue[]).map(job => job.name).join(', ')
  const rows: readonly Row[] = [
    ...headRows(cron),
    ...markRows(cron),
    ['Schedule', spec?.schedule ?? ''],
    ['Concurrency Policy', spec?.concurrencyPolicy ?? 'Allow'],
    ['Suspend', flag(spec?.suspend)],
    ['Successful Job History Limit', String(spec?.successfulJobsHistoryLimit ?? 3)],
    ['Failed Job History Limit', String(spec?.failedJobsHistoryLimit ?? 1)],
    ['Starting Deadline Seconds', spec?.startingDeadlineSeconds ? `${spec.startingDeadlineSeconds}s` : UNSET],
    ['Selector', UNSET],
    ['Parallelism', String(jobSpec?.parallelism ?? UNSET)],
    ['Completions', String(jobSpec?.completions ?? UNSET)],
  ]
  const last = status.lastScheduleTime === undefined ? UNSET : when(status.lastScheduleTime)
  return `${rowsText(rows)}${templateText(jobSpec?.template)}${rowsText([
    ['Last Schedule Time', last],
    ['Active Jobs', active === '' ? NONE : active],
  ])}`
}
