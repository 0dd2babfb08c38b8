import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('firewall-cmd', name)

describe('firewall-cmd', () => {
  it('tells whether firewalld runs, on either stream', () => {
    expect(recorded('state').facts).toEqual({ firewalldRunning: true })
    expect(recorded('state-stopped').facts).toEqual({ firewalldRunning: false })
    const stopped = factsOf('sudo firewall-cmd --list-all', '', {
      stderr: 'FirewallD is not running\n',
      exitCode: 252,
    })
    expect(stopped.facts).toEqual({ firewalldRunning: false })
  })

  it('reads a zone with its rich rules', () => {
    const zone = {
      name: 'public',
      target: 'default',
      interfaces: [],
      sources: [],
      services: ['dhcpv6-client', 'ssh'],
      ports: [],
      forward: true,
      masquerade: false,
      forwardPorts: [],
    }
    expect(recorded('list').facts.firewallZones).toEqual([{ ...zone, richRules: [] }])
    expect(recorded('list-reject').facts.firewallZones).toEqual([
      { ...zone, richRules: ['rule family="ipv4" port port="8472" protocol="udp" reject'] },
    ])
  })

  it('reads several zones and which of them are in use', () => {
    const { facts, lines } = recorded('zones')
    expect(facts.firewallZones).toMatchObject([
      { name: 'drop', target: 'DROP', interfaces: [] },
      {
        name: 'public',
        active: true,
        default: true,
        interfaces: ['eth0', 'flannel.1'],
        sources: ['192.168.0.0/16'],
        ports: ['6443/tcp', '8472/udp'],
        masquerade: true,
      },
    ])
    expect(lines.get('firewallZones[1]')).toBe(10)
  })

  it('reads a single list', () => {
    expect(factsOf('firewall-cmd --zone=public --list-ports', '6443/tcp 10250/tcp\n').facts).toEqual({
      firewallZones: [{ name: 'public', ports: ['6443/tcp', '10250/tcp'] }],
    })
  })
})
