import { describe, expect, test } from 'vitest'
import { openShell, openWorld } from '../kit.ts'
import { startDebugPods } from './debug-pods.ts'

const site = 'https://gravity-site.kube-system.svc.cluster.local:3009/healthz'
const healthy = '{"info":"service is up and running","status":"ok"}'
const node1 = '192.168.121.232'

const open = () => openShell(openWorld('gravity'))

describe('exercise 1.1, forwarding', () => {
  test('cuts the pods of the machine off and is told by gravity status, until it is on again', async () => {
    const shell = open()
    const inPod = await startDebugPods(shell)
    const ask = inPod(node1, `curl -sk -m 8 ${site}`)
    expect((await shell.run(ask)).stdout).toBe(healthy)
    await shell.run('sudo sysctl -w net.ipv4.ip_forward=0; sleep 5')
    expect((await shell.run(ask)).exit).not.toBe(0)
    const degraded = await shell.run('gravity status')
    expect(degraded.exit).toBe(255)
    expect(degraded.stdout).toMatch(/\[×\]\t+ipv4 forwarding is off, see \S+#ipv4-forwarding \(\)/)
    await shell.run('echo 1 > /proc/sys/net/ipv4/ip_forward; sleep 5')
    expect((await shell.run(ask)).stdout).toBe(healthy)
    expect((await shell.run('gravity status')).exit).toBe(0)
  })
})

const podOnNode1 = `$(kubectl -nkube-system get pods -owide --no-headers | grep coredns | grep ${node1} | awk '{print $6}')`

describe('exercise 1.2, the overlay', () => {
  test('is cut where its port is rejected, while pods of one machine still talk', async () => {
    const shell = open()
    await shell.run('sudo iptables -A INPUT -p udp --dport 8472 -j REJECT')
    expect((await shell.run(`ip=${podOnNode1}; ssh node-2 ping -c1 $ip`)).exit).toBe(1)
    expect((await shell.run(`ping -c1 ${podOnNode1}`)).exit).toBe(0)
    expect((await shell.run('kubectl get nodes')).stdout).not.toMatch(/NotReady/)
    await shell.run('sudo iptables -F INPUT')
    expect((await shell.run(`ip=${podOnNode1}; ssh node-2 ping -c1 $ip`)).exit).toBe(0)
  })
})

describe("exercise 1.3, firewalld's sources", () => {
  test.each([
    'systemctl stop firewalld',
    'firewall-cmd --permanent --zone=public --remove-source=192.168.0.0/16; firewall-cmd --reload',
  ])('cut the overlay until %s', async repair => {
    const shell = open()
    await shell.run('sudo systemctl start firewalld')
    expect((await shell.run(`ip=${podOnNode1}; ssh node-2 ping -c1 $ip`)).exit).toBe(0)
    await shell.run(
      'sudo firewall-cmd --permanent --zone=public --add-source=192.168.0.0/16; sudo firewall-cmd --reload',
    )
    expect((await shell.run(`ip=${podOnNode1}; ssh node-2 ping -c1 $ip`)).exit).toBe(1)
    await shell.run(repair)
    expect((await shell.run(`ip=${podOnNode1}; ssh node-2 ping -c1 $ip`)).exit).toBe(0)
  })
})

describe('exercise 1.4, names', () => {
  test('are lost with a broken Corefile while addresses work', async () => {
    const shell = open()
    const inPod = await startDebugPods(shell)
    const restart = 'kubectl -nkube-system delete pods -lk8s-app=kube-dns; sleep 61'
    await shell.run('kubectl -nkube-system get cm coredns -o yaml > cm.yaml; cp cm.yaml kept.yaml')
    await shell.run(`sed -i s/loadbalance/loadbalancer/ cm.yaml; kubectl apply -f cm.yaml; ${restart}`)
    const lost = await shell.run(inPod(node1, `curl -sk -m 8 ${site}`))
    expect(lost.exit).toBe(6)
    const direct = await shell.run(inPod(node1, 'curl -sk https://10.100.135.21:3009/healthz'))
    expect(direct.stdout).toBe(healthy)
    expect((await shell.run('kubectl -nkube-system get pods | grep coredns')).stdout).toMatch(/ [1-9]\d* /)
    expect((await shell.run('sudo gravity exec dig +short leader.telekube.local')).stdout).toMatch(/^192/)
    await shell.run(`sed /resourceVersion:/d kept.yaml | kubectl apply -f -; ${restart}`)
    expect((await shell.run(inPod(node1, `curl -sk -m 8 ${site}`))).stdout).toBe(healthy)
  })

  test("of Planet are its own CoreDNS's", async () => {
    const shell = open()
    await shell.run('sudo gravity exec systemctl stop coredns; sleep 5')
    const status = await shell.run('gravity status')
    expect(status.stdout).toMatch(
      /failed to resolve 'leader\.telekube\.local' \(A\) nameserver 127\.0\.0\.2 \(lookup/,
    )
    // Who holds a connection to the API server asks for no name again, not even when no DNS is left.
    await shell.run('kubectl -n kube-system delete pods -l k8s-app=kube-dns; sleep 20')
    expect((await shell.run('kubectl -n kube-system get events')).stdout).not.toMatch(/became leader/)
    await shell.run('sudo gravity exec systemctl start coredns; sleep 60')
    expect((await shell.run('gravity status')).exit).toBe(0)
    const asked = await shell.run('sudo gravity exec dig leader.gravity.local @127.0.0.2')
    expect(asked.stdout).toContain('flags: qr aa rd ra;')
  })
})

describe('exercise 1.5, etcd', () => {
  test('bears the loss of one member, and stands still without a majority', async () => {
    const shell = open()
    const health = 'sudo gravity exec etcdctl cluster-health'
    expect((await shell.run(health)).stdout).toMatch(/^(member \w+ is healthy: .*\n){3}cluster is healthy\n$/)
    await shell.run('ssh node-3 sudo gravity exec systemctl stop etcd; sleep 20')
    expect((await shell.run(health)).stdout).toMatch(/unreachable/)
    expect((await shell.run('kubectl get nodes')).exit).toBe(0)
    await shell.run('ssh node-2 sudo gravity exec systemctl stop etcd; sleep 20')
    expect((await shell.run('kubectl get nodes')).exit).not.toBe(0)
    expect((await shell.run('gravity status')).stdout).toMatch(/healthz check failed/)
    await shell.run('for n in 2 3; do ssh node-$n gravity exec systemctl start etcd; done; sleep 120')
    expect((await shell.run('gravity status')).exit).toBe(0)
  })

  test('complains of clocks that differ', async () => {
    const shell = open()
    await shell.run('ssh node-2 date -s +20sec; sleep 60')
    const journal = await shell.run('sudo gravity exec journalctl -u etcd --no-pager')
    expect(journal.stdout).toMatch(/W \| rafthttp: the clock difference against peer \w+ is too high \[20/)
    expect((await shell.run('gravity status')).stdout).toMatch(/time drift between/)
  })
})
