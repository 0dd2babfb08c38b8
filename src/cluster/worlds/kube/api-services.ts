import type { NewObject } from '../../kube/store.ts'

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

/** The parts of the API: those that the API server gives itself, and the one that metrics-server gives. */
export const apiServiceObjects = (): readonly NewObject[] => [
  ...local.map(name => apiService(name)),
  apiService('v1beta1.metrics.k8s.io', { name: 'metrics-server', namespace: 'kube-system', port: 443 }),
]
