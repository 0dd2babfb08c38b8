import type { Layout } from './layout.ts'

const kinds = 'events|pods|services|deployments|daemonsets|replicasets|replication-controllers'

const kindOf = (name: string): string => name.replaceAll('-', '')

/** What `kubectl cluster-info dump --output-directory` writes: JSON or YAML lists by namespace, logs by pod. */
export const clusterInfoDump: Layout = [
  [/(?:^|\/)nodes\.(json|ya?ml)$/, ([form]) => `kubectl get nodes -o ${form}`],
  [
    new RegExp(`(?:^|/)([^/]+)/(${kinds})\\.(json|ya?ml)$`),
    ([namespace, kind = '', form]) => `kubectl get ${kindOf(kind)} -n ${namespace} -o ${form}`,
  ],
  [/(?:^|\/)([^/]+)\/([^/]+)\/logs\.txt$/, ([namespace, pod]) => `kubectl logs ${pod} -n ${namespace}`],
]
