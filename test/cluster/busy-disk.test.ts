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
    expect(stderr).toMatch(/copied, 9\.\d+ s, 4\.\d kB\/s/)
  })
})
