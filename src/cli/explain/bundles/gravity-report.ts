import type { Layout } from './layout.ts'

/** Names that a report gives to outputs of a machine, where the name alone does not tell the command; `df` and `route` do anywhere. */
const outputs: Readonly<Record<string, string>> = {
  'df-inodes': 'df -i',
  'ip-addr': 'ip -d addr show',
  'ip-route': 'ip -d route show table all',
  'ip-link': 'ip -d link show',
  'ip-neighbor': 'ip -d neighbor show',
  'ip-rule': 'ip -d rule show',
  'running-processes': 'ps auxZ --forest',
  'host-system-status': 'systemctl status --full',
  'host-system-failed': 'systemctl --failed --full',
  'planet-system-status': 'systemctl status --full',
  'planet-system-failed': 'systemctl --failed --full',
  'cluster-status': 'gravity status --output=json',
  'etcd-status': 'etcdctl cluster-health',
  'planet-status': 'planet status',
}

const only = ([name = '']: readonly string[]): string | undefined =>
  Object.hasOwn(outputs, name) ? outputs[name] : undefined

/** What `gravity report` collects, unpacked: names without endings for outputs, `k8s-` before those of the cluster. */
export const gravityReport: Layout = [
  [/(?:^|\/)([a-z][a-z-]*)$/, only],
  [/(?:^|\/)k8s-describe-([a-z]+)$/, ([kind]) => `kubectl describe ${kind} --all-namespaces`],
  [/(?:^|\/)k8s-logs-(.+)-prev$/, () => 'kubectl logs --previous'],
  [/(?:^|\/)k8s-nodes$/, () => 'kubectl get nodes --output wide'],
  [/(?:^|\/)k8s-([a-z]+)$/, ([kind]) => `kubectl get ${kind} --all-namespaces --output wide`],
]
