import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../src/cluster/network/firewall-rule.ts'
import { connect } from '../../src/cluster/relations/connect.ts'
import { resolveName } from '../../src/cluster/relations/resolve-name.ts'
import type { Machine } from '../../src/cluster/world/machine.ts'
import type { FirewallRule } from '../../src/cluster/world/network.ts'
import type { World } from '../../src/cluster/world/world.ts'
import { openWorld } from './kit.ts'

const machineOf = (world: World, name: string): Machine => {
  const machine = world.machines.get(name)
  if (machine === undefined) throw new Error(name)
  return machine
}

const rule = (changes: Partial<FirewallRule>): FirewallRule => ruleOf({ target: 'DROP', ...changes })

const chainOf = (machine: Machine, name: string) => {
  const chain = machine.firewall.filter.find(candidate => candidate.name === name)
  if (chain === undefined) throw new Error(name)
  return chain
}

const sshTo = (world: World, from: string, to: string) =>
  connect(world, { from: machineOf(world, from), address: to, port: 22, protocol: 'tcp' }).kind

describe('a connection between machines', () => {
  it('reaches who listens and is refused where nobody does', () => {
    const world = openWorld()
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('open')
    const worker = machineOf(world, 'worker-1')
    expect(connect(world, { from: worker, address: '10.0.4.11', port: 9999, protocol: 'tcp' }).kind).toBe(
      'refused',
    )
    expect(connect(world, { from: worker, address: '127.0.0.1', port: 22, protocol: 'tcp' }).kind).toBe(
      'open',
    )
  })

  it('is dropped, refused or prohibited as the rule on its way says', () => {
    const world = openWorld()
    const input = chainOf(machineOf(world, 'worker-1'), 'INPUT')
    input.rules = [rule({ protocol: 'tcp', destinationPort: 22 })]
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('timeout')
    input.rules = [rule({ protocol: '6', matches: '-m tcp --dport 22', target: 'REJECT' })]
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('refused')
    input.rules = [
      rule({ source: '10.0.4.0/24', target: 'REJECT', targetOptions: '--reject-with icmp-host-prohibited' }),
    ]
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('no-route')
    input.rules = [rule({ source: '! 10.0.4.5' })]
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('open')
    expect(sshTo(world, 'worker-2', '10.0.4.21')).toBe('timeout')
  })

  it('needs the answers to come back: a policy DROP without a rule for established connections hangs it', () => {
    const world = openWorld()
    const input = chainOf(machineOf(world, 'workstation'), 'INPUT')
    input.policy = 'DROP'
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('timeout')
    input.rules = [rule({ matches: '-m conntrack --ctstate RELATED,ESTABLISHED', target: 'ACCEPT' })]
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('open')
  })

  it('fails by the state of machines, cables, routes and tables', () => {
    const world = openWorld()
    machineOf(world, 'worker-1').isPowered = false
    expect(sshTo(world, 'workstation', '10.0.4.21')).toBe('no-route')
    world.fabric.cutLinks.push(['worker-2', 'workstation'])
    expect(sshTo(world, 'workstation', '10.0.4.22')).toBe('timeout')
    const control = machineOf(world, 'cp-1')
    control.routes = control.routes.filter(route => route.to !== 'default')
    expect(connect(world, { from: control, address: '8.8.8.8', port: 53, protocol: 'udp' }).kind).toBe(
      'unreachable-network',
    )
    expect(sshTo(world, 'cp-1', '10.0.4.5')).toBe('open')
    control.sysctls.set('net.netfilter.nf_conntrack_max', '64')
    expect(sshTo(world, 'cp-1', '10.0.4.5')).toBe('timeout')
  })
})

describe('a name', () => {
  it('is found in hosts, at the site, and on the internet', () => {
    const world = openWorld()
    const worker = machineOf(world, 'worker-1')
    expect(resolveName(world, worker, 'cp-1')).toMatchObject({ kind: 'found', address: '10.0.4.11' })
    expect(resolveName(world, worker, 'google.com')).toMatchObject({
      kind: 'found',
      address: '142.250.185.78',
    })
    expect(resolveName(world, worker, 'no.such.example')).toMatchObject({ kind: 'no-name' })
  })

  it('is not found as its cause says: no internet, a dead resolver, a port that is closed', () => {
    const world = openWorld()
    const worker = machineOf(world, 'worker-1')
    world.fabric.hasInternet = false
    expect(resolveName(world, worker, 'google.com')).toMatchObject({
      kind: 'failed',
      because: 'server-failure',
    })
    world.fabric.liveResolvers = []
    expect(resolveName(world, worker, 'cp-1')).toMatchObject({ kind: 'failed', because: 'timeout' })
  })
})
