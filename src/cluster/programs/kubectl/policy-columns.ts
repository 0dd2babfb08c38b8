import { wantedPercent } from '../../laws/controllers/autoscalers.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { age, type Column, col, NONE, name, wide } from './cells.ts'

const isLimit = (key: string): boolean => key.startsWith('limits.')

const quotaCell = ({ status, spec }: KubeObject, wanted: (key: string) => boolean): string =>
  Object.entries((spec?.hard ?? {}) as Record<string, string>)
    .filter(([key]) => wanted(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, hard]) => `${key}: ${status?.used?.[key] ?? '0'}/${hard}`)
    .join(', ')

const availability = ({ status }: KubeObject): string => {
  const condition = status?.conditions?.find((c: KubeValue) => c.type === 'Available')
  return condition?.status === 'True' ? 'True' : `False (${condition?.reason ?? ''})`
}

const subjects =
  (kind: string) =>
  (o: KubeObject): string =>
    ((o.subjects ?? []) as readonly KubeValue[])
      .filter(subject => subject.kind === kind)
      .map(subject => (kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : subject.name))
      .join(', ')

const usedPercent = ({ status }: KubeObject): string => {
  const measured = status?.currentMetrics?.[0]?.resource?.current?.averageUtilization
  return measured === undefined ? '<unknown>' : `${measured}%`
}

const created = [name, col('CREATED AT', o => o.metadata.creationTimestamp)]

const binding = [
  name,
  col('ROLE', o => `${o.roleRef?.kind}/${o.roleRef?.name}`),
  age,
  wide('USERS', subjects('User')),
  wide('GROUPS', subjects('Group')),
  wide('SERVICEACCOUNTS', subjects('ServiceAccount')),
]

const sumOf = (amounts: readonly string[], unit: string): string =>
  `${amounts.reduce((sum, amount) => sum + Number.parseInt(amount, 10), 0)}${unit}`

const measured = (uses: (o: KubeObject) => readonly KubeValue[]): readonly Column[] => [
  name,
  col('CPU', o =>
    sumOf(
      uses(o).map(use => use.cpu),
      'n',
    ),
  ),
  col('MEMORY', o =>
    sumOf(
      uses(o).map(use => use.memory),
      'Ki',
    ),
  ),
  col('WINDOW', o => String(o.window)),
]

/** The columns of the kinds that say what is allowed, and of the API's own parts. */
export const policyColumns: Readonly<Record<string, readonly Column[]>> = {
  ControllerRevision: [
    name,
    col('CONTROLLER', ({ metadata: { ownerReferences: [owner] = [] } }) =>
      owner === undefined ? NONE : `${owner.kind.toLowerCase()}.apps/${owner.name}`,
    ),
    col('REVISION', o => String(o.revision)),
    age,
  ],
  ResourceQuota: [
    name,
    age,
    col('REQUEST', o => quotaCell(o, key => !isLimit(key))),
    col('LIMIT', o => quotaCell(o, isLimit)),
  ],
  LimitRange: created,
  PodDisruptionBudget: [
    name,
    col('MIN AVAILABLE', o => String(o.spec?.minAvailable ?? 'N/A')),
    col('MAX UNAVAILABLE', o => String(o.spec?.maxUnavailable ?? 'N/A')),
    col('ALLOWED DISRUPTIONS', o => String(o.status?.disruptionsAllowed ?? 0)),
    age,
  ],
  HorizontalPodAutoscaler: [
    name,
    col('REFERENCE', ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`),
    col('TARGETS', o => `${usedPercent(o)}/${wantedPercent(o)}%`),
    col('MINPODS', ({ spec }) => String(spec?.minReplicas ?? 1)),
    col('MAXPODS', ({ spec }) => String(spec?.maxReplicas ?? '')),
    col('REPLICAS', ({ status }) => String(status?.currentReplicas ?? 0)),
    age,
  ],
  PriorityClass: [
    name,
    col('VALUE', o => String(o.value ?? 0)),
    col('GLOBAL-DEFAULT', o => String(o.globalDefault ?? false)),
    age,
  ],
  NodeMetrics: measured(o => [o.usage]),
  PodMetrics: measured(o => (o.containers ?? []).map((c: KubeValue) => c.usage)),
  APIService: [
    name,
    col('SERVICE', o =>
      o.spec?.service === undefined ? 'Local' : `${o.spec.service.namespace}/${o.spec.service.name}`,
    ),
    col('AVAILABLE', availability),
    age,
  ],
  CustomResourceDefinition: created,
  ClusterRole: created,
  Role: created,
  ClusterRoleBinding: binding,
  RoleBinding: binding,
}
