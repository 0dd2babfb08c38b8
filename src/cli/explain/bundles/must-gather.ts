import type { Layout } from './layout.ts'

const etcd: Readonly<Record<string, string>> = {
  endpoint_health: 'etcdctl endpoint health -w json',
  endpoint_status: 'etcdctl endpoint status -w json',
  member_list: 'etcdctl member list -w json',
  alarm_list: 'etcdctl alarm list -w json',
}

/** What `oc adm must-gather` collects: an object tree by namespaces and kinds, logs by pods, journals of the machines. */
export const mustGather: Layout = [
  [
    /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/(?:\3\/)?logs\/(current|previous)[^/]*\.log$/,
    ([namespace, pod, container, which]) =>
      `kubectl logs ${pod} -c ${container} -n ${namespace}${which === 'previous' ? ' --previous' : ''}`,
  ],
  [
    /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/\2\.ya?ml$/,
    ([namespace, pod]) => `kubectl get pod ${pod} -n ${namespace} -o yaml`,
  ],
  [
    /(?:^|\/)namespaces\/([^/]+)\/[\w.-]+\/([a-z]+)\.ya?ml$/,
    ([namespace, kind]) => `kubectl get ${kind} -n ${namespace} -o yaml`,
  ],
  [
    /(?:^|\/)namespaces\/([^/]+)\/[\w.-]+\/([a-z]+)\/([^/]+)\.ya?ml$/,
    ([namespace, kind, name]) => `kubectl get ${kind} ${name} -n ${namespace} -o yaml`,
  ],
  [
    /(?:^|\/)cluster-scoped-resources\/[\w.-]+\/([a-z]+)\/([^/]+)\.ya?ml$/,
    ([kind, name]) => `kubectl get ${kind} ${name} -o yaml`,
  ],
  [/(?:^|\/)cluster-scoped-resources\/[\w.-]+\/([a-z]+)\.ya?ml$/, ([kind]) => `kubectl get ${kind} -o yaml`],
  [/(?:^|\/)host_service_logs\/[^/]+\/([\w-]+)_service\.log$/, ([unit]) => `journalctl -u ${unit}`],
  [/(?:^|\/)etcd_info\/(\w+)\.json$/, ([which = '']) => etcd[which]],
]
