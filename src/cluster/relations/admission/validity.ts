import { cronProblem } from '../../text/cron-problem.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { fixedProblems } from './fixed-fields.ts'
import { goMap, selectorText } from './go-labels.ts'
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

const countProblems = ({ spec }: KubeValue): readonly string[] =>
  typeof spec?.replicas === 'number' && spec.replicas < 0
    ? [`spec.replicas: Invalid value: ${spec.replicas}: must be greater than or equal to 0`]
    : []

const workloadProblems = (object: KubeValue): readonly string[] => {
  const { spec } = object
  const { matchLabels, matchExpressions = [] } = spec?.selector ?? {}
  const labels = spec?.template?.metadata?.labels
  const isBare = Object.keys(matchLabels ?? {}).length === 0 && matchExpressions.length === 0
  const fits =
    spec?.selector != null &&
    Object.entries(matchLabels ?? {}).every(([key, value]) => labels?.[key] === value)
  return [
    ...countProblems(object),
    ...(spec?.selector == null ? ['spec.selector: Required value'] : []),
    ...(spec?.selector != null && isBare
      ? [
          `spec.selector: Invalid value: ${selectorText(matchLabels)}: empty selector is invalid for ${object.kind.toLowerCase()}`,
        ]
      : []),
    ...(fits
      ? []
      : [
          `spec.template.metadata.labels: Invalid value: ${goMap(labels)}: \`selector\` does not match template \`labels\``,
        ]),
    // The template of a stateful set is looked at only when pods are made of it.
    ...(object.kind === 'StatefulSet'
      ? []
      : podProblems(spec?.template?.spec, { at: 'spec.template.spec', policies: ['Always'] })),
    ...strategyProblems(spec?.strategy),
  ]
}

const strategyProblems = (strategy: KubeValue): readonly string[] =>
  strategy?.type === 'Recreate' && strategy.rollingUpdate != null
    ? ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]
    : strategy?.type === undefined || strategy.type === 'RollingUpdate' || strategy.type === 'Recreate'
      ? []
      : [
          `spec.strategy.type: Unsupported value: "${strategy.type}": supported values: "Recreate", "RollingUpdate"`,
        ]

/** What is wrong in a job, at the place where it stands. */
const jobProblems = (spec: KubeValue, at: string): readonly string[] => {
  const pod = spec?.template?.spec
  const policies = ['OnFailure', 'Never']
  return [
    ...podProblems(pod, { at: `${at}.template.spec`, policies: [...policies, pod?.restartPolicy] }),
    ...(policies.includes(pod?.restartPolicy)
      ? []
      : [`${at}.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"`]),
  ]
}

const scheduleProblems = (schedule: KubeValue): readonly string[] => {
  if (!schedule) return ['spec.schedule: Required value']
  const problem = cronProblem(String(schedule))
  return problem === undefined ? [] : [`spec.schedule: Invalid value: "${schedule}": ${problem}`]
}

const byKind: Readonly<Record<string, (object: KubeValue) => readonly string[]>> = {
  Pod: ({ spec }) => podProblems(spec, { at: 'spec', policies: ['Always', 'OnFailure', 'Never'] }),
  Deployment: workloadProblems,
  ReplicaSet: workloadProblems,
  StatefulSet: workloadProblems,
  DaemonSet: workloadProblems,
  Service: serviceProblems,
  Job: ({ spec }) => jobProblems(spec, 'spec'),
  CronJob: ({ spec }) => [
    ...scheduleProblems(spec?.schedule),
    ...jobProblems(spec?.jobTemplate?.spec, 'spec.jobTemplate.spec'),
  ],
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
