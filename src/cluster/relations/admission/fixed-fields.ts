import { inOrder } from '../../kube/in-order.ts'
import { isSame } from '../../kube/is-same.ts'
import { numberOf } from '../../kube/quantity.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { selectorText } from './go-labels.ts'

const withoutImages = (containers: KubeValue): KubeValue =>
  (containers ?? []).map(({ image: _image, ...other }: KubeValue) => other)

const podFields = ({
  containers,
  initContainers,
  tolerations: _tolerations,
  activeDeadlineSeconds: _seconds,
  ...rest
}: KubeValue): string =>
  JSON.stringify(inOrder([rest, withoutImages(containers), withoutImages(initContainers)]))

type Check = (after: KubeValue, before: KubeValue) => readonly string[]

const fixedSelector: Check = (after, before) =>
  isSame(before.spec?.selector, after.spec?.selector)
    ? []
    : [`spec.selector: Invalid value: ${selectorText(after.spec?.selector?.matchLabels)}: field is immutable`]

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]

const withoutChangeable = (spec: KubeValue): KubeValue =>
  Object.fromEntries(Object.entries(spec ?? {}).filter(([name]) => !changeable.includes(name)))

const claimCore = ({ resources: _resources, volumeName: _volume, ...spec }: KubeValue): KubeValue => spec

const claimProblems: Check = ({ spec: is = {} }, { spec: was = {} }) => {
  if (!isSame(claimCore(is), claimCore(was)))
    return ['spec: Forbidden: spec is immutable after creation except resources.requests for bound claims']
  const [asked, had] = [is, was].map(({ resources }) => resources?.requests?.storage)
  return asked !== undefined && numberOf(String(asked)) < numberOf(String(had))
    ? ['spec.resources.requests.storage: Forbidden: field can not be less than previous value']
    : []
}

const sourceOf = ({
  accessModes: _modes,
  capacity: _capacity,
  claimRef: _claim,
  mountOptions: _options,
  nodeAffinity: _affinity,
  persistentVolumeReclaimPolicy: _policy,
  storageClassName: _class,
  volumeMode: _mode,
  ...source
}: KubeValue): KubeValue => source

const contentProblems: Check = (after, before) =>
  before.immutable === true && !(isSame(after.data, before.data) && after.immutable === true)
    ? [
        after.immutable === true
          ? 'data: Forbidden: field is immutable when `immutable` is set'
          : 'immutable: Forbidden: field is immutable when `immutable` is set',
      ]
    : []

const roleProblems: Check = (after, before) => {
  if (isSame(after.roleRef, before.roleRef)) return []
  const { apiGroup = '', kind = '', name = '' } = after.roleRef ?? {}
  return [
    `roleRef: Invalid value: rbac.RoleRef{APIGroup:"${apiGroup}", Kind:"${kind}", Name:"${name}"}: cannot change roleRef`,
  ]
}

const byKind: Readonly<Record<string, Check>> = {
  Deployment: fixedSelector,
  ReplicaSet: fixedSelector,
  DaemonSet: fixedSelector,
  StatefulSet: (after, before) =>
    isSame(withoutChangeable(after.spec), withoutChangeable(before.spec))
      ? []
      : [
          `spec: Forbidden: updates to statefulset spec for fields other than ${changeable
            .slice(0, -1)
            .map(name => `'${name}'`)
            .join(', ')} and '${changeable.at(-1)}' are forbidden`,
        ],
  Job: (after, before) =>
    isSame(after.spec?.template, before.spec?.template)
      ? []
      : ['spec.template: Invalid value: core.PodTemplateSpec{…}: field is immutable'],
  PersistentVolumeClaim: claimProblems,
  PersistentVolume: (after, before) =>
    isSame(sourceOf(after.spec ?? {}), sourceOf(before.spec ?? {}))
      ? []
      : ['spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation'],
  ConfigMap: contentProblems,
  Secret: (after, before) => [
    ...contentProblems(after, before),
    ...(after.type === before.type ? [] : [`type: Invalid value: "${after.type}": field is immutable`]),
  ],
  RoleBinding: roleProblems,
  ClusterRoleBinding: roleProblems,
  StorageClass: (after, before) => [
    ...(isSame(after.parameters, before.parameters)
      ? []
      : ['parameters: Forbidden: updates to parameters are forbidden.']),
    ...(after.provisioner === before.provisioner
      ? []
      : ['provisioner: Forbidden: updates to provisioner are forbidden.']),
    ...(after.volumeBindingMode === before.volumeBindingMode
      ? []
      : [`volumeBindingMode: Invalid value: "${after.volumeBindingMode}": field is immutable`]),
  ],
  Service: (after, before) => {
    const [was, is] = [before, after].map(({ spec }) => spec?.clusterIP)
    return was !== is && was !== undefined && is !== undefined && is !== ''
      ? [`spec.clusterIPs[0]: Invalid value: []string{"${is}"}: may not change once set`]
      : []
  },
  Pod: (after, before) =>
    podFields(after.spec ?? {}) === podFields(before.spec ?? {})
      ? []
      : [
          'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
        ],
}

/** What may not change once it is stored, and would. */
export const fixedProblems = (after: KubeValue, before: KubeValue): readonly string[] =>
  byKind[after.kind]?.(after, before) ?? []
