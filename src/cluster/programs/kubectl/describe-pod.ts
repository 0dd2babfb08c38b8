import { minorOf } from '../../kube/minor-version.ts'
import { containerSpecs, ephemeralSpecs, initSpecs } from '../../kube/pod.ts'
import { humanDuration, msOf, rfc1123Of } from '../../kube/times.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { containerText } from './describe-container.ts'
import { eventsText, mapRows, type Row, rowsText, tolerationText } from './describe-parts.ts'
import { volumesText } from './describe-volumes.ts'

const NONE = '<none>'

/** The first releases of kubectl whose description of a pod has a line. */
const HAS = { allAddresses: 16, spelledPriority: 15, serviceAccount: 24 }

const priorityClassRow = (minor: number, name: string | undefined): readonly Row[] => {
  if (minor < HAS.spelledPriority) return [['PriorityClassName', name ?? NONE]]
  return name === undefined ? [] : [['Priority Class Name', name]]
}

/** The phase of a pod, or for how long it should have been gone. */
const statusRows = (world: World, pod: KubeObject): readonly Row[] => {
  const { metadata, status } = pod
  if (metadata.deletionTimestamp === undefined || isFinished(pod)) return [['Status', status?.phase ?? '']]
  const lasts = humanDuration(world.nowMs - msOf(metadata.deletionTimestamp))
  return [
    ['Status', `Terminating (lasts ${lasts})`],
    ['Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`],
  ]
}

const headRows = (world: World, pod: KubeObject): readonly Row[] => {
  const minor = minorOf(world)
  const { metadata, spec, status } = pod
  const owner = metadata.ownerReferences?.[0]
  return [
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['Priority', String(spec?.priority ?? 0)],
    ...priorityClassRow(minor, spec?.priorityClassName),
    ...(minor < HAS.serviceAccount
      ? []
      : [['Service Account', spec?.serviceAccountName ?? 'default'] as const]),
    ['Node', spec?.nodeName === undefined ? NONE : `${spec.nodeName}/${status?.hostIP ?? ''}`],
    ...(status?.startTime ? [['Start Time', rfc1123Of(msOf(status.startTime))] as const] : []),
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ...statusRows(world, pod),
    ...(status?.reason ? [['Reason', status.reason] as const] : []),
    ...(status?.message ? [['Message', status.message] as const] : []),
    ['IP', status?.podIP ?? ''],
    ...(owner === undefined ? [] : [['Controlled By', `${owner.kind}/${owner.name}`] as const]),
  ]
}

const containersText = (
  title: string,
  specs: readonly KubeValue[],
  statuses: readonly KubeValue[] = [],
): string =>
  specs.length === 0
    ? ''
    : `${title}:\n${specs
        .map(spec =>
          containerText(
            spec,
            statuses.find(({ name }) => name === spec.name),
          ),
        )
        .join('')}`

/** `kubectl describe pod`. */
export const describePod = (world: World, pod: KubeObject): string => {
  const { spec, status } = pod
  const minor = minorOf(world)
  const volumes = volumesText(spec, '  ')
  const conditions = status?.conditions ?? []
  const ips = status?.podIP === undefined ? 'IPs:\t<none>\n' : `IPs:\n  IP:\t${status.podIP}\n`
  const head = headRows(world, pod)
  const atOwner = head.findIndex(([label]) => label === 'Controlled By')
  const before = rowsText(atOwner < 0 ? head : head.slice(0, atOwner))
  const after = atOwner < 0 ? '' : rowsText(head.slice(atOwner))
  return [
    before,
    minor < HAS.allAddresses ? '' : ips,
    after,
    containersText('Init Containers', initSpecs(pod), status?.initContainerStatuses),
    containersText('Containers', containerSpecs(pod), status?.containerStatuses),
    containersText('Ephemeral Containers', ephemeralSpecs(pod), status?.ephemeralContainerStatuses),
    conditions.length === 0
      ? ''
      : `Conditions:\n  Type\tStatus\n${conditions.map((c: KubeValue) => `  ${c.type} \t${c.status} \n`).join('')}`,
    volumes === '' ? 'Volumes:\t<none>\n' : `Volumes:\n${volumes}`,
    rowsText([
      ['QoS Class', status?.qosClass ?? 'BestEffort'],
      ...mapRows('Node-Selectors', spec?.nodeSelector),
      ...((spec?.tolerations ?? []).length === 0
        ? [['Tolerations', NONE] as const]
        : spec.tolerations.map(
            (t: KubeValue, i: number): Row => [i === 0 ? 'Tolerations' : '', tolerationText(world, t)],
          )),
    ]),
    eventsText(world, pod),
  ].join('')
}
