import { describe, expect, test } from 'vitest'
import { commandWordsOf } from '../../src/facts/index.ts'

const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['df -h', [['df', '-h']]],
  ['sudo -n -u root /bin/df -h', [['df', '-h']]],
  ['LC_ALL=C sudo FOO=1 df', [['df']]],
  ['timeout -k 2 5 nice -n 10 df -i', [['df', '-i']]],
  ["sudo crictl ps | egrep 'etcd|kube-apiserver'", [['crictl', 'ps']]],
  ["kubectl describe node n-4 | sed -n '/Conditions/,$p'", [['kubectl', 'describe', 'node', 'n-4']]],
  ["df -h | awk '/Filesystem/,0'", [['df', '-h']]],
  ["df -h | sed 's/%//'", []],
  ["df -h | awk '{print $5}'", []],
  ['crictl ps | grep -v x | sort | head -n 5 | less', [['crictl', 'ps']]],
  [
    'sudo crictl ps || sudo docker ps',
    [
      ['crictl', 'ps'],
      ['docker', 'ps'],
    ],
  ],
  ['sudo gravity exec kubectl get nodes', [['kubectl', 'get', 'nodes']]],
  ["ssh -p 2222 ops@10.0.0.7 'sudo systemctl --failed'", [['systemctl', '--failed']]],
  ['ssh node-1 -- df -h', [['df', '-h']]],
  ['bash -lc "ss -tulpn | grep 6443"', [['ss', '-tulpn']]],
  ['ip netns exec blue ip route', [['ip', 'route']]],
  ['kubectl exec -n kube-system etcd-0 -- etcdctl endpoint health', [['etcdctl', 'endpoint', 'health']]],
  ['sudo k3s kubectl get nodes -o wide', [['kubectl', 'get', 'nodes', '-o', 'wide']]],
  ['microk8s kubectl get pods -A', [['kubectl', 'get', 'pods', '-A']]],
  ['microk8s.kubectl get pods', [['kubectl', 'get', 'pods']]],
  ['minikube kubectl -- get pods', [['kubectl', 'get', 'pods']]],
  ['/var/lib/rancher/rke2/bin/kubectl get nodes', [['kubectl', 'get', 'nodes']]],
  ['rke2 /var/lib/rancher/rke2/bin/kubectl get nodes', [['kubectl', 'get', 'nodes']]],
  ['k3s crictl ps -a', [['crictl', 'ps', '-a']]],
  [
    "cat /proc/nf_{count,max} 'a{b,c}' d{1..3}",
    [['cat', '/proc/nf_count', '/proc/nf_max', 'a{b,c}', 'd{1..3}']],
  ],
  ['k3s ctr -n k8s.io containers ls', [['ctr', '-n', 'k8s.io', 'containers', 'ls']]],
  ['k3s check-config', [['k3s', 'check-config']]],
  ['kubectl -n kube-system exec etcd-0 -c etcd -- df -h', [['df', '-h']]],
  ['kubectl --context blue exec -it web -- cat /etc/resolv.conf', [['cat', '/etc/resolv.conf']]],
  ['kubectl --context=blue --kubeconfig /x exec web -- ps aux', [['ps', 'aux']]],
  ['k3s kubectl -n a exec web -- nslookup b', [['nslookup', 'b']]],
  ['kubectl -n exec get pods', [['kubectl', '-n', 'exec', 'get', 'pods']]],
  ['crictl -r unix:///run/containerd/containerd.sock exec -it 1f2e ip route', [['ip', 'route']]],
  ['docker -H tcp://10.0.0.1 exec web free -m', [['free', '-m']]],
  ['echo | openssl s_client -connect 10.0.0.1:443', [['openssl', 's_client', '-connect', '10.0.0.1:443']]],
  ['export ETCDCTL_API=3', [['export', 'ETCDCTL_API=3']]],
  [
    'ETCDCTL_API=3 etcdctl \\\n  --endpoints=https://127.0.0.1:2379 \\\n  endpoint health',
    [['etcdctl', '--endpoints=https://127.0.0.1:2379', 'endpoint', 'health']],
  ],
  [
    '# CPU\ntop -b -n 1\n# Memory\nfree -h',
    [
      ['top', '-b', '-n', '1'],
      ['free', '-h'],
    ],
  ],
  ['for n in a b; do systemctl is-active "$n"; done', [['systemctl', 'is-active', '$n']]],
]

describe('the commands behind a line', () => {
  test.each(cases)('%s', (line, expected) => {
    expect(commandWordsOf(line)).toEqual(expected)
  })

  test.each([
    "df -h | awk '{print $5}'",
    'journalctl -u kubelet | grep -c error',
    'ps aux | wc -l',
    'ss -tln | cut -c1-20',
    '',
    '   ',
    '# only a comment',
  ])('a line whose output no command left as it was has none: %s', line => {
    expect(commandWordsOf(line)).toEqual([])
  })

  test.each(["echo 'open", 'a | | b', '$(', 'if then', '))((', 'bash -c \'bash -c "bash -c x'])(
    'text that is no shell does no harm: %s',
    line => {
      expect(() => commandWordsOf(line)).not.toThrow()
    },
  )
})
