import { describe, expect, it } from 'vitest'
import { bundledKnowledge, observe } from '../../diagnosis/observe.ts'
import { openShell, openWorld } from '../kit.ts'

const knowledge = bundledKnowledge()
const shell = openShell(openWorld('gravity'))
const planet = 'gravity__gravitational.io__planet__6.0.0-11401'
const dns = '$(kubectl -nkube-system get pods --no-headers -lk8s-app=kube-dns | head -1 | cut -d" " -f1)'

/** The reading commands of the fire drills, with the fact that each must give where it gives one. */
const commands: readonly (readonly [string, string | undefined])[] = [
  ['ps aux', 'processes'],
  ['sudo gravity exec systemctl status kube-apiserver', 'units'],
  ['kubectl get nodes', 'nodes'],
  ['helm version', undefined],
  ['gravity status', 'gravityNodes'],
  ['gravity status --output=json', 'gravityNodes'],
  ['sudo gravity exec planet status --pretty', 'planetNodes'],
  ['sudo gravity exec serf members', 'planetNodes'],
  ['sudo cat /var/log/gravity-install.log', undefined],
  ['cat /var/log/gravity-system.log', undefined],
  ['sudo systemctl list-unit-files | grep planet', undefined],
  [`sudo journalctl -u ${planet} --no-pager`, undefined],
  ['sudo gravity exec journalctl -u etcd --no-pager', undefined],
  ['sudo gravity exec systemctl list-unit-files | grep kube', undefined],
  ['sudo gravity exec journalctl -u kube-apiserver --no-pager', undefined],
  ['sudo gravity exec journalctl -u kube-kubelet --no-pager', undefined],
  ['kubectl -nkube-system get pods -owide', 'pods'],
  [`kubectl -nkube-system logs ${dns}`, undefined],
  [`kubectl -nkube-system logs ${dns} coredns`, undefined],
  [`sudo gravity exec kctl logs ${dns}`, undefined],
  ['kubectl -nkube-system get pods -lapp=gravity-site -owide', 'pods'],
  ['gravity report', undefined],
  ['sudo gravity exec netstat -lpten', undefined],
  ['sudo gravity exec kctl get pods', 'pods'],
  ['sudo netstat -lptenu | grep 8472', undefined],
  ['kubectl get pods -owide --all-namespaces', 'pods'],
  ['sudo iptables -L -n', undefined],
  ['sudo iptables-save', undefined],
  ['sudo gravity exec journalctl -u flanneld --no-pager', undefined],
  ['sudo systemctl status firewalld', 'units'],
  ['sudo firewall-cmd --state', undefined],
  ['sudo lsmod', 'kernelModules'],
  ['sudo gravity exec systemctl status coredns', 'units'],
  ['sudo gravity exec cat /etc/coredns/coredns.conf', undefined],
  ['sudo gravity exec cat /etc/resolv.conf', undefined],
  ['sudo gravity exec kctl get pods,services -owide | grep dns', undefined],
  ['sudo gravity exec kctl get services | grep gravity-site', undefined],
  ['sudo gravity exec etcdctl cluster-health', undefined],
  ['sudo systemctl list-units | grep planet | grep service', undefined],
  ['sudo gravity plan', 'gravityPhases'],
  ['sudo gravity plan --output=json', 'gravityPhases'],
  ['sudo gravity exec docker ps', undefined],
  ['kubectl describe nodes', 'nodes'],
  ['kubectl get endpoints,services -A', undefined],
  ['kubectl get daemonsets,deployments -A', undefined],
  ['kubectl api-resources', undefined],
  ['kubectl get clusterrolebindings', undefined],
  ['sudo gravity exec hostname', undefined],
  ['hostnamectl', undefined],
]

describe('a healthy Gravity cluster', () => {
  it.each(commands)('answers %s, and nothing is wrong in it', async (command, fact) => {
    const { stdout, stderr, exit } = await shell.run(command)
    // firewalld is installed and off, which its tools say by their exit status.
    if (!command.includes('firewall')) expect(exit, stderr).toBe(0)
    expect(stdout + stderr).not.toBe('')
    expect(stderr).not.toContain('not found')
    const run = observe(knowledge, { command, stdout, stderr, outcome: { kind: 'exited', code: exit } })
    if (fact !== undefined) expect(Object.keys(run.facts)).toContain(fact)
    expect(run.findings.map(({ cause, evidence }) => [cause, evidence])).toEqual([])
  })
})
