import type { NewObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'

const local = [
  'v1.',
  'v1.admissionregistration.k8s.io',
  'v1.apiextensions.k8s.io',
  'v1.apps',
  'v1.authentication.k8s.io',
  'v1.authorization.k8s.io',
  'v1.autoscaling',
  'v1.batch',
  'v1.certificates.k8s.io',
  'v1.coordination.k8s.io',
  'v1.discovery.k8s.io',
  'v1.events.k8s.io',
  'v1.networking.k8s.io',
  'v1.node.k8s.io',
  'v1.policy',
  'v1.rbac.authorization.k8s.io',
  'v1.scheduling.k8s.io',
  'v1.storage.k8s.io',
  'v2.autoscaling',
]

const apiService = (name: string, service?: { name: string; namespace: string; port: number }): NewObject => {
  const [, version = '', group = ''] = /^([^.]+)\.(.*)$/.exec(name) ?? []
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec: {
      group,
      version,
      groupPriorityMinimum: service === undefined ? 17_500 : 100,
      versionPriority: service === undefined ? 15 : 100,
      ...(service === undefined ? {} : { insecureSkipTLSVerify: true, service }),
    },
    status: {},
  }
}

const localCondition = (createdMs: number) => ({
  lastTransitionTime: isoOf(createdMs),
  message: 'Local APIServices are always available',
  reason: 'Local',
  status: 'True',
  type: 'Available',
})

/** A part of the API that the API server gives itself, there since then. */
export const localService = (name: string, createdMs: number): NewObject => ({
  ...apiService(name),
  status: { conditions: [localCondition(createdMs)] },
})

/** The parts of the API in Kubernetes 1.14. */
export const oldParts: readonly string[] = [
  ...[
    '',
    'apps',
    'authentication.k8s.io',
    'authorization.k8s.io',
    'autoscaling',
    'batch',
    'coordination.k8s.io',
    'networking.k8s.io',
    'rbac.authorization.k8s.io',
    'scheduling.k8s.io',
    'storage.k8s.io',
  ].map(group => `v1.${group}`),
  ...[
    'admissionregistration.k8s.io',
    'apiextensions.k8s.io',
    'apps',
    'authentication.k8s.io',
    'authorization.k8s.io',
    'batch',
    'certificates.k8s.io',
    'coordination.k8s.io',
    'events.k8s.io',
    'extensions',
    'networking.k8s.io',
    'node.k8s.io',
    'policy',
    'rbac.authorization.k8s.io',
    'scheduling.k8s.io',
    'storage.k8s.io',
  ].map(group => `v1beta1.${group}`),
  'v1beta2.apps',
  'v2beta1.autoscaling',
  'v2beta2.autoscaling',
]

/** The parts of the API: those that the API server gives itself, and the one that metrics-server gives. */
export const apiServiceObjects = (): readonly NewObject[] => [
  ...local.map(name => apiService(name)),
  apiService('v1beta1.metrics.k8s.io', { name: 'metrics-server', namespace: 'kube-system', port: 443 }),
]
