import { isQuantity, quantityText } from '../../kube/quantity.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { podProblems } from './pod-validity.ts'
import { serviceProblems } from './service-validity.ts'

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const nameText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const keyText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

type Looked = Pick<KubeObject, 'kind' | 'metadata' | 'spec'>

const headProblems = ({ metadata }: KubeValue): readonly string[] => [
  ...(metadata.name === undefined || NAME.test(metadata.name)
    ? []
    : [`metadata.name: Invalid value: "${metadata.name}": ${nameText}`]),
  ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
    ...(KEY.test(key) ? [] : [`metadata.labels: Invalid value: "${key}": ${keyText}`]),
    ...(VALUE.test(String(value)) ? [] : [`metadata.labels: Invalid value: "${value}": ${valueText}`]),
  ]),
]

const goMap = (labels: KubeValue): string =>
  `map[string]string{${Object.entries(labels ?? {})
    .map(([key, value]) => `"${key}":"${value}"`)
    .join(', ')}}`

const countProblems = ({ spec }: KubeValue): readonly string[] =>
  typeof spec?.replicas === 'number' && spec.replicas < 0
    ? [`spec.replicas: Invalid value: ${spec.replicas}: must be greater than or equal to 0`]
    : []

const workloadProblems = (object: KubeValue): readonly string[] => {
  const { spec } = object
  const wanted = spec?.selector?.matchLabels
  const labels = spec?.template?.metadata?.labels
  if (spec?.selector === undefined)
    return [
      'spec.selector: Required value',
      'spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`',
      'spec.template.spec.containers: Required value',
    ]
  const fits = Object.entries(wanted ?? {}).every(([key, value]) => labels?.[key] === value)
  return [
    ...countProblems(object),
    ...(fits
      ? []
      : [
          `spec.template.metadata.labels: Invalid value: ${goMap(labels)}: \`selector\` does not match template \`labels\``,
        ]),
    ...podProblems(spec.template?.spec, { at: 'spec.template.spec', policies: ['Always'] }),
  ]
}

const scheduleProblems = (schedule: KubeValue): readonly string[] => {
  const fields = String(schedule).trim().split(/\s+/)
  return fields.length === 5 || /^@\w+/.test(String(schedule))
    ? []
    : [
        `spec.schedule: Invalid value: "${schedule}": expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`,
      ]
}

const byKind: Readonly<Record<string, (object: KubeValue) => readonly string[]>> = {
  Pod: ({ spec }) => podProblems(spec, { at: 'spec', policies: ['Always', 'OnFailure', 'Never'] }),
  Deployment: workloadProblems,
  ReplicaSet: workloadProblems,
  StatefulSet: workloadProblems,
  DaemonSet: workloadProblems,
  Service: serviceProblems,
  CronJob: ({ spec }) => scheduleProblems(spec?.schedule),
  ConfigMap: () => [],
  Secret: () => [],
  Namespace: () => [],
  Node: () => [],
  PersistentVolumeClaim: () => [],
}

const problemsIn = (object: KubeValue): readonly string[] => {
  const check = byKind[object.kind]
  return check === undefined ? [] : [...headProblems(object), ...check(object)]
}

const selectorText = (labels: KubeValue): string =>
  `v1.LabelSelector{MatchLabels:${goMap(labels)}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`

const withoutImages = (containers: KubeValue): KubeValue =>
  (containers ?? []).map(({ image: _image, ...other }: KubeValue) => other)

const podFields = ({
  containers,
  initContainers,
  tolerations: _tolerations,
  activeDeadlineSeconds: _seconds,
  ...rest
}: KubeValue): string => JSON.stringify([rest, withoutImages(containers), withoutImages(initContainers)])

/** What may not change once it is stored. */
const fixedProblems = (after: KubeValue, before: KubeValue): readonly string[] => {
  const selectors = [before, after].map(({ spec }) => JSON.stringify(spec?.selector))
  if (byKind[after.kind] === workloadProblems && selectors[0] !== selectors[1])
    return [
      `spec.selector: Invalid value: ${selectorText(after.spec?.selector?.matchLabels)}: field is immutable`,
    ]
  const [was, is] = [before, after].map(({ spec }) => spec?.clusterIP)
  if (after.kind === 'Service' && was !== is && was !== undefined && is !== undefined && is !== '')
    return [`spec.clusterIPs[0]: Invalid value: []string{"${is}"}: may not change once set`]
  if (after.kind === 'Pod' && podFields(after.spec ?? {}) !== podFields(before.spec ?? {}))
    return [
      'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ]
  return []
}

/** Why the API server does not store an object as it is meant to be, new or in place of another; `undefined` where it does. */
export const invalidity = (after: Looked | KubeValue, before?: Looked): string | undefined => {
  const known = new Set(before === undefined ? [] : problemsIn(before))
  const found = [
    ...(before === undefined ? [] : fixedProblems(after, before)),
    ...problemsIn(after).filter(problem => !known.has(problem)),
  ]
  if (found.length === 0) return undefined
  const listed = found.length === 1 ? found[0] : `\n${found.map(problem => `* ${problem}`).join('\n')}`
  return `The ${after.kind} "${after.metadata.name ?? ''}" is invalid: ${listed}`
}

/** Why an object cannot be read at all: a text where a number belongs. */
export const unreadable = ({ kind, apiVersion, spec }: KubeValue): string | undefined => {
  const version = String(apiVersion).split('/').at(-1)
  const told = (field: string, type: string): string =>
    `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal string into Go struct field ${field} of type ${type}`
  if (typeof spec?.replicas === 'string') return told(`${kind}Spec.spec.replicas`, 'int32')
  const containers: readonly KubeValue[] = spec?.template?.spec?.containers ?? spec?.containers ?? []
  const amounts = containers.flatMap(({ resources }) => [
    ...Object.values(resources?.limits ?? {}),
    ...Object.values(resources?.requests ?? {}),
  ])
  if (amounts.some(amount => !isQuantity(String(amount))))
    return `${kind} in version "${version}" cannot be handled as a ${kind}: ${quantityText}`
  const ports: KubeValue = kind === 'Service' ? spec?.ports : undefined
  return ports?.some((one: KubeValue) => typeof one.port === 'string')
    ? told('ServicePort.spec.ports.port', 'int32')
    : undefined
}
