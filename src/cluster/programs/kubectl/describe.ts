import { getObject, listObjects } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { endpointText, labelText } from './cells.ts'
import type { Client } from './client.ts'
import { podsOwnedBy } from './columns.ts'
import { templateText } from './describe-container.ts'
import { describeIngress } from './describe-ingress.ts'
import { describeCronJob, describeJob } from './describe-job.ts'
import { describeNode } from './describe-node.ts'
import { describeAny, describeNamespace } from './describe-other.ts'
import { eventsText, mapRows, type Row, rowsText, when } from './describe-parts.ts'
import { describePod } from './describe-pod.ts'
import { describePolicy } from './describe-policy.ts'
import { describeRequest } from './describe-request.ts'
import { describeSlice } from './describe-slice.ts'
import { claimRows, storageRows } from './describe-storage.ts'
import { findWanted, readWanted } from './find.ts'

const headOf = ({ metadata, kind }: KubeObject): readonly Row[] => [
  ['Name', metadata.name],
  ...(metadata.namespace === undefined ? [] : [['Namespace', metadata.namespace] as const]),
  ...(['Deployment', 'ReplicaSet'].includes(kind)
    ? [['CreationTimestamp', when(metadata.creationTimestamp)] as const]
    : []),
  ...mapRows('Labels', metadata.labels),
  ...mapRows('Annotations', metadata.annotations, ': '),
]

const serviceRows = (world: World, o: KubeObject): readonly Row[] => [
  ['Selector', labelText(o.spec?.selector)],
  ['Type', o.spec?.type ?? 'ClusterIP'],
  ['IP Family Policy', 'SingleStack'],
  ['IP Families', o.spec?.type === 'ExternalName' ? '<none>' : 'IPv4'],
  ['IP', o.spec?.clusterIP ?? ''],
  ['IPs', o.spec?.clusterIP ?? '<none>'],
  ...(o.spec?.type === 'ExternalName' ? [['External Name', o.spec.externalName ?? ''] as const] : []),
  ...(o.status?.loadBalancer?.ingress === undefined
    ? []
    : [
        [
          'LoadBalancer Ingress',
          o.status.loadBalancer.ingress.map((i: KubeValue) => i.ip).join(', '),
        ] as const,
      ]),
  ...(o.spec?.ports ?? []).flatMap((p: KubeValue): readonly Row[] => [
    ['Port', `${p.name ?? '<unset>'}  ${p.port}/${p.protocol ?? 'TCP'}`],
    ['TargetPort', `${p.targetPort ?? p.port}/${p.protocol ?? 'TCP'}`],
    ...(p.nodePort === undefined
      ? []
      : [['NodePort', `${p.name ?? '<unset>'}  ${p.nodePort}/${p.protocol}`] as const]),
    ['Endpoints', endpointsOfPort(world, o, p)],
  ]),
  ['Session Affinity', o.spec?.sessionAffinity ?? 'None'],
  ...(['NodePort', 'LoadBalancer'].includes(o.spec?.type)
    ? [['External Traffic Policy', o.spec?.externalTrafficPolicy ?? 'Cluster'] as const]
    : []),
]

const endpointsOfPort = (world: World, service: KubeObject, port: KubeValue): string => {
  const { namespace, name } = service.metadata
  const endpoints = getObject(world.kube, { kind: 'Endpoints', namespace, name })
  const subsets = ((endpoints?.subsets ?? []) as readonly KubeValue[]).map(s => ({
    ...s,
    ports: (s.ports ?? []).filter((p: KubeValue) => (p.name ?? '') === (port.name ?? '')),
  }))
  return endpointText(endpoints === undefined ? undefined : { ...endpoints, subsets })
}

const statusOfPods = (world: World, owner: KubeObject): string => {
  const count = (phase: string): number =>
    podsOwnedBy(world, owner).filter(p => p.status?.phase === phase).length
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
}

const workloadText = (world: World, o: KubeObject): string => {
  const s = o.status ?? {}
  const rows: readonly Row[] =
    o.kind === 'Deployment'
      ? [
          ['Selector', labelText(o.spec?.selector?.matchLabels)],
          [
            'Replicas',
            `${o.spec?.replicas} desired | ${s.updatedReplicas ?? 0} updated | ${s.replicas ?? 0} total | ${s.availableReplicas ?? 0} available | ${s.unavailableReplicas ?? 0} unavailable`,
          ],
          ['StrategyType', o.spec?.strategy?.type ?? 'RollingUpdate'],
          ['MinReadySeconds', '0'],
        ]
      : [
          ['Selector', labelText(o.spec?.selector?.matchLabels)],
          ...(o.kind === 'DaemonSet'
            ? [
                ['Desired Number of Nodes Scheduled', String(s.desiredNumberScheduled ?? 0)] as const,
                ['Number of Nodes Scheduled with Available Pods', String(s.numberAvailable ?? 0)] as const,
              ]
            : [['Replicas', `${o.spec?.replicas} desired | ${s.replicas ?? 0} total`] as const]),
          ['Pods Status', statusOfPods(world, o)],
        ]
  const conditions = (s.conditions ?? [])
    .map((c: KubeValue) => `  ${String(c.type).padEnd(16)}${String(c.status).padEnd(8)}${c.reason ?? ''}\n`)
    .join('')
  const sets = o.kind === 'Deployment' ? setsText(world, o) : ''
  return `${rowsText([...headOf(o), ...rows])}${templateText(o.spec?.template)}${conditions === '' ? '' : `Conditions:\n  Type            Status  Reason\n  ----            ------  ------\n${conditions}`}${sets}${eventsText(world, o)}`
}

const setsText = (world: World, deployment: KubeObject): string => {
  const sets = listObjects(world.kube, 'ReplicaSet', deployment.metadata.namespace).filter(rs =>
    rs.metadata.ownerReferences?.some(r => r.uid === deployment.metadata.uid),
  )
  const newest = sets.find(
    rs =>
      rs.metadata.annotations?.['deployment.kubernetes.io/revision'] ===
      deployment.metadata.annotations?.['deployment.kubernetes.io/revision'],
  )
  const text = (rs: KubeObject | undefined): string =>
    rs === undefined
      ? '<none>'
      : `${rs.metadata.name} (${rs.status?.replicas ?? 0}/${rs.spec?.replicas ?? 0} replicas created)`
  const old = sets.filter(rs => rs !== newest && rs.spec?.replicas > 0)
  return rowsText([
    ['OldReplicaSets', old.length === 0 ? '<none>' : old.map(text).join(', ')],
    ['NewReplicaSet', text(newest)],
  ])
}

const dataText = (o: KubeObject): string =>
  o.kind === 'Secret'
    ? `\nType:  ${o.type ?? 'Opaque'}\n\nData\n====\n${Object.entries(o.data ?? {})
        .map(([k, v]) => `${k}:  ${Math.floor((v.length * 3) / 4)} bytes\n`)
        .join('')}`
    : `\nData\n====\n${Object.entries(o.data ?? {})
        .map(([k, v]) => `${k}:\n----\n${v}\n`)
        .join('')}\nBinaryData\n====\n\n`

const describeOne = (world: World, o: KubeObject): string => {
  switch (o.kind) {
    case 'Pod':
      return describePod(world, o)
    case 'Node':
      return describeNode(world, o)
    case 'Service':
      return `${rowsText([...headOf(o), ...serviceRows(world, o)])}${eventsText(world, o)}`
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'StatefulSet':
      return workloadText(world, o)
    case 'Job':
      return `${describeJob(o)}${eventsText(world, o)}`
    case 'CronJob':
      return `${describeCronJob(o)}${eventsText(world, o)}`
    case 'Ingress':
      return `${describeIngress(world, o)}${eventsText(world, o)}`
    case 'PersistentVolumeClaim':
      return `${rowsText([...headOf(o), ...claimRows(world, o)])}${eventsText(world, o)}`
    case 'PersistentVolume':
      return `${rowsText([...headOf(o), ...storageRows(world, o)])}${eventsText(world, o)}`
    case 'CertificateSigningRequest':
      return `${describeRequest(headOf(o), o)}${eventsText(world, o)}`
    case 'ConfigMap':
    case 'Secret':
      return `${rowsText(headOf(o))}${dataText(o)}${o.kind === 'Secret' ? '' : eventsText(world, o)}`
    case 'Endpoints':
      return `${rowsText(headOf(o))}Subsets:\n${((o.subsets ?? []) as readonly KubeValue[]).map(s => `  Addresses:          ${(s.addresses ?? []).map((a: KubeValue) => a.ip).join(',') || '<none>'}\n  NotReadyAddresses:  ${(s.notReadyAddresses ?? []).map((a: KubeValue) => a.ip).join(',') || '<none>'}\n  Ports:\n    Name     Port  Protocol\n    ----     ----  --------\n${(s.ports ?? []).map((p: KubeValue) => `    ${String(p.name ?? '<unset>').padEnd(9)}${String(p.port).padEnd(6)}${p.protocol}\n`).join('')}`).join('')}\n${eventsText(world, o)}`
    case 'EndpointSlice':
      return `${rowsText(headOf(o))}${describeSlice(o)}${eventsText(world, o)}`
    case 'PodDisruptionBudget':
    case 'HorizontalPodAutoscaler':
      return `${describePolicy(o)}${eventsText(world, o)}`
    case 'ResourceQuota':
    case 'LimitRange':
    case 'NetworkPolicy':
      return describePolicy(o)
    case 'Namespace':
      return describeNamespace(world, o)
    default:
      return `${describeAny(o)}${eventsText(world, o)}`
  }
}

/** `kubectl describe`. */
export const describeObjects = (client: Client): Reply => {
  const [, ...words] = client.args.words
  if (words.length === 0)
    return {
      stderr:
        'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      exit: 1,
    }
  const wanted = readWanted(client, words)
  if ('problem' in wanted) return { stderr: wanted.problem, exit: 1 }
  const found = wanted.map(w => findByPrefix(client, w))
  const items = found.flatMap(f => f.items)
  const problems = found.map(f => f.problems).join('')
  if (items.length === 0 && problems === '')
    return {
      stderr:
        wanted[0]?.kind.isNamespaced === true && !client.args.flags.has('all-namespaces')
          ? `No resources found in ${client.namespace} namespace.\n`
          : 'No resources found\n',
    }
  return {
    stdout: items.map(o => describeOne(client.call.world, o)).join('\n\n'),
    stderr: problems,
    exit: problems === '' ? 0 : 1,
    tookMs: client.answer.latencyMs * 3,
  }
}

/** `describe` takes the beginning of a name for all that begin so. */
const findByPrefix = (
  client: Client,
  wanted: Parameters<typeof findWanted>[1],
): ReturnType<typeof findWanted> => {
  const exact = findWanted(client, wanted)
  if (exact.problems === '' || wanted.names.length === 0 || !exact.problems.includes('NotFound')) return exact
  const all = findWanted(client, { ...wanted, names: [] })
  const begun = all.items.filter(o => wanted.names.some(name => o.metadata.name.startsWith(name)))
  return begun.length > 0 ? { items: begun, problems: '' } : exact
}
