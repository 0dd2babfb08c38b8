import { describe, expect, it } from 'vitest'
import { dropNode, setNode, writeText } from '../../src/cluster/files/file-tree.ts'
import { advance } from '../../src/cluster/laws/advance.ts'
import { listenersOf } from '../../src/cluster/relations/listeners.ts'
import { processesOf } from '../../src/cluster/relations/processes.ts'
import { findUnit, needsReload, reloadUnits } from '../../src/cluster/systemd/load-unit.ts'
import { startUnit } from '../../src/cluster/systemd/start-unit.ts'
import { stopUnit } from '../../src/cluster/systemd/stop-unit.ts'
import type { Machine } from '../../src/cluster/world/machine.ts'
import { openWorld } from './kit.ts'

const worker = (world = openWorld()) => {
  const machine = world.machines.get(world.handles['worker-1'] ?? '') as Machine
  const unit = findUnit(machine, 'salt-minion-rafay.service')
  if (unit === undefined) throw new Error('no such unit')
  return { world, machine, unit }
}

const messages = (machine: Machine, unit: string) =>
  machine.journal
    .filter(entry => entry.unit === unit && entry.pid === 1 && !entry.message.includes('Consumed'))
    .map(entry => entry.message)

describe('units', () => {
  it('stop and start, and tell it in the journal', () => {
    const { world, machine, unit } = worker()
    stopUnit(world, { machine, unit, atMs: world.nowMs })
    expect(unit).toMatchObject({ active: 'inactive', sub: 'dead', mainPid: 0 })
    startUnit(world, { machine, unit, atMs: world.nowMs })
    expect(unit).toMatchObject({ active: 'active', sub: 'running' })
    expect(messages(machine, unit.name).slice(-5)).toEqual([
      'Stopping The Salt Minion (rafay)...',
      'salt-minion-rafay.service: Deactivated successfully.',
      'Stopped The Salt Minion (rafay).',
      'Starting The Salt Minion (rafay)...',
      'Started The Salt Minion (rafay).',
    ])
  })

  it('wait and start again when the program is missing, until it is back', () => {
    const { world, machine, unit } = worker()
    const program = machine.files.get('/opt/rafay/salt/bin/salt-minion')
    dropNode(machine.files, '/opt/rafay/salt/bin/salt-minion')
    stopUnit(world, { machine, unit, atMs: world.nowMs })
    expect(startUnit(world, { machine, unit, atMs: world.nowMs })).toBe('failed')
    expect(unit).toMatchObject({ sub: 'auto-restart', lastExit: { status: 203 } })
    advance(world, 60_000)
    expect(unit.restarts).toBe(4)
    if (program !== undefined) setNode(machine.files, '/opt/rafay/salt/bin/salt-minion', program)
    advance(world, 20_000)
    expect(unit.active).toBe('active')
  })

  it('give up when they fail too often', () => {
    const { world, machine, unit } = worker()
    dropNode(machine.files, '/opt/rafay/salt/bin/salt-minion')
    writeText(machine.files, '/etc/systemd/system/salt-minion-rafay.service.d/quick.conf', {
      text: '[Service]\nRestartSec=100ms\n',
    })
    expect(needsReload(machine, unit)).toBe(true)
    reloadUnits(machine)
    expect(needsReload(machine, unit)).toBe(false)
    stopUnit(world, { machine, unit, atMs: world.nowMs })
    startUnit(world, { machine, unit, atMs: world.nowMs })
    advance(world, 30_000)
    expect(unit).toMatchObject({ active: 'failed', restarts: 5, result: 'exit-code' })
    expect(messages(machine, unit.name)).toContain(
      'salt-minion-rafay.service: Start request repeated too quickly.',
    )
  })

  it('take the same course in short steps and in a long one', () => {
    const course = (stepMs: number) => {
      const { world, machine, unit } = worker()
      dropNode(machine.files, '/opt/rafay/salt/bin/salt-minion')
      stopUnit(world, { machine, unit, atMs: world.nowMs })
      startUnit(world, { machine, unit, atMs: world.nowMs })
      for (let passed = 0; passed < 90_000; passed += stepMs) advance(world, stepMs)
      return machine.journal
        .filter(entry => entry.unit === unit.name)
        .map(({ atMs, message }) => `${atMs} ${message}`)
    }
    expect(course(1_000)).toEqual(course(90_000))
  })

  it('listen while they run, and have processes with one pid each', () => {
    const { world, machine } = worker()
    const ports = () => listenersOf(world, machine).map(({ listener }) => listener.port)
    expect(ports()).toContain(22)
    const pids = processesOf(world, machine).map(({ pid }) => pid)
    expect(new Set(pids).size).toBe(pids.length)
    const ssh = findUnit(machine, 'sshd.service')
    if (ssh !== undefined) stopUnit(world, { machine, unit: ssh, atMs: world.nowMs })
    expect(ports()).not.toContain(22)
  })
})
