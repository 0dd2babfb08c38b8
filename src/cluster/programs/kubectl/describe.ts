import { getObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import { alignTabs } from '../../text/align-tabs.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { endpointText, labelText } from './cells.ts'
import type { Client } from './client.ts'
import { describeIngress } from './describe-ingress.ts'
import { describeCronJob, describeJob } from './describe-job.ts'
import { describeNode } from './describe-node.ts'
import { describeAny, describeNamespace } from './describe-other.ts'
import { eventsText, mapRows, type Row, rowsText } from './describe-parts.ts'
import { describePod } from './describe-pod.ts'
import { describePolicy } from './describe-policy.ts'
import { describeRequest } from './describe-request.ts'
import { describeSlice } from './describe-slice.ts'
import { describeClaim, describeVolume } from './describe-storage.ts'
import { describeWorkload } from './describe-workload.ts'
import { findWanted, readWanted } from './find.ts'
import { noneFound } from './none-found.ts'

const headOf = ({ metadata }: KubeObject): readonly Row[] => [
  ['Name', metadata.name],
  ...(metadata.namespace === undefined ? [] : [['Namespace', metadata.namespace] as const]),
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
    ['Port', `${p.name ?? '<unset>'}\t${p.port}/${p.protocol ?? 'TCP'}`],
    ['TargetPort', `${p.targetPort ?? p.port}/${p.protocol ?? 'TCP'}`],
    ...(p.nodePort === undefined
      ? []
      : [['NodePort', `${p.name ?? '<unset>'}\t${p.nodePort}/${p.protocol}`] as const]),
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

const dataText = (o: KubeObject): string =>
  o.kind === 'Secret'
    ? `\nType:\t${o.type ?? 'Opaque'}\n\nData\n====\n${Object.entries(o.data ?? {})
        .map(([k, v]) => `${k}:\t${Math.floor((v.length * 3) / 4)} bytes\n`)
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
      return describeWorkload(world, o)
    case 'Job':
      return `${describeJob(o)}${eventsText(world, o)}`
    case 'CronJob':
      return `${describeCronJob(o)}${eventsText(world, o)}`
    case 'Ingress':
      return `${describeIngress(world, o)}${eventsText(world, o)}`
    case 'PersistentVolumeClaim':
      return `${describeClaim(world, o)}${eventsText(world, o)}`
    case 'PersistentVolume':
      return `${describeVolume(world, o)}${eventsText(world, o)}`
    case 'CertificateSigningRequest':
      return `${describeRequest(headOf(o), o)}${eventsText(world, o)}`
    case 'ConfigMap':
    case 'Secret':
      return `${rowsText(headOf(o))}${dataText(o)}${o.kind === 'Secret' ? '' : eventsText(world, o)}`
    case 'Endpoints':
      return `${rowsText(headOf(o))}Subsets:\n${((o.subsets ?? []) as readonly KubeValue[]).map(s => `  Addresses:\t${(s.addresses ?? []).map((a: KubeValue) => a.ip).join(',') || '<none>'}\n  NotReadyAddresses:\t${(s.notReadyAddresses ?? []).map((a: KubeValue) => a.ip).join(',') || '<none>'}\n  Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------\n${(s.ports ?? []).map((p: KubeValue) => `    ${p.name ?? '<unset>'}\t${p.port}\t${p.protocol}\n`).join('')}`).join('')}\n${eventsText(world, o)}`
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
      stderr: noneFound(
        client,
        wanted[0]?.kind.isNamespaced === true && !client.args.flags.has('all-namespaces'),
      ),
    }
  return {
    stdout: items.map(o => alignTabs(describeOne(client.call.world, o))).join('\n\n'),
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
