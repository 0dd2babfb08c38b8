import { minorOf } from '../../kube/minor-version.ts'
import { replicaSetsOf } from '../../laws/controllers/deployments.ts'
import { templateHash } from '../../laws/controllers/template-hash.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { labelText, selectorText } from './cells.ts'
import { podsOwnedBy } from './columns.ts'
import { templateText } from './describe-container.ts'
import { eventsText, mapRows, type Row, rowsText, when } from './describe-parts.ts'

const SHOWS_IDLE_SETS = 26

const statusOfPods = (world: World, owner: KubeObject): string => {
  const count = (phase: string): number =>
    podsOwnedBy(world, owner).filter(p => p.status?.phase === phase).length
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
}

const labels = ({ metadata }: KubeObject): readonly Row[] => mapRows('Labels', metadata.labels)

const notes = ({ metadata }: KubeObject): readonly Row[] => mapRows('Annotations', metadata.annotations, ': ')

const selector = ({ spec }: KubeObject): Row => ['Selector', selectorText(spec?.selector)]

const made = ({ metadata }: KubeObject): Row => ['CreationTimestamp', when(metadata.creationTimestamp)]

const title = ({ metadata }: KubeObject): readonly Row[] => [
  ['Name', metadata.name],
  ['Namespace', metadata.namespace ?? ''],
]

const owner = ({ metadata }: KubeObject): readonly Row[] => {
  const [controller] = metadata.ownerReferences ?? []
  return controller === undefined ? [] : [['Controlled By', `${controller.kind}/${controller.name}`]]
}

const conditionsText = ({ status }: KubeObject): string => {
  const conditions: readonly KubeValue[] = status?.conditions ?? []
  const rows = conditions.map(({ type, status: is, reason }) => `  ${type} \t${is}\t${reason ?? ''}\n`)
  return rows.length === 0
    ? ''
    : `Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n${rows.join('')}`
}

const deploymentText = (world: World, o: KubeObject): string => {
  const { spec, status = {} } = o
  const { type = 'RollingUpdate', rollingUpdate } = spec?.strategy ?? {}
  const rows: readonly Row[] = [
    ...title(o),
    made(o),
    ...labels(o),
    ...notes(o),
    selector(o),
    [
      'Replicas',
      `${spec?.replicas} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
    ],
    ['StrategyType', type],
    ['MinReadySeconds', String(spec?.minReadySeconds ?? 0)],
    ...(type === 'RollingUpdate'
      ? [
          [
            'RollingUpdateStrategy',
            `${rollingUpdate?.maxUnavailable ?? '25%'} max unavailable, ${rollingUpdate?.maxSurge ?? '25%'} max surge`,
          ] as const,
        ]
      : []),
  ]
  return `${rowsText(rows)}${templateText(spec?.template)}${conditionsText(o)}${setsText(world, o)}`
}

const setsText = (world: World, deployment: KubeObject): string => {
  const sets = replicaSetsOf(world, deployment)
  const hash = templateHash(deployment.spec?.template)
  const current = sets.filter(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash)
  const isListed = ({ spec }: KubeObject): boolean => spec?.replicas > 0 || minorOf(world) >= SHOWS_IDLE_SETS
  const text = (some: readonly KubeObject[]): string =>
    some
      .map(
        ({ metadata, status, spec }) =>
          `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
      )
      .join(', ') || '<none>'
  return rowsText([
    ['OldReplicaSets', text(sets.filter(set => !current.includes(set) && isListed(set)))],
    ['NewReplicaSet', text(current)],
  ])
}

const replicaSetText = (world: World, o: KubeObject): string => {
  const rows: readonly Row[] = [
    ...title(o),
    selector(o),
    ...labels(o),
    ...notes(o),
    ...owner(o),
    ['Replicas', `${o.status?.replicas ?? 0} current / ${o.spec?.replicas} desired`],
    ['Pods Status', statusOfPods(world, o)],
  ]
  return `${rowsText(rows)}${templateText(o.spec?.template)}${conditionsText(o)}`
}

const daemonSetText = (world: World, o: KubeObject): string => {
  const { spec, status = {} } = o
  const head: readonly Row[] = [
    ['Name', o.metadata.name],
    selector(o),
    ['Node-Selector', labelText(spec?.template?.spec?.nodeSelector)],
    ...labels(o),
    ...notes(o),
  ]
  const counts = [
    ['Desired Number of Nodes Scheduled', status.desiredNumberScheduled],
    ['Current Number of Nodes Scheduled', status.currentNumberScheduled],
    ['Number of Nodes Scheduled with Up-to-date Pods', status.updatedNumberScheduled],
    ['Number of Nodes Scheduled with Available Pods', status.numberAvailable],
    ['Number of Nodes Misscheduled', status.numberMisscheduled],
  ].map(([label, count]) => `${label}: ${count ?? 0}\n`)
  const pods = rowsText([['Pods Status', statusOfPods(world, o)]])
  return `${rowsText(head)}${counts.join('')}${pods}${templateText(spec?.template)}`
}

const claimsText = (templates: readonly KubeValue[]): string =>
  templates.length === 0
    ? rowsText([['Volume Claims', '<none>']])
    : `Volume Claims:\n${templates
        .map(({ metadata, spec }) =>
          rowsText(
            [
              ['Name', metadata.name],
              ['StorageClass', spec?.storageClassName ?? ''],
              ...mapRows('Labels', metadata.labels),
              ...mapRows('Annotations', metadata.annotations, ': '),
              ['Capacity', spec?.resources?.requests?.storage ?? '<default>'],
              ['Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`],
            ],
            '  ',
          ),
        )
        .join('')}`

const statefulSetText = (world: World, o: KubeObject): string => {
  const { spec, status } = o
  const { type = 'RollingUpdate', rollingUpdate } = spec?.updateStrategy ?? {}
  const rows: readonly Row[] = [
    ...title(o),
    made(o),
    selector(o),
    ...labels(o),
    ...notes(o),
    ['Replicas', `${spec?.replicas} desired | ${status?.replicas ?? 0} total`],
    ['Update Strategy', type],
    ...(rollingUpdate?.partition === undefined
      ? []
      : [['  Partition', String(rollingUpdate.partition)] as const]),
    ['Pods Status', statusOfPods(world, o)],
  ]
  return `${rowsText(rows)}${templateText(spec?.template)}${claimsText(spec?.volumeClaimTemplates ?? [])}`
}

const texts: Readonly<Record<string, (world: World, object: KubeObject) => string>> = {
  Deployment: deploymentText,
  ReplicaSet: replicaSetText,
  DaemonSet: daemonSetText,
  StatefulSet: statefulSetText,
}

/** How `kubectl describe` shows a deployment, a replica set, a daemon set or a stateful set. */
export const describeWorkload = (world: World, o: KubeObject): string =>
  `${texts[o.kind]?.(world, o) ?? ''}${eventsText(world, o)}`
