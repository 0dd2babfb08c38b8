import { describe, expect, it } from 'vitest'
import { createShell } from '../../../src/cluster/shell/create-shell.ts'
import type { Machine } from '../../../src/cluster/world/machine.ts'
import { bundledKnowledge, observe } from '../../diagnosis/observe.ts'
import { openWorld } from '../kit.ts'

const knowledge = bundledKnowledge()
const world = openWorld('k3s')

const shellAt = (handle: string) => {
  const machine = world.machines.get(world.handles[handle] ?? '') as Machine
  const start = { machine, host: machine, container: undefined, user: 'root' }
  return createShell({ world, start, hasTerminal: false })
}

/** Reading commands by the machine where they are typed, and a fact that their answer gives. */
const commands: Readonly<Record<string, readonly (readonly [string, string | undefined])[]>> = {
  workstation: [
    ['kubectl get nodes -o wide', 'nodes'],
    ['kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints', undefined],
    ['kubectl describe nodes', 'nodes'],
    ['kubectl get pods -A -o wide', 'pods'],
    ['kubectl -n cattle-system get pods -o wide', 'pods'],
    ['kubectl -n cattle-system get services', undefined],
    ['kubectl -n kube-system get pods -o wide | grep svclb', 'pods'],
    ['kubectl get services -A', undefined],
    ['kubectl get endpoints -A', undefined],
    ['kubectl get ingress -A', undefined],
    ['kubectl -n kube-system get leases', undefined],
    ['kubectl -n kube-system logs -l k8s-app=kube-dns --tail=50', undefined],
    ['kubectl -n cattle-system logs -l app=rancher --tail=100', undefined],
    ['kubectl -n cattle-system logs -l app=cattle-cluster-agent --tail=50', undefined],
    ['curl -kI -m 10 https://rancher.prod.example.internal/', undefined],
    ['curl -k https://rancher.prod.example.internal/ping', undefined],
    ['helm ls -A', undefined],
    ['kubectl get helmcharts,addons -A', undefined],
    ['kubectl get addons -n kube-system -o yaml', undefined],
    ['kubectl describe helmchart traefik -n kube-system', undefined],
    ['kubectl get clusters.management.cattle.io', undefined],
    ['kubectl get issuers,certificates -A', undefined],
    ['kubectl get crd', undefined],
    ['kubectl api-resources', undefined],
    ['kubectl top nodes', undefined],
    ['kubectl get csr,sa,roles,rolebindings -n kube-system', undefined],
    ['kubectl get storageclass,priorityclasses,ingressclasses', undefined],
  ],
  'control-plane': [
    ['systemctl status k3s', 'units'],
    ['ls -l /dev/kmsg', undefined],
    ['journalctl -u k3s -n 200 --no-pager', undefined],
    ['journalctl -u k3s --no-pager', undefined],
    ['journalctl -u k3s -p warning --no-pager | tail -n 20', undefined],
    ['tail -n 300 /var/log/syslog', undefined],
    ['hostnamectl', undefined],
    ['systemctl is-active k3s', 'units'],
    ['ls -d /etc/rancher/k3s /var/lib/rancher/k3s', undefined],
    ['systemctl cat k3s | grep ExecStartPre', undefined],
    ['systemctl list-timers k3s-node-watcher.timer', 'timers'],
    ['systemctl status k3s-node-watcher.service', 'units'],
    ['tail -n 50 /var/log/k3s-node-watcher.log', undefined],
    ['tail -n 3 /usr/local/bin/k3s-node-watcher.sh', undefined],
    ['systemd-detect-virt --container', undefined],
    ['k3s kubectl get nodes', 'nodes'],
    ['k3s crictl ps', 'containers'],
    ['k3s --version', undefined],
    ['k3s check-config', undefined],
    ['k3s token list', undefined],
    ['k3s secrets-encrypt status', undefined],
    ['crictl pods', undefined],
    ['ss -tulpn', 'sockets'],
    ['ip route', undefined],
    ['ip -d link show flannel.1', undefined],
    ['df -h', 'filesystems'],
    ['free -m', 'memory'],
    ['sysctl net.ipv4.ip_forward', undefined],
    ['iptables -S', undefined],
    [
      `curl -sk -m 10 -o /dev/null -w '%{http_code}\\n' "https://$(k3s kubectl -n cattle-system get service rancher -o jsonpath='{.spec.clusterIP}')/ping"`,
      undefined,
    ],
  ],
  'worker-1': [
    ['systemctl status k3s-agent', 'units'],
    ['journalctl -u k3s-agent -n 200 --no-pager', undefined],
    ['ls -l /dev/kmsg', undefined],
    ['grep -v TOKEN /etc/systemd/system/k3s-agent.service.env', undefined],
    ['systemctl cat k3s-agent | grep ExecStartPre', undefined],
    ['curl -k https://10.0.4.31:6443/ping', undefined],
    ['crictl ps', 'containers'],
    ['journalctl -b --no-pager | tail -n 2000', undefined],
    ['systemctl --failed', undefined],
    ['lsblk', undefined],
  ],
  proxy: [
    ['echo "show stat" | socat stdio /run/haproxy/admin.sock', 'proxyServers'],
    ['echo "show servers state" | socat stdio /run/haproxy/admin.sock', 'proxyServers'],
    ['echo "show info" | socat stdio /run/haproxy/admin.sock', 'proxyProcess'],
    ["curl -s 'http://127.0.0.1:8404/stats;csv'", 'proxyServers'],
    ['systemctl status haproxy', 'units'],
    ['journalctl -u haproxy -n 100 --no-pager', undefined],
    ['tail -n 20 /var/log/haproxy.log', undefined],
    ['haproxy -c -f /etc/haproxy/haproxy.cfg', undefined],
    ['haproxy -v', undefined],
    ["grep -nE '^(backend|listen)|^ +server' /etc/haproxy/haproxy.cfg", undefined],
    ["ss -tulpn | grep -E ':(80|443|30443)\\b'", 'sockets'],
  ],
}

describe.each(Object.keys(commands))('a healthy %s of k3s', handle => {
  const shell = shellAt(handle)

  it.each(commands[handle] ?? [])('answers %s, and nothing is wrong in it', async (command, fact) => {
    const { stdout, stderr, exit } = await shell.run(command)
    const run = observe(knowledge, { command, stdout, stderr, outcome: { kind: 'exited', code: exit } })
    expect(run.findings.map(({ cause, evidence }) => [cause, evidence])).toEqual([])
    expect(stderr).not.toMatch(/not found|No such file/)
    expect(stdout).not.toBe('')
    if (fact !== undefined) expect(Object.keys(run.facts)).toContain(fact)
  })
})

describe('a healthy k3s world', () => {
  it('has the ordinary lines of its server and agents in their journals', async () => {
    const server = await shellAt('control-plane').run('journalctl -u k3s --no-pager')
    expect(server.stdout).toContain('msg="Starting k3s v')
    expect(server.stdout).toMatch(/COMPACT deleted \d+ rows from \d+ revisions in [\d.]+ms - compacted to/)
    expect(server.stdout.split('\n').length).toBeGreaterThan(100)
    const agent = await shellAt('worker-1').run('journalctl -u k3s-agent --no-pager')
    expect(agent.stdout).toContain('Running load balancer k3s-agent-load-balancer')
    expect(agent.stdout).toContain('Nodes topology is not available')
  })

  it('has every pod running and every server up', async () => {
    const pods = await shellAt('workstation').run('kubectl get pods -A --no-headers')
    expect(pods.stdout.split('\n').filter(line => line !== '' && !/Running|Completed/.test(line))).toEqual([])
    const stat = await shellAt('proxy').run('echo "show stat" | socat stdio /run/haproxy/admin.sock')
    expect(stat.stdout).not.toContain('DOWN')
    const answer = await shellAt('workstation').run('curl -sk https://rancher.prod.example.internal/ping')
    expect(answer.stdout).toBe('pong')
  })
})
