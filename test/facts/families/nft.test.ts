import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('nft', name)

const any = {
  source: '0.0.0.0/0',
  destination: '0.0.0.0/0',
  sourcePorts: [],
  destinationPorts: [],
  states: [],
  match: 'any',
}

describe('nft list ruleset', () => {
  it('reads chains with their policy and the rule that rejects', () => {
    const { facts, lines } = recorded('reject')
    expect(facts).toEqual({
      firewallChains: [
        { family: 'ip', table: 'filter', name: 'INPUT', hook: 'input', policy: 'ACCEPT' },
        { family: 'inet', table: 't', name: 'input', hook: 'input', policy: 'ACCEPT' },
      ],
      firewallRules: [
        {
          ...any,
          family: 'inet',
          table: 't',
          chain: 'input',
          position: 1,
          target: 'REJECT',
          protocol: 'udp',
          destinationPorts: [{ from: 8472, to: 8472 }],
          match: 'udp dport 8472',
          packets: 1,
          bytes: 29,
        },
      ],
    })
    expect(lines.get('firewallRules[0]')).toBe(9)
  })

  it('reads rules that iptables made, with handles', () => {
    const rules = recorded('iptables-backend').facts.firewallRules
    expect(rules).toContainEqual({
      ...any,
      family: 'ip',
      table: 'filter',
      chain: 'INPUT',
      position: 3,
      target: 'MYCHAIN',
      protocol: 'all',
      source: '!10.0.0.0/8',
      inInterface: 'lo',
      states: ['NEW', 'RELATED'],
      match: 'iifname "lo" ip saddr != 10.0.0.0/8 ct state new,related',
      packets: 1,
      bytes: 58,
    })
    expect(rules).toContainEqual({
      ...any,
      family: 'ip',
      table: 'filter',
      chain: 'FORWARD',
      position: 2,
      target: 'DROP',
      protocol: 'tcp',
      sourcePorts: [{ from: 1024, to: 65535 }],
      destinationPorts: [
        { from: 0, to: 21 },
        { from: 23, to: 65535 },
      ],
      match: 'tcp sport 1024-65535 tcp dport != 22',
      packets: 0,
      bytes: 0,
    })
    expect(rules).toMatchObject({
      1: { target: 'LOG', packets: 1 },
      10: { family: 'ip6', source: 'fe80::/10' },
    })
  })

  it('reads the many chains of a firewalld', () => {
    const { facts } = recorded('firewalld')
    expect(facts.firewallRules).toContainEqual({
      ...any,
      family: 'inet',
      table: 'firewalld',
      chain: 'filter_INPUT',
      position: 6,
      target: 'REJECT',
      protocol: 'all',
      rejectWith: 'icmpx admin-prohibited',
    })
    expect(facts.firewallChains).toContainEqual({
      family: 'inet',
      table: 'firewalld',
      name: 'filter_INPUT',
      hook: 'input',
      policy: 'ACCEPT',
    })
  })

  it('says that nothing is filtered when the ruleset is empty', () => {
    expect(recorded('empty').facts).toEqual({ firewallChains: [], firewallRules: [] })
  })

  it('reads the same of JSON as of the listing', () => {
    const inText = recorded('small').facts
    expect(recorded('small-json').facts).toEqual(inText)
    const rules = inText.firewallRules as readonly unknown[]
    expect(rules.slice(0, 5)).toMatchObject([
      { target: 'ACCEPT', states: ['ESTABLISHED', 'RELATED'] },
      { target: 'ACCEPT', protocol: 'tcp', destinationPorts: [{ from: 22 }, { from: 6443 }] },
      { target: 'DROP', protocol: 'udp', destinationPorts: [{ from: 8472 }], packets: 3, bytes: 300 },
      { target: 'REJECT', source: '10.0.0.0/8' },
      { target: 'ACCEPT', inInterface: 'lo' },
    ])
  })

  it('does not take broken JSON for an empty ruleset', () => {
    expect(factsOf('nft -j list ruleset', '{"nftables": [{"metainfo": ').facts).toEqual({})
  })
})
