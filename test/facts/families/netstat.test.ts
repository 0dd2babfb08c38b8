import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('netstat', name)

const idle = { receiveQueue: 0, sendQueue: 0 }
const owner = { process: 'python3', pid: 10614 }

describe('netstat', () => {
  it('reads listening sockets in the terms of ss', () => {
    const { facts, lines } = recorded('listening')
    expect(facts.sockets).toEqual([
      {
        protocol: 'tcp',
        state: 'LISTEN',
        localAddress: '127.0.0.1',
        localPort: 2379,
        peerAddress: '0.0.0.0',
        receiveQueue: 1,
        sendQueue: 0,
        ...owner,
      },
      {
        protocol: 'tcp',
        state: 'LISTEN',
        localAddress: '10.1.0.11',
        localPort: 2380,
        peerAddress: '0.0.0.0',
        ...idle,
        ...owner,
      },
      {
        protocol: 'tcp',
        state: 'LISTEN',
        localAddress: '::',
        localPort: 6443,
        peerAddress: '::',
        ...idle,
        ...owner,
      },
      {
        protocol: 'udp',
        state: 'UNCONN',
        localAddress: '0.0.0.0',
        localPort: 4790,
        peerAddress: '0.0.0.0',
        ...idle,
      },
      {
        protocol: 'udp',
        state: 'UNCONN',
        localAddress: '0.0.0.0',
        localPort: 8472,
        peerAddress: '0.0.0.0',
        ...idle,
        ...owner,
      },
      {
        protocol: 'udp',
        state: 'UNCONN',
        localAddress: '::1',
        localPort: 323,
        peerAddress: '::',
        ...idle,
        ...owner,
      },
    ])
    expect(lines.get('sockets[0]')).toBe(3)
  })

  it('reads users and inodes, with a header and without', () => {
    expect(recorded('extended').facts.sockets).toMatchObject([
      { localPort: 2379, user: '0', ...owner },
      { localPort: 2380, user: '0', ...owner },
      { localPort: 6443, user: '0', ...owner },
    ])
    expect(recorded('vxlan').facts.sockets).toMatchObject([
      { protocol: 'udp', localPort: 8472, user: '0', ...owner },
    ])
  })

  it('leaves out the program of a socket of the kernel', () => {
    const text =
      'udp        0      0 0.0.0.0:8472            0.0.0.0:*                           0          21839      -\n'
    const { facts } = factsOf('sudo netstat -lptenu | grep 8472', text)
    expect(facts.sockets).toEqual([
      {
        protocol: 'udp',
        state: 'UNCONN',
        localAddress: '0.0.0.0',
        localPort: 8472,
        peerAddress: '0.0.0.0',
        user: '0',
        inode: 21839,
        ...idle,
      },
    ])
  })

  it('reads connections, programs with blanks in their names, and timers', () => {
    expect(recorded('established').facts.sockets).toMatchObject([
      { state: 'ESTAB', localPort: 2379, peerPort: 43472 },
      { state: 'ESTAB', localPort: 43472, peerPort: 2379, ...owner },
    ])
    const text = `tcp        0      0 10.1.0.11:443   10.1.0.12:51234  TIME_WAIT   -                    timewait (42.13/0/0)
tcp6       0      0 :::80           :::*             LISTEN      812/nginx: master p
`
    expect(factsOf('netstat -antpo', text).facts.sockets).toMatchObject([
      { state: 'TIME-WAIT', localPort: 443, peerPort: 51234 },
      { state: 'LISTEN', localPort: 80, process: 'nginx: master p', pid: 812 },
    ])
  })

  it('says that nothing listens when a filter finds no line', () => {
    expect(recorded('none').facts).toEqual({ sockets: [] })
  })

  it('reads the routing table in the terms of ip route', () => {
    const routes = [
      { destination: 'default', gateway: '10.1.0.1', device: 'eth0' },
      { destination: '10.1.0.0/24', device: 'eth0' },
      { destination: '10.42.1.0/24', gateway: '10.1.0.12', device: 'eth0' },
      { destination: '10.99.0.0/16', kind: 'unreachable' },
    ]
    expect(recorded('routes').facts.routes).toEqual(routes)
    expect(recorded('route-n').facts.routes).toEqual(
      routes.map((route, index) => ({ ...route, metric: index === 2 ? 100 : 0 })),
    )
  })

  it('reads interface counters', () => {
    expect(recorded('interfaces').facts.interfaces).toContainEqual({
      name: 'flannel.1',
      mtu: 1450,
      receivedPackets: 0,
      receivedErrors: 0,
      receivedDropped: 0,
      sentPackets: 0,
      sentErrors: 0,
      sentDropped: 6,
    })
  })

  it('reads protocol counters by their text', () => {
    expect(recorded('summary').facts.networkCounters).toMatchObject({
      Ip: { Forwarding: 2, 'total packets received': 3 },
      Tcp: { 'active connection openings': 1, 'segments retransmitted': 0 },
      TcpExt: { TCPDelivered: 1 },
    })
  })
})
