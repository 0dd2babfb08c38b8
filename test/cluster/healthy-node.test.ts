import { describe, expect, it } from 'vitest'
import { createShell } from '../../src/cluster/shell/create-shell.ts'
import type { Machine } from '../../src/cluster/world/machine.ts'
import { bundledKnowledge, observe } from '../diagnosis/observe.ts'
import { openWorld } from './kit.ts'

const knowledge = bundledKnowledge()

/** Commands of a node, and a fact that its output must give where it gives any. */
const commands: readonly (readonly [string, string | undefined])[] = [
  ['systemctl status kubelet', 'units'],
  ['systemctl status containerd --no-pager -l', 'units'],
  ['systemctl status salt-minion-rafay', 'units'],
  ['systemctl status ssh cron chrony', 'units'],
  ['systemctl status', undefined],
  ['systemctl is-active kubelet', 'units'],
  ['systemctl is-enabled kubelet', 'units'],
  ['systemctl is-system-running', 'systemState'],
  ['systemctl --failed', undefined],
  ['systemctl list-units --type=service', 'units'],
  ['systemctl list-unit-files', undefined],
  ['systemctl list-timers', undefined],
  ['systemctl cat kubelet', 'unitSettings'],
  ['systemctl show kubelet -p ActiveState,SubState,NRestarts', undefined],
  ['journalctl -u ssh -n 200 --no-pager', undefined],
  ['journalctl -u containerd -e --no-pager | tail -n 200', undefined],
  ['journalctl -b --no-pager | tail -n 2000', undefined],
  ['journalctl -xe --no-pager | tail -n 200', undefined],
  ['journalctl -p err -b', undefined],
  ['journalctl -k', undefined],
  ['journalctl -n 20 -o json', undefined],
  ['dmesg', undefined],
  ['dmesg -T', undefined],
  ['df -h', 'filesystems'],
  ['df -i', 'filesystems'],
  ['df -hT', 'filesystems'],
  ['df', 'filesystems'],
  ['du -sh /var/log/pods /var/lib/kubelet', undefined],
  ['du -sh /var/log', undefined],
  ['lsblk', 'blockDevices'],
  ['lsblk -f', undefined],
  ['mount', 'mounts'],
  ['free -h', 'memory'],
  ['free -m', 'memory'],
  ['uptime', 'load'],
  ['w', undefined],
  ['top -bn1', undefined],
  ['ps aux', 'processes'],
  ['ps -ef', 'processes'],
  ['vmstat 1 2', undefined],
  ['iostat -x 1 2', undefined],
  ['mpstat', undefined],
  ['nproc', undefined],
  ['lsmod', 'kernelModules'],
  ['sysctl -a', undefined],
  ['sysctl net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables', undefined],
  ['cat /proc/meminfo', undefined],
  ['cat /proc/loadavg', undefined],
  ['cat /proc/sys/fs/file-nr', undefined],
  ['cat /proc/pressure/cpu /proc/pressure/io /proc/pressure/memory', undefined],
  ['swapon --show', undefined],
  ['timedatectl', undefined],
  ['chronyc tracking', undefined],
  ['chronyc sources -v', undefined],
  ['date', undefined],
  ['uname -a', undefined],
  ['hostnamectl', undefined],
  ['cat /etc/os-release', undefined],
  ['ls -la /etc/systemd/system', undefined],
  ['ulimit -a', undefined],
  ['tail -n 200 /var/log/syslog', undefined],
]

const machineOf = (handle: string) => {
  const world = openWorld()
  const machine = world.machines.get(world.handles[handle] ?? '') as Machine
  const start = { machine, host: machine, container: undefined, user: 'root' }
  return createShell({ world, start, hasTerminal: false })
}

describe.each(['workstation', 'control-plane', 'worker-1'])('a healthy %s', handle => {
  const shell = machineOf(handle)

  // A workstation has no kubelet, and a command that asks for it says so.
  const fitting = commands.filter(([command]) => handle !== 'workstation' || !command.includes('kubelet'))

  it.each(fitting)('answers %s, and nothing is wrong in it', async (command, fact) => {
    const { stdout, stderr, exit } = await shell.run(command)
    const run = observe(knowledge, { command, stdout, stderr, outcome: { kind: 'exited', code: exit } })
    expect(run.findings.map(({ cause, evidence }) => [cause, evidence])).toEqual([])
    expect(stderr).not.toContain('command not found')
    if (fact !== undefined && handle !== 'workstation') expect(Object.keys(run.facts)).toContain(fact)
  })
})
