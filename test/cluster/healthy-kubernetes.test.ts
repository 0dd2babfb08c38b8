import { describe, expect, it } from 'vitest'
import type { Shell } from '../../src/cluster/shell/create-shell.ts'
import { bundledKnowledge, observe } from '../diagnosis/observe.ts'
import { openShell, openWorld } from './kit.ts'

const knowledge = bundledKnowledge()

const etcd =
  '--endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key'

/** Commands on the workstation, each with a fact that its output must give. */
const remote: readonly (readonly [command: string, fact: string | undefined])[] = [
  ['kubectl get nodes', 'nodes'],
  ['kubectl get nodes -o wide', 'nodes'],
  ['kubectl get nodes -o json', 'nodes'],
  ['kubectl get nodes -o yaml', 'nodes'],
  ['kubectl get pods -A', 'pods'],
  ['kubectl get pods -A -o wide', 'pods'],
  ['kubectl get pods -A -o json', 'pods'],
  ['kubectl get pods -n kube-system --show-labels', 'pods'],
  [
    'kubectl get pods --all-namespaces --field-selector=status.phase!=Running,status.phase!=Succeeded',
    undefined,
  ],
  ['kubectl get all -n shop', 'pods'],
  ['kubectl get pv,pvc -A', undefined],
  ['kubectl get svc -A', undefined],
  ['kubectl get endpoints -A', undefined],
  ['kubectl get events -A --sort-by=.lastTimestamp', undefined],
  ['kubectl get csr', undefined],
  ['kubectl get cs', undefined],
  ['kubectl get ds,deploy,sts -A', undefined],
  ['kubectl get networkpolicy -A', undefined],
  ['kubectl get configmap -n kube-system coredns -o yaml', undefined],
  ['kubectl get leases -A', undefined],
  ['kubectl describe nodes', undefined],
  ['kubectl describe pods -n kube-system', undefined],
  ['kubectl describe pods -n shop', undefined],
  ['kubectl describe svc -n shop', undefined],
  ['kubectl describe deploy -A', undefined],
  ['kubectl top nodes', undefined],
  ['kubectl top pods -A', undefined],
  ['kubectl logs -n kube-system -l k8s-app=kube-dns --tail=100', undefined],
  ['kubectl logs -n kube-system -l k8s-app=calico-node --tail=100', undefined],
  ['kubectl logs -n kube-system -l k8s-app=kube-proxy --tail=100', undefined],
  ['kubectl logs -n kube-system -l component=etcd --tail=100', undefined],
  ['kubectl logs -n kube-system -l component=kube-apiserver --tail=100', undefined],
  ['kubectl logs -n kube-system -l component=kube-scheduler --tail=100', undefined],
  ['kubectl logs -n kube-system -l component=kube-controller-manager --tail=100', undefined],
  ['kubectl logs -n shop -l app=web', undefined],
  ['kubectl logs -n shop -l app=worker', undefined],
  ['kubectl logs -n shop db-0', undefined],
  ['kubectl get --raw /healthz?verbose', undefined],
  ['kubectl get --raw /metrics', undefined],
  ['kubectl cluster-info', undefined],
  ['kubectl version', undefined],
  ['kubectl config view', undefined],
  ['kubectl api-resources', undefined],
  ['helm ls -A', undefined],
  ['kubectl get crd', undefined],
  ['kubectl get clusterroles,clusterrolebindings -o wide', undefined],
  ['kubectl get roles,rolebindings,sa -A', undefined],
  ['kubectl get apiservices,priorityclasses', undefined],
  ['kubectl get clusterrole system:node -o yaml', undefined],
  ['kubectl get crd ippools.crd.projectcalico.org -o yaml', undefined],
  ['kubectl auth can-i --list --as=system:serviceaccount:kube-system:calico-node', undefined],
]

/** Commands on the control plane machine. */
const local: readonly (readonly [command: string, fact: string | undefined])[] = [
  ['crictl ps', 'containers'],
  ['crictl ps -a', 'containers'],
  ['crictl ps -a -o json', 'containers'],
  ['crictl pods', undefined],
  ['crictl images', undefined],
  ['crictl stats', undefined],
  ['crictl info', undefined],
  ['crictl inspect $(crictl ps -q --name kube-apiserver)', undefined],
  ['crictl logs $(crictl ps -q --name etcd)', undefined],
  ['crictl logs $(crictl ps -q --name kube-controller-manager)', undefined],
  ['ctr -n k8s.io images ls', undefined],
  ['ctr -n k8s.io containers ls', undefined],
  [`etcdctl ${etcd} endpoint health`, 'etcdEndpoints'],
  [`etcdctl ${etcd} endpoint status -w table`, 'etcdEndpoints'],
  [`etcdctl ${etcd} endpoint status -w json`, 'etcdEndpoints'],
  [`etcdctl ${etcd} member list -w table`, 'etcdMembers'],
  [`etcdctl ${etcd} alarm list`, undefined],
  ['kubeadm certs check-expiration', 'certificates'],
  ['cat /etc/kubernetes/manifests/kube-apiserver.yaml', undefined],
  ['cat /var/lib/kubelet/config.yaml', undefined],
  ['cat /etc/containerd/config.toml', undefined],
  ['cat /etc/cni/net.d/10-calico.conflist', undefined],
  ['ls -l /etc/kubernetes/manifests', undefined],
  ['journalctl -u kubelet -n 200 --no-pager', undefined],
  ['curl -sk https://127.0.0.1:6443/livez?verbose', undefined],
  ['ip addr', undefined],
  ['ip route', undefined],
]

const look = async (
  shell: Shell,
  [command, fact]: readonly [string, string | undefined],
): Promise<readonly string[]> => {
  const { stdout, stderr, exit } = await shell.run(command)
  const seen = observe(knowledge, { command, stdout, stderr, outcome: { kind: 'exited', code: exit } })
  const found = seen.findings
    .filter(finding => finding.severity !== 'info')
    .map(finding => `${command}: ${finding.cause} ${JSON.stringify(finding.evidence[0])}`)
  const lacks = fact !== undefined && (seen.facts as Record<string, unknown>)[fact] === undefined
  return [
    ...found,
    ...(lacks ? [`${command}: no ${fact}`] : []),
    ...(exit === 0 ? [] : [`${command}: status ${exit} ${stderr}`]),
    ...(/not supported|command not found/.test(stderr) ? [`${command}: ${stderr}`] : []),
  ]
}

describe('a healthy cluster', () => {
  it('is found healthy in every command of the workstation', async () => {
    const shell = openShell()
    await shell.run('sleep 120')
    const problems: string[] = []
    for (const row of remote) problems.push(...(await look(shell, row)))
    expect(problems).toEqual([])
  })

  it('is found healthy in every command of the control plane machine', async () => {
    const world = openWorld()
    const shell = openShell(world)
    await shell.run(`ssh ${world.handles['control-plane']}`)
    await shell.run('sleep 120')
    const problems: string[] = []
    for (const row of local) problems.push(...(await look(shell, row)))
    expect(problems).toEqual([])
  })
})
