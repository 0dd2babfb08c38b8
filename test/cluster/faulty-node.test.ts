import { describe, expect, it } from 'vitest'
import { changeByFault } from '../../src/cluster/faults/change-by-fault.ts'
import { createShell } from '../../src/cluster/shell/create-shell.ts'
import type { Machine } from '../../src/cluster/world/machine.ts'
import { openWorld } from './kit.ts'

const onWorker = (handle = 'worker-1') => {
  const world = openWorld()
  const machine = world.machines.get(world.handles[handle] ?? '') as Machine
  const post = { machine, host: machine, container: undefined, user: 'root' }
  const shell = createShell({ world, start: post, hasTerminal: false })
  const inject = (name: string, parameters: Record<string, string | number>) =>
    changeByFault(world, { name, parameters: { machine: handle, ...parameters } })
  const print = async (line: string) => (await shell.run(line)).stdout
  return { world, machine, shell, inject, print }
}

describe('a machine in trouble', () => {
  it('is loaded while a process runs wild, and calms down when it is killed', async () => {
    const { machine, shell, inject, print } = onWorker()
    inject('runaway-process', { command: 'stress-ng --cpu 16', cpuPercent: 1600 })
    await shell.run('sleep 300')
    expect(machine.load[0]).toBeGreaterThan(12)
    expect(await print('top -bn1 | sed -n 3p')).toMatch(/ 0\.0 id/)
    await shell.run('pkill stress-ng; sleep 600')
    expect(machine.load[0]).toBeLessThan(1)
  })

  it('kills the largest process when memory is gone, and the kernel tells it', async () => {
    const { inject, print } = onWorker()
    inject('runaway-process', { command: 'python3 leak.py', memoryMiB: 40_000 })
    expect(await print('pgrep -f leak.py')).toBe('')
    expect(await print('dmesg | grep "Out of memory"')).toMatch(/Killed process \d+ \(python3\)/)
  })

  it('loses the pods that asked for nothing before the process that takes nearly all memory', async () => {
    const { inject, print, shell } = onWorker()
    inject('runaway-process', { command: '/opt/importer', leavesMiB: 25, user: 'ops' })
    await shell.run('sleep 60')
    expect(await print('dmesg | grep "Out of memory"')).toMatch(/\(calico-kube-con\).* oom_score_adj:1000\n$/)
    expect(await print('dmesg | grep "invoked oom-killer"')).toMatch(/oom_score_adj=1000\n$/)
    expect(
      await print('dmesg | awk \'$NF == "cron" {n++} $3 == "1]" {m++} END {print (n > 0), m + 0}\''),
    ).toBe('1 0\n')
    // What one process has for itself is part of all that no file stands behind.
    expect(
      await print(
        "awk '/^(VmRSS|AnonPages)/ {print $2}' /proc/$(pgrep importer)/status /proc/meminfo | paste -sd' ' | awk '{print ($1 < $2)}'",
      ),
    ).toBe('1\n')
    expect(await print('systemctl status $(pgrep importer)')).toMatch(
      /^● session-(\d+)\.scope - Session \1 of User ops/,
    )
    expect(await print('awk \'/avg10/ {print $1, $2 != "avg10=0.00"}\' /proc/pressure/memory')).toBe(
      'some 1\nfull 1\n',
    )
    // Of what it has evicted a kubelet keeps no container.
    expect(await print('sleep 60; crictl ps -a | grep -c local-path')).toBe('0\n')
    const squeezed = Number(await print("free -m | awk '/^Mem/ {print $6}'"))
    await shell.run('pkill importer; sleep 5')
    // What the page cache lost comes back only with what is read.
    expect(Number(await print("free -m | awk '/^Mem/ {print $6}'"))).toBeLessThan(squeezed + 50)
    expect(Number(await print("sed -n 's/^some.*total=//p' /proc/pressure/memory"))).toBeGreaterThan(1e6)
  })

  it('shows its own wrong time, keeps what was written, and is set right when chrony starts anew', async () => {
    const { shell, inject, print } = onWorker()
    await shell.run('systemctl restart cron')
    inject('set-clock', { offsetSeconds: -3600 })
    expect(await print('date +%H')).toBe('07\n')
    expect(await print('journalctl -u cron -n 1 -o short-iso')).toMatch(/T08:/)
    expect(await print('timedatectl | grep synchronized')).toMatch(/no\n/)
    await shell.run('systemctl restart chrony; sleep 30')
    expect(await print('date +%H; timedatectl | grep synchronized')).toMatch(/^08\n.*yes\n/)
  })

  it('takes no more files on a full disk until there is room', async () => {
    const { shell, inject } = onWorker()
    inject('use-inodes', { path: '/var/spool/queue', percent: 100 })
    const full = await shell.run('echo x > /var/new; touch /var/other')
    expect(full.stderr).toBe(
      "touch: cannot touch '/var/other': No space left on device\nbash: /var/new: No space left on device\n",
    )
    expect(full.exit).toBe(1)
    const nameless = await shell.run('cp /etc/hosts /var/copy; : > /var/empty; mkdir /var/folder')
    expect(nameless.stderr.match(/No space left on device/g)).toHaveLength(3)
    // A name that another takes over needs no inode of its own.
    const moved = await shell.run('mv /var/log/syslog /var/log/before && ls /var/log/before')
    expect(moved).toMatchObject({ stdout: '/var/log/before\n', exit: 0 })
    expect((await shell.run('rm -rf /var/spool/queue; echo x > /var/new; cat /var/new')).stdout).toBe('x\n')
  })

  it('gives errors from a dead disk, tells them in dmesg, and keeps the rest', async () => {
    const { inject, print, shell } = onWorker()
    inject('fail-device', { mount: '/var', error: 'Input/output error' })
    expect((await shell.run('ls /var')).stderr).toBe("ls: cannot access '/var': Input/output error\n")
    expect(await print('dmesg | tail -1')).toContain('Remounting filesystem read-only')
    expect(await print('mount | grep " /var "')).toContain('(ro,')
    expect(await print('echo x > /tmp/x; cat /tmp/x')).toBe('x\n')
  })

  it('comes back from a reboot with what is enabled, and knows both boots', async () => {
    const { print, shell, world } = onWorker('workstation')
    const other = world.handles['worker-1'] ?? ''
    await shell.run(`ssh ${other} "systemctl disable cron; reboot"`)
    expect((await shell.run(`ssh ${other} uptime`)).exit).toBe(255)
    await shell.run('sleep 60')
    expect(await print(`ssh ${other} "systemctl is-active ssh cron"`)).toBe('active\ninactive\n')
    expect(await print(`ssh ${other} "journalctl --list-boots | wc -l; dmesg | head -1"`)).toMatch(
      /^3\n.*Linux version/,
    )
  })

  it('sorts sizes, splits arguments, and goes on after a redirection that cannot be', async () => {
    const { print } = onWorker()
    expect(
      await print('printf "1.5G\\t/a\\n20K\\t/b\\n3M\\t/c\\n" | sort -h | cut -f2 | xargs -n1 echo x'),
    ).toBe('x /b\nx /c\nx /a\n')
    expect(await print('echo a > /nosuch/x; echo next')).toBe('next\n')
  })
})
