import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const any = {
  source: '0.0.0.0/0',
  destination: '0.0.0.0/0',
  sourcePorts: [],
  destinationPorts: [],
  states: [],
  match: 'any',
}
const filter = { family: 'ip', table: 'filter', protocol: 'all', ...any }
const only = (port: number) => [{ from: port, to: port }]

const rejectVxlan = {
  ...filter,
  chain: 'INPUT',
  position: 1,
  target: 'REJECT',
  protocol: 'udp',
  destinationPorts: only(8472),
  rejectWith: 'icmp-port-unreachable',
}

const recorded = (name: string) => factsOfRecorded('iptables', name)

describe('iptables -L', () => {
  it('reads policies of an open machine and says that there are no rules', () => {
    expect(recorded('listing-empty').facts).toEqual({
      firewallChains: ['INPUT', 'FORWARD', 'OUTPUT'].map(name => ({
        family: 'ip',
        table: 'filter',
        name,
        policy: 'ACCEPT',
        packets: 0,
        bytes: 0,
      })),
      firewallRules: [],
    })
  })

  it('names a protocol that is printed as a number and keeps the line of the rule', () => {
    const { facts, lines } = recorded('listing-reject')
    expect(facts.firewallRules).toEqual([{ ...rejectVxlan, match: 'udp dpt:8472', packets: 1, bytes: 29 }])
    expect(lines.get('firewallRules[0]')).toBe(3)
  })

  it('reads services and protocols by name as the same rule', () => {
    expect(recorded('listing-plain').facts.firewallRules).toEqual([
      { ...rejectVxlan, match: 'udp dpt:8472' },
      {
        ...filter,
        chain: 'INPUT',
        position: 2,
        target: 'ACCEPT',
        protocol: 'tcp',
        destinationPorts: [...only(80), ...only(443), { from: 30000, to: 32767 }],
        comment: 'allow web',
        match: 'multiport dports http,https,30000:32767',
      },
      {
        ...filter,
        chain: 'INPUT',
        position: 3,
        target: 'MYCHAIN',
        source: '!10.0.0.0/8',
        states: ['NEW', 'RELATED'],
        match: 'ctstate NEW,RELATED',
      },
      { ...filter, chain: 'FORWARD', position: 1, target: 'DROP', source: '10.42.0.0/16' },
      {
        ...filter,
        chain: 'FORWARD',
        position: 2,
        target: 'DROP',
        protocol: 'tcp',
        sourcePorts: [{ from: 1024, to: 65535 }],
        destinationPorts: [
          { from: 0, to: 21 },
          { from: 23, to: 65535 },
        ],
        match: 'tcp spts:1024:65535 dpt:!ssh',
      },
      {
        ...filter,
        chain: 'MYCHAIN',
        position: 1,
        protocol: 'tcp',
        destinationPorts: only(22),
        match: 'tcp dpt:ssh',
      },
      {
        ...filter,
        chain: 'MYCHAIN',
        position: 2,
        target: 'LOG',
        match: 'limit: avg 5/min burst 5 LOG level warn prefix "IPTables-Dropped: "',
      },
    ])
  })

  it('reads interfaces, counters and line numbers', () => {
    const rules = recorded('listing-numbered').facts.firewallRules
    expect(rules).toHaveLength(7)
    expect(rules).toContainEqual({
      ...filter,
      chain: 'FORWARD',
      position: 1,
      target: 'DROP',
      source: '10.42.0.0/16',
      inInterface: 'eth0',
      outInterface: 'cni0',
      packets: 0,
      bytes: 0,
    })
    expect(recorded('listing-verbose').facts.firewallRules).toEqual(rules)
  })

  it('takes the table from the command', () => {
    expect(recorded('listing-nat').facts.firewallRules).toEqual([
      {
        ...filter,
        table: 'nat',
        chain: 'PREROUTING',
        position: 1,
        target: 'DNAT',
        protocol: 'tcp',
        destinationPorts: only(80),
        match: 'tcp dpt:80',
        translatedTo: '10.0.0.5:8080',
        packets: 0,
        bytes: 0,
      },
      {
        ...filter,
        table: 'nat',
        chain: 'POSTROUTING',
        position: 1,
        target: 'MASQUERADE',
        source: '10.42.0.0/16',
        outInterface: '!cni0',
        packets: 0,
        bytes: 0,
      },
    ])
  })

  it('reads rows that a filter left without their header', () => {
    const row = 'KUBE-SVC-NPX46M4PTMTKRN6Y  tcp  --  0.0.0.0/0            10.96.0.1            '
    const text = `${row}/* default/kubernetes:https cluster IP */ tcp dpt:443\n`
    const { facts } = factsOf('iptables -t nat -L KUBE-SERVICES -n | grep kubernetes', text)
    expect(facts.firewallChains).toBeUndefined()
    expect(facts.firewallRules).toEqual([
      {
        ...filter,
        table: 'nat',
        chain: 'KUBE-SERVICES',
        position: 1,
        target: 'KUBE-SVC-NPX46M4PTMTKRN6Y',
        protocol: 'tcp',
        destination: '10.96.0.1',
        destinationPorts: only(443),
        comment: 'default/kubernetes:https cluster IP',
        match: 'tcp dpt:443',
      },
    ])
  })

  it('tells the tables of several listings in one text apart', () => {
    const header = 'target     prot opt source               destination\n'
    const row = (target: string) => `${target}     all  --  0.0.0.0/0            0.0.0.0/0\n`
    const text = `Chain INPUT (policy ACCEPT)\n${header}${row('DROP')}Chain FORWARD (policy ACCEPT)\n${header}
Chain PREROUTING (policy ACCEPT)\n${header}Chain INPUT (policy ACCEPT)\n${header}Chain POSTROUTING (policy ACCEPT)\n${header}${row('MASQUERADE')}`
    expect(factsOf('iptables -L -n; iptables -t nat -L -n', text).facts.firewallRules).toMatchObject([
      { table: 'filter', chain: 'INPUT', target: 'DROP' },
      { table: 'nat', chain: 'POSTROUTING', target: 'MASQUERADE' },
    ])
  })

  it('says that no rule is about something when a filter finds none', () => {
    expect(factsOf('iptables -L -n | grep 8472', '', { exitCode: 1 }).facts).toEqual({ firewallRules: [] })
  })

  it('reads counters with a suffix', () => {
    const text = `Chain INPUT (policy ACCEPT 12M packets, 8765M bytes)
 pkts bytes target     prot opt in     out     source               destination
 145K   12M DROP       tcp  --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:10250
`
    const { facts } = factsOf('sudo iptables -L -n -v', text)
    expect(facts.firewallRules).toMatchObject([{ target: 'DROP', packets: 145000, bytes: 12000000 }])
    expect(facts.firewallChains).toMatchObject([{ packets: 12000000, bytes: 8765000000 }])
  })

  it('reads IPv6 rows whose fragment column is empty', () => {
    const text = `Chain INPUT (policy DROP)
target     prot opt source               destination
ACCEPT     tcp      ::/0                 ::/0                 tcp dpt:22
           udp      anywhere             anywhere
`
    const { facts } = factsOf('ip6tables -L', text)
    expect(facts.firewallRules).toMatchObject([
      { family: 'ip6', target: 'ACCEPT', protocol: 'tcp', destinationPorts: only(22) },
      { family: 'ip6', protocol: 'udp', source: '::/0' },
    ])
  })

  it('claims nothing about the filter when rules of the other back end are not shown', () => {
    const { facts, diagnostics } = recorded('listing-legacy-warning')
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_INCOMPLETE'])
  })

  it('gives no facts without the right to look', () => {
    const refusal = "Fatal: can't open lock file /run/xtables.lock: Permission denied\n"
    const { facts, diagnostics } = factsOf('iptables -L -n', '', { stderr: refusal, exitCode: 4 })
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NOT_ALLOWED' }])
  })
})

describe('iptables -S and iptables-save', () => {
  it('reads a rule in the form of a command', () => {
    const match = '-m udp --dport 8472'
    expect(recorded('rules-reject').facts.firewallRules).toEqual([{ ...rejectVxlan, match }])
    expect(recorded('save-reject').facts.firewallRules).toEqual([{ ...rejectVxlan, match }])
  })

  it('reads counters before and behind the rule alike', () => {
    const behind = recorded('rules-verbose').facts.firewallRules
    expect(behind).toContainEqual({
      ...filter,
      chain: 'INPUT',
      position: 3,
      target: 'MYCHAIN',
      source: '!10.0.0.0/8',
      inInterface: 'lo',
      states: ['NEW', 'RELATED'],
      match: '-m conntrack --ctstate NEW,RELATED',
      packets: 1,
      bytes: 58,
    })
    expect(recorded('save-counted').facts.firewallRules).toEqual(expect.arrayContaining(behind as []))
  })

  it('does not guess the table of a rule that a filter left of all tables', () => {
    const rule = '-A KUBE-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP\n'
    expect(factsOf('iptables-save | grep DROP', rule).facts.firewallRules).toEqual([
      {
        family: 'ip',
        protocol: 'all',
        ...any,
        chain: 'KUBE-FIREWALL',
        position: 1,
        target: 'DROP',
        match: '-m mark --mark 0x8000/0x8000',
      },
    ])
  })

  it('keeps tables apart', () => {
    const { facts } = recorded('save-kubernetes-node')
    expect(facts.firewallRules).toHaveLength(10)
    expect(facts.firewallRules).toContainEqual({
      ...filter,
      chain: 'KUBE-FIREWALL',
      position: 1,
      target: 'DROP',
      source: '!127.0.0.0/8',
      destination: '127.0.0.0/8',
      comment: 'block incoming localnet connections',
      match: '-m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT',
    })
    expect(facts.firewallRules).toContainEqual({
      ...filter,
      table: 'nat',
      chain: 'KUBE-POSTROUTING',
      position: 3,
      target: 'MASQUERADE',
      comment: 'kubernetes service traffic requiring SNAT',
    })
  })

  it('reads IPv6 rules', () => {
    expect(recorded('rules-ipv6').facts.firewallRules).toMatchObject([
      { family: 'ip6', target: 'DROP', source: '::/0', destinationPorts: only(8472) },
      { family: 'ip6', target: 'ACCEPT', source: 'fe80::/10' },
    ])
  })
})
