import { describe, expect, it } from 'vitest'
import { commandOfPath } from '../../../src/cli/explain/bundles/command-of-path.ts'

describe('the path of a file in a bundle', () => {
  it.each([
    ['bundle/df-h.txt', 'df -h'],
    ['systemctl-status-kubelet.log', 'systemctl status kubelet'],
    ['node-1/kubectl_get_pods.out', 'kubectl get pods'],
    ['journalctl_kubelet.log.gz', 'journalctl kubelet'],
    ['free.stdout', 'free'],
    ['sos/sos_commands/filesys/df_-al_-x_autofs', 'df -al -x autofs'],
    ['sos/sos_commands/systemd/systemctl_list-units_--failed', 'systemctl list-units --failed'],
    ['sos/sos_commands/logs/journalctl_--no-pager_--boot', 'journalctl --no-pager --boot'],
    ['sos/sos_commands/networking/ip_-d_address', 'ip -d address'],
    ['mg/namespaces/shop/pods/web-1/app/app/logs/current.log', 'kubectl logs web-1 -c app -n shop'],
    ['mg/namespaces/shop/pods/web-1/app/logs/previous.log', 'kubectl logs web-1 -c app -n shop --previous'],
    ['mg/namespaces/shop/pods/web-1/web-1.yaml', 'kubectl get pod web-1 -n shop -o yaml'],
    ['mg/namespaces/shop/core/events.yaml', 'kubectl get events -n shop -o yaml'],
    ['mg/cluster-scoped-resources/core/nodes/w-1.yaml', 'kubectl get nodes w-1 -o yaml'],
    ['mg/host_service_logs/masters/kubelet_service.log', 'journalctl -u kubelet'],
    ['mg/etcd_info/endpoint_health.json', 'etcdctl endpoint health -w json'],
    ['dump/nodes.json', 'kubectl get nodes -o json'],
    ['dump/shop/events.json', 'kubectl get events -n shop -o json'],
    ['dump/shop/web-1/logs.txt', 'kubectl logs web-1 -n shop'],
    ['report/node-1/df-inodes', 'df -i'],
    ['any/folder/df', 'df'],
    ['any/folder/route', 'route'],
    ['any/folder/ifconfig', 'ifconfig'],
    ['report/node-1/etcd-status', 'etcdctl cluster-health'],
    ['report/k8s-describe-nodes', 'kubectl describe nodes --all-namespaces'],
    ['report/k8s-pods.gz', 'kubectl get pods --all-namespaces --output wide'],
  ])('%s tells the command', (path, command) => {
    expect(commandOfPath(path)).toBe(command)
  })

  it.each([['syslog'], ['kubelet.log'], ['README.md'], ['notes-from-monday.txt'], ['any/iptables']])(
    '%s tells none',
    path => {
      expect(commandOfPath(path)).toBeUndefined()
    },
  )
})
