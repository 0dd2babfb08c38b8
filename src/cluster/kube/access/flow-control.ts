import type { KubeStore, KubeValue } from '../../world/kube-object.ts'
import { minorIn } from '../minor-version.ts'
import { steadyUid } from '../steady-uid.ts'
import type { NewObject } from '../store.ts'

/** The first minor version whose API server has these objects as they are here. */
const HAS_FLOWS = 26
const VERSION = 'flowcontrol.apiserver.k8s.io/v1beta3'

// Name, shares, and where requests queue: queues, hand size, length of a queue.
const levels = [
  ['catch-all', 5],
  ['exempt', undefined],
  ['global-default', 20, 128, 6, 50],
  ['leader-election', 10, 16, 4, 50],
  ['node-high', 40, 64, 6, 50],
  ['system', 30, 64, 6, 50],
  ['workload-high', 40, 128, 6, 50],
  ['workload-low', 100, 128, 6, 50],
] as const

// Name, level, precedence, how flows are told apart, and whose requests they are.
const schemas = [
  ['catch-all', 'catch-all', 10_000, 'ByUser', 'group system:unauthenticated'],
  ['endpoint-controller', 'workload-high', 150, 'ByUser', 'account kube-system:endpoint-controller'],
  ['exempt', 'exempt', 1, undefined, 'group system:masters'],
  ['global-default', 'global-default', 9_900, 'ByUser', 'group system:authenticated'],
  ['kube-controller-manager', 'workload-high', 800, 'ByNamespace', 'user system:kube-controller-manager'],
  ['kube-scheduler', 'workload-high', 800, 'ByNamespace', 'user system:kube-scheduler'],
  ['kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', 'account kube-system:*'],
  ['probes', 'exempt', 2, undefined, 'group system:unauthenticated'],
  ['service-accounts', 'workload-low', 9_000, 'ByUser', 'group system:serviceaccounts'],
  ['system-leader-election', 'leader-election', 100, 'ByUser', 'user system:kube-scheduler'],
  ['system-node-high', 'node-high', 400, 'ByUser', 'group system:nodes'],
  ['system-nodes', 'system', 500, 'ByUser', 'group system:nodes'],
  ['workload-leader-election', 'leader-election', 200, 'ByUser', 'account kube-system:*'],
] as const

const headOf = (kind: string, name: string): Pick<NewObject, 'apiVersion' | 'kind' | 'metadata'> => ({
  apiVersion: VERSION,
  kind,
  metadata: {
    name,
    uid: steadyUid(`${kind}/${name}`),
    generation: 1,
    annotations: { 'apf.kubernetes.io/autoupdate-spec': 'true' },
  },
})

const levelOf = ([name, shares, queues, handSize, length]: KubeValue): NewObject => {
  const response =
    queues === undefined
      ? { type: 'Reject' }
      : { queuing: { handSize, queueLengthLimit: length, queues }, type: 'Queue' }
  return {
    ...headOf('PriorityLevelConfiguration', name),
    spec:
      shares === undefined
        ? { type: 'Exempt' }
        : {
            limited: { lendablePercent: 0, limitResponse: response, nominalConcurrencyShares: shares },
            type: 'Limited',
          },
    status: {},
  }
}

const subjectOf = (text: string): KubeValue => {
  const [kind, name = ''] = text.split(' ')
  const [namespace, account] = name.split(':')
  if (kind === 'account') return { kind: 'ServiceAccount', serviceAccount: { name: account, namespace } }
  return kind === 'group' ? { group: { name }, kind: 'Group' } : { kind: 'User', user: { name } }
}

const schemaOf = ([name, level, precedence, method, subject]: KubeValue): NewObject => {
  const paths = {
    nonResourceURLs: name === 'probes' ? ['/healthz', '/readyz', '/livez'] : ['*'],
    verbs: ['*'],
  }
  const resources = {
    apiGroups: ['*'],
    clusterScope: true,
    namespaces: ['*'],
    resources: ['*'],
    verbs: ['*'],
  }
  return {
    ...headOf('FlowSchema', name),
    spec: {
      ...(method === undefined ? {} : { distinguisherMethod: { type: method } }),
      matchingPrecedence: precedence,
      priorityLevelConfiguration: { name: level },
      rules: [
        {
          nonResourceRules: [paths],
          ...(name === 'probes' ? {} : { resourceRules: [resources] }),
          subjects: [subjectOf(subject)],
        },
      ],
    },
    status: {
      conditions: [
        {
          message: `This FlowSchema references the PriorityLevelConfiguration object named "${level}" and it exists`,
          reason: 'Found',
          status: 'False',
          type: 'Dangling',
        },
      ],
    },
  }
}

/** The objects by which an API server sorts requests, which it makes by itself. */
export const flowObjects = ({ version }: Pick<KubeStore, 'version'>): readonly NewObject[] =>
  minorIn(version) < HAS_FLOWS ? [] : [...levels.map(levelOf), ...schemas.map(schemaOf)]
