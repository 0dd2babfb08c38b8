import { describe, expect, it } from 'vitest'
import { changeByFault } from '../../src/cluster/index.ts'
import { openShell, openWorld } from './kit.ts'

const openBusy = async () => {
  const world = openWorld('gravity')
  changeByFault(world, {
    name: 'runaway-process',
    parameters: {
      machine: 'node-1',
      command: 'fio --name=burn --filename=/var/lib/gravity/burn --size=1G',
      writesTo: '/var/lib/gravity',
      cpuPercent: 6,
      awaitMs: 900,
      utilPercent: 99,
    },
  })
  const shell = openShell(world)
  await shell.run('sleep 30')
  return shell
}

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1])

describe('a disk that a process keeps busy', () => {
  it('shows the same writes in every tool, and who waits', async () => {
    const shell = await openBusy()
    const disk = numberIn((await shell.run('iostat -xd sdb')).stdout, /^sdb(?: +\S+){7} +(\S+)/m)
    const process = numberIn((await shell.run('pidstat -d')).stdout, /(\S+) +\S+ +\d+ +fio$/m)
    const all = numberIn((await shell.run('vmstat')).stdout, /(\d+) +\d+ +\d+(?: +\d+){5}$/m)
    expect(Math.abs(disk - process)).toBeLessThan(100)
    expect(Math.abs(disk - all)).toBeLessThan(100)
    expect((await shell.run('iotop -bn1')).stdout).toMatch(/ 4\.84 M\/s {2}0\.00 % 99\.00 % fio/)
    const waiting = (await shell.run('ps -eo state,args | grep ^D')).stdout
    expect(waiting).toMatch(/^D \[jbd2\/sdb1-8\]\nD fio --name=burn/)
    expect((await shell.run('vmstat')).stdout).toMatch(/^ \d +2 /m)
  })

  it('makes a write that is waited for take as long', async () => {
    const shell = await openBusy()
    const { stderr } = await shell.run('dd if=/dev/zero of=/var/x bs=4k count=10 oflag=dsync')
    expect((await shell.run('ionice -p 1; ionice -c3 -p 1; ionice -p 1; ionice -c3 echo run')).stdout).toBe(
      'none: prio 0\nidle\nrun\n',
    )
    expect(stderr).toMatch(/copied, 9\.\d+ s, 4\.\d kB\/s/)
  })

  it('makes etcd complain, lose its leader and count it', async () => {
    const shell = await openBusy()
    const metrics =
      'curl -sk --cert /var/lib/gravity/secrets/etcd.cert --key /var/lib/gravity/secrets/etcd.key https://127.0.0.1:2379/metrics'
    await shell.run('sleep 600')
    const told = (await shell.run('gravity exec journalctl -u etcd --no-pager')).stdout
    expect(told).toMatch(
      / W \| etcdserver: failed to send out heartbeat on time \(exceeded the 100ms timeout for [\d.]+ms\)$/m,
    )
    expect(told).toMatch(/ W \| etcdserver: server is likely overloaded$/m)
    expect(told).toMatch(/read-only range request .* took too long \([\d.]+s\) to execute$/m)
    expect(told).toMatch(/lost leader \w+ at term 5\n.*elected leader \w+ at term 5/)
    const counted = (await shell.run(metrics)).stdout
    expect(counted).toMatch(/^etcd_server_leader_changes_seen_total 2$/m)
    await shell.run('pkill fio; sleep 30')
    const later = (await shell.run(metrics)).stdout
    for (const name of ['sum', 'count'])
      expect(numberIn(later, new RegExp(`seconds_${name} (\\S+)`))).toBeGreaterThan(
        numberIn(counted, new RegExp(`seconds_${name} (\\S+)`)),
      )
  })

  it('has its file where it says, held and as young as now', async () => {
    const shell = await openBusy()
    const { stdout } = await shell.run(
      'find /var/lib/gravity -name burn -newermt "-5 sec"; fuser /var/lib/gravity/burn 2>/dev/null',
    )
    expect(stdout).toMatch(/^\/var\/lib\/gravity\/burn\n +\d+/)
  })
})
