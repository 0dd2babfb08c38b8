import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('tcpdump', name)

describe('tcpdump', () => {
  it('reads packets with addresses, ports and flags', () => {
    const { facts, lines } = recorded('loopback')
    expect(facts.packets).toHaveLength(12)
    expect(facts.packets).toMatchObject({
      1: {
        time: '10:47:46.528190',
        protocol: 'IP',
        source: '127.0.0.1',
        sourcePort: 6443,
        destination: '127.0.0.1',
        destinationPort: 43076,
        tcpFlags: 'S.',
        length: 0,
      },
      6: { destinationPort: 53, dns: 'query', dnsId: 4660, dnsType: 'A', dnsName: 'google.com' },
      7: { source: '127.0.0.2', info: 'ICMP 127.0.0.2 udp port 53 unreachable, length 64' },
    })
    expect(lines.get('packets[9]')).toBe(11)
    expect(facts.capture).toEqual({ captured: 12, received: 28, dropped: 0 })
  })

  it('pairs questions of DNS with their answers by number', () => {
    expect(recorded('servfail').facts.packets).toMatchObject([
      {
        source: '10.244.4.21',
        destination: 'gravity',
        destinationPort: 53,
        dns: 'query',
        dnsId: 46573,
        dnsType: 'A',
      },
      { dns: 'query', dnsId: 47613, dnsType: 'AAAA', dnsName: 'gravity-site.kube-system.svc.cluster.local' },
      { source: 'gravity', sourcePort: 53, dns: 'answer', dnsId: 46573, dnsStatus: 'SERVFAIL' },
    ])
    const text = `10:00:00.000001 IP 10.96.0.10.53 > 10.244.4.21.5000: 7* 1/0/0 A 10.96.0.1 (87)
10:00:00.000002 IP 10.96.0.10.53 > 10.244.4.21.5000: 8 NXDomain* 0/1/0 (97)
`
    expect(factsOf('tcpdump -n port 53', text).facts.packets).toMatchObject([
      { dns: 'answer', dnsId: 7, dnsStatus: 'NOERROR' },
      { dns: 'answer', dnsId: 8, dnsStatus: 'NXDOMAIN' },
    ])
  })

  it('reads interfaces, dates, link headers and ARP', () => {
    expect(recorded('any').facts.packets).toMatchObject([
      { time: '2026-11-21T10:47:50.108786', interface: 'lo', direction: 'in', destinationPort: 8472 },
      { source: '127.0.0.1', destination: '127.0.0.1' },
      { interface: 'eth0', direction: 'out', protocol: 'IP6', source: 'fe80::1' },
      { protocol: 'ARP', info: 'Request who-has 10.1.0.99 tell 10.1.0.11, length 28' },
    ])
  })

  it('says that nothing was seen', () => {
    const stderr =
      'listening on eth0, link-type EN10MB\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n'
    expect(
      factsOf('timeout 5 tcpdump -i eth0 -n udp port 8472', '', { stderr, exitCode: 124 }).facts,
    ).toEqual({
      packets: [],
      capture: { captured: 0, received: 0, dropped: 0 },
    })
  })

  it('gives no fact without the right to look', () => {
    const stderr =
      "tcpdump: eth0: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n"
    const { facts, diagnostics } = factsOf('tcpdump -i eth0 -n', '', { stderr, exitCode: 1 })
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NOT_ALLOWED' }])
  })
})
