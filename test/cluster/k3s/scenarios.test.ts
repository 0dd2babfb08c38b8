import { describe, expect, it } from 'vitest'
import { createShell } from '../../../src/cluster/shell/create-shell.ts'
import type { Machine } from '../../../src/cluster/world/machine.ts'
import type { World } from '../../../src/cluster/world/world.ts'
import { bundledKnowledge, observe } from '../../diagnosis/observe.ts'
import { openWorld } from '../kit.ts'

const knowledge = bundledKnowledge()

/** Types commands at machines of one world. */
const openPlace = () => {
  const world: World = openWorld('k3s')
  const shells = new Map<string, ReturnType<typeof createShell>>()
  const at = async (handle: string, command: string): Promise<string> => {
    const machine = world.machines.get(world.handles[handle] ?? '') as Machine
    const start = { machine, host: machine, container: undefined, user: 'root' }
    const shell = shells.get(handle) ?? createShell({ world, start, hasTerminal: false })
    shells.set(handle, shell)
    const { stdout, stderr } = await shell.run(command)
    return stdout + stderr
  }
  const causes = async (handle: string, command: string): Promise<readonly string[]> => {
    const output = await at(handle, command)
    const run = observe(knowledge, { command, stdout: output, outcome: { kind: 'exited', code: 0 } })
    return run.findings.map(({ cause }) => cause)
  }
  return { world, at, causes }
}

const UNIT = '/etc/systemd/system/k3s-agent.service'
const DROP_IN = '/etc/systemd/system/k3s-agent.service.d'
const forget = `sed -i '/kmsg/d' ${UNIT} && systemctl daemon-reload`

describe('the device file of a container', () => {
  it('is gone after a boot, and k3s does not start without it', async () => {
    const { at, causes } = openPlace()
    await at('worker-1', forget)
    await at('worker-1', 'reboot')
    await at('workstation', 'sleep 150')
    expect(await at('worker-1', 'ls -l /dev/kmsg')).toContain('No such file or directory')
    expect(await causes('worker-1', 'journalctl -u k3s-agent -n 200 --no-pager')).toContain('kmsg-missing')
    expect(await at('worker-1', 'systemctl status k3s-agent')).toContain('activating (')
    expect(await at('worker-1', 'journalctl --list-boots; journalctl -k')).toMatch(
      /^-2 .*\n-1 .*\n 0 .*\n-- No entries --/,
    )
    expect(await at('worker-1', 'journalctl -u k3s-agent')).toMatch(
      /level=info msg="Running kubelet .*\n.*kmsg/,
    )
    expect(await at('worker-1', 'journalctl -u k3s-agent -p err')).not.toMatch(/level=fatal|Error: /)
    expect(await at('worker-1', 'systemctl show k3s-agent -p ActiveEnterTimestamp --value')).toBe('\n')
    expect(await at('workstation', 'kubectl get nodes')).toMatch(/k3s-worker-1\s+NotReady/)
    await at('worker-1', 'ln -sf /dev/console /dev/kmsg && systemctl restart k3s-agent')
    await at('workstation', 'sleep 60')
    expect(await at('workstation', 'kubectl get nodes')).not.toContain('NotReady')
    await at('worker-1', 'reboot')
    await at('workstation', 'sleep 150')
    expect(await at('workstation', 'kubectl get nodes')).toMatch(/k3s-worker-1\s+NotReady/)
    await at('worker-1', "echo 'L /dev/kmsg - - - - /dev/console' > /etc/tmpfiles.d/kmsg.conf; reboot")
    await at('workstation', 'sleep 150')
    expect(await at('workstation', 'kubectl get nodes')).not.toContain('NotReady')
  })

  it('is there again after each boot with a drop-in', async () => {
    const { at } = openPlace()
    await at('worker-1', forget)
    const line = 'ExecStartPre=-/bin/bash -c "rm -f /dev/kmsg && ln -sf /dev/console /dev/kmsg"'
    await at('worker-1', `mkdir -p ${DROP_IN}`)
    await at('worker-1', `tee ${DROP_IN}/10-kmsg.conf > /dev/null << 'EOF'\n[Service]\n${line}\nEOF\n`)
    await at('worker-1', 'systemctl daemon-reload; reboot')
    await at('workstation', 'sleep 150')
    expect(await at('worker-1', 'ls -l /dev/kmsg')).toContain('/dev/kmsg -> /dev/console')
    expect(await at('workstation', 'kubectl get nodes')).not.toContain('NotReady')
  })
})

describe('an agent that may not join', () => {
  it('says that its token is of another authority, until it has the right one', async () => {
    const { at, causes } = openPlace()
    await at(
      'worker-2',
      `sed -i 's/K10[0-9a-f]*/K10aaaaaaaaaaaaaaaa/' ${UNIT}.env; systemctl restart --no-block k3s-agent`,
    )
    await at('workstation', 'sleep 90')
    expect(await causes('worker-2', 'journalctl -u k3s-agent -n 50 --no-pager')).toContain(
      'k3s-token-mismatch',
    )
    expect(await at('workstation', 'kubectl get nodes')).toMatch(/k3s-worker-2\s+NotReady/)
    const token = (await at('control-plane', 'cat /var/lib/rancher/k3s/server/node-token')).trim()
    await at(
      'worker-2',
      `sed -i "s/^K3S_TOKEN=.*/K3S_TOKEN='${token}'/" ${UNIT}.env; systemctl restart k3s-agent`,
    )
    await at('workstation', 'sleep 40')
    expect(await at('workstation', 'kubectl get nodes')).not.toContain('NotReady')
  })

  it('is refused under a name whose password is another', async () => {
    const { at, causes } = openPlace()
    await at(
      'worker-2',
      'echo 0123456789abcdef > /etc/rancher/node/password; systemctl restart --no-block k3s-agent',
    )
    await at('workstation', 'sleep 30')
    expect(await causes('worker-2', 'journalctl -u k3s-agent -n 50 --no-pager')).toContain(
      'k3s-token-mismatch',
    )
    await at('workstation', 'kubectl -n kube-system delete secret k3s-worker-2.node-password.k3s')
    await at('worker-2', 'systemctl restart k3s-agent')
    await at('workstation', 'sleep 40')
    expect(await at('worker-2', 'systemctl is-active k3s-agent')).toBe('active\n')
  })

  it('does not start without a default route', async () => {
    const { at, causes } = openPlace()
    await at('worker-2', 'ip route del default; systemctl restart --no-block k3s-agent')
    await at('workstation', 'sleep 30')
    expect(await at('worker-2', 'journalctl -u k3s-agent -n 90 --no-pager')).toContain(
      'no default routes found',
    )
    expect(await causes('worker-2', 'ip route')).toContain('default-route-missing')
  })
})

describe('an unreachable mark', () => {
  const off =
    "sed -i 's#server$#server --disable-controller-manager#' /etc/systemd/system/k3s.service; systemctl daemon-reload; systemctl restart k3s"

  it('stays while no controller takes it off, and keeps pods away', async () => {
    const { at, causes } = openPlace()
    await at('control-plane', `systemctl stop k3s-node-watcher.timer; ${off}`)
    await at('workstation', 'sleep 30')
    await at('workstation', 'kubectl taint nodes k3s-worker-1 node.kubernetes.io/unreachable:NoSchedule')
    await at('workstation', 'sleep 60')
    expect(await causes('workstation', 'kubectl describe nodes')).toContain('unreachable-taint')
    await at('control-plane', 'systemctl start k3s-node-watcher.timer')
    await at('workstation', 'sleep 180')
    expect(await at('control-plane', 'tail -n 50 /var/log/k3s-node-watcher.log')).toContain(
      'removed unreachable:NoSchedule from k3s-worker-1',
    )
    expect(await at('workstation', 'kubectl describe nodes')).not.toContain('node.kubernetes.io/unreachable')
  })
})

describe('the service load balancer', () => {
  it('waits for a port that another service has', async () => {
    const { at, causes } = openPlace()
    await at(
      'workstation',
      `kubectl -n cattle-system patch service rancher -p '{"spec":{"type":"LoadBalancer"}}'`,
    )
    await at('workstation', 'sleep 20')
    expect(await at('workstation', 'kubectl -n kube-system get pods | grep svclb')).toMatch(
      /svclb-rancher\S+\s+0\/2\s+Pending/,
    )
    expect(
      await at('workstation', 'kubectl get events -A --field-selector reason=FailedScheduling'),
    ).toContain("didn't have free ports")
    expect(await causes('workstation', 'kubectl -n kube-system get pods -o wide | grep svclb')).toContain(
      'svclb-pending',
    )
    await at(
      'workstation',
      `kubectl -n cattle-system patch service rancher -p '{"spec":{"type":"ClusterIP"}}'`,
    )
    await at('workstation', 'sleep 20')
    expect(await at('workstation', 'kubectl -n kube-system get pods')).not.toContain('svclb-rancher')
  })
})

describe('HAProxy', () => {
  const stat = 'echo "show stat" | socat stdio /run/haproxy/admin.sock'
  const head = 'curl -kI -m 10 https://rancher.prod.example.internal/'

  it('finds its servers down when it asks on a wrong port, and answers 503 by itself', async () => {
    const { at, causes } = openPlace()
    await at(
      'proxy',
      "sed -i 's/:443 check/:30443 check/' /etc/haproxy/haproxy.cfg && systemctl reload haproxy",
    )
    await at('workstation', 'sleep 90')
    expect(await causes('proxy', stat)).toContain('haproxy-backend-down')
    expect(await at('proxy', stat)).toContain('L4CON')
    const failed = await at('proxy', `${stat} | awk -F, '$22 != "" && /L4CON/ {print $22}'`)
    for (const count of failed.trim().split('\n')) expect(Number(count)).toBeLessThan(10)
    expect(await causes('proxy', 'journalctl -u haproxy -n 100 --no-pager')).toContain('haproxy-backend-down')
    expect(await at('proxy', 'tail -n 20 /var/log/haproxy.log')).toContain('<NOSRV>')
    expect(await at('workstation', head)).toContain('503')
    await at(
      'proxy',
      "sed -i 's/:30443 check/:443 check/' /etc/haproxy/haproxy.cfg && systemctl reload haproxy",
    )
    await at('workstation', 'sleep 20')
    expect(await at('proxy', stat)).not.toContain('DOWN')
    expect(await at('workstation', head)).toContain('200')
  })

  it('goes on with what it had when its settings are wrong', async () => {
    const { at } = openPlace()
    await at('proxy', "sed -i 's/timeout connect/timeout connekt/' /etc/haproxy/haproxy.cfg")
    expect(await at('proxy', 'haproxy -c -f /etc/haproxy/haproxy.cfg')).toContain("got 'connekt'")
    expect(await at('proxy', 'systemctl reload haproxy')).toContain('failed')
    expect(await at('workstation', head)).toContain('200')
    await at('proxy', 'systemctl restart haproxy')
    expect(await at('proxy', 'systemctl is-active haproxy')).not.toBe('active\n')
    expect(await at('workstation', head)).toMatch(/Failed to connect|refused/)
  })

  it('has no server when Rancher is gone, and comes back with it', async () => {
    const { at, causes } = openPlace()
    await at('workstation', 'kubectl -n cattle-system scale deployment rancher --replicas=0')
    await at('workstation', 'sleep 60')
    expect(await at('workstation', head)).toContain('503')
    expect(await causes('proxy', stat)).toContain('haproxy-backend-down')
    expect(await at('proxy', stat)).toContain('L7STS')
    await at('workstation', 'kubectl -n cattle-system delete pods -l app=cattle-cluster-agent')
    await at('workstation', 'sleep 26')
    const logs = 'kubectl -n cattle-system logs -l app=cattle-cluster-agent --tail=20'
    expect(await causes('workstation', logs)).toContain('rancher-unavailable')
    expect(await causes('workstation', 'kubectl -n cattle-system get pods')).toContain('rancher-unavailable')
    await at('workstation', 'kubectl -n cattle-system scale deployment rancher --replicas=3')
    await at('workstation', 'sleep 120')
    expect(await at('workstation', head)).toContain('200')
  })
})
