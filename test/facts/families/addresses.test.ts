import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

describe('ip route', () => {
  test('gives each route with its line', () => {
    const { facts, lines } = factsOfRecorded('ip-route', 'k8s-node')
    expect(facts.routes).toEqual([
      expect.objectContaining({ destination: 'default', gateway: '10.99.0.1', device: 'br0' }),
      expect.objectContaining({ destination: '10.99.0.0/24', device: 'br0', source: '10.99.0.10' }),
      expect.objectContaining({ destination: '10.244.0.0/24', device: 'cni0', source: '10.244.0.1' }),
    ])
    expect(lines.get('routes[2]')).toBe(3)
  })

  test('metrics, several gateways, blocked and broken routes', () => {
    const stdout = `default proto static metric 100
\tnexthop via 10.0.0.1 dev eth0 weight 1
\tnexthop via 10.0.0.2 dev eth1 weight 1
default via 10.0.9.1 dev wlan0 proto dhcp src 10.0.9.7 metric 600
blackhole 10.244.192.0/26 proto bird
10.8.0.0/24 dev tun0 proto kernel scope link src 10.8.0.2 linkdown
`
    expect(factsOf('ip route', stdout).facts.routes).toEqual([
      expect.objectContaining({ destination: 'default', gateway: '10.0.0.1', device: 'eth0', metric: 100 }),
      expect.objectContaining({ destination: 'default', gateway: '10.0.0.2', device: 'eth1', metric: 100 }),
      expect.objectContaining({
        destination: 'default',
        gateway: '10.0.9.1',
        source: '10.0.9.7',
        metric: 600,
      }),
      expect.objectContaining({ destination: '10.244.192.0/26', kind: 'blackhole' }),
      expect.objectContaining({ destination: '10.8.0.0/24', device: 'tun0', down: true }),
    ])
  })

  test('no output means no route, unless the command failed', () => {
    expect(factsOf('ip route', '').facts).toEqual({ routes: [] })
    const failed = factsOf('ip route', '', { exitCode: 127, stderr: 'bash: ip: command not found' })
    expect(failed.facts).toEqual({})
  })
})

describe('ip addr', () => {
  test('gives interfaces with their addresses', () => {
    const { facts, lines } = factsOfRecorded('ip-address', 'plain')
    expect(facts.interfaces).toEqual([
      expect.objectContaining({ name: 'lo', up: true, mtu: 65536 }),
      expect.objectContaining({
        name: 'va',
        parent: 'if2',
        state: 'UP',
        mtu: 1500,
        mac: '66:43:b8:84:e1:d5',
        addresses: expect.arrayContaining([
          expect.objectContaining({ address: '10.1.0.2', prefixLength: 24, family: 'inet', scope: 'global' }),
        ]),
      }),
    ])
    expect(lines.get('interfaces[1]')).toBe(7)
  })

  test('a node has its bridge and one interface a pod', () => {
    const { facts } = factsOfRecorded('ip-address', 'k8s-node')
    const rows = facts.interfaces as readonly { readonly name: string }[]
    expect(rows.map(row => row.name).slice(0, 4)).toEqual(['lo', 'br0', 'cni0', 'veth2bd31d4b'])
    expect(rows).toHaveLength(7)
    expect(rows[3]).toMatchObject({ master: 'cni0', parent: 'if2' })
  })

  test('the brief form', () => {
    expect(factsOfRecorded('ip-address', 'brief').facts.interfaces).toEqual([
      expect.objectContaining({ name: 'lo', state: 'UNKNOWN' }),
      expect.objectContaining({ name: 'va', state: 'UP' }),
    ])
  })
})

describe('ss', () => {
  const recorded = (name: string) => factsOfRecorded('ss', name)

  test('gives sockets with the process that holds them', () => {
    const { facts, lines } = recorded('box')
    const rows = facts.sockets as readonly unknown[]
    expect(rows).toHaveLength(6)
    expect(rows[1]).toEqual({
      protocol: 'tcp',
      state: 'LISTEN',
      localAddress: '0.0.0.0',
      localPort: 22,
      peerAddress: '0.0.0.0',
      receiveQueue: 0,
      sendQueue: 128,
      process: 'sshd',
      pid: 87,
    })
    expect(rows[4]).toMatchObject({ localAddress: '[::]', localPort: 22 })
    expect(lines.get('sockets[4]')).toBe(6)
  })

  test('a control-plane machine listens on its ports', () => {
    const rows = recorded('k8s-node').facts.sockets as readonly { readonly localPort: number }[]
    expect(rows.map(row => row.localPort)).toEqual([10259, 10257, 10250, 10248, 36041, 2380, 2379, 6443])
  })

  test('udp has no LISTEN', () => {
    expect(recorded('vxlan').facts.sockets).toEqual([
      expect.objectContaining({
        protocol: 'udp',
        state: 'UNCONN',
        localPort: 8472,
        process: 'python3',
        pid: 27316,
      }),
    ])
  })

  test('a filter keeps rows without their header, and leaves an empty list when nothing listens', () => {
    const row =
      'tcp   LISTEN 0      4096               *:6443             *:*    users:(("kube-apiserver",pid=3012,fd=3))\n'
    expect(factsOf('sudo ss -tulpn | grep 6443', row).facts.sockets).toEqual([
      expect.objectContaining({ localAddress: '*', localPort: 6443, process: 'kube-apiserver', pid: 3012 }),
    ])
    expect(factsOf('sudo ss -tulpn | grep 6443', '', { exitCode: 1 }).facts).toEqual({ sockets: [] })
  })

  test('the old form of process, names of ports, processes on the next line, and addresses with a device', () => {
    const stdout = `Netid State      Recv-Q Send-Q     Local Address:Port       Peer Address:Port
tcp   LISTEN     0      128                    *:ssh                    *:*      users:(("sshd",1042,3))
udp   UNCONN     0      0         127.0.0.53%lo:53                     *:*
\t users:(("systemd-resolve",pid=611,fd=12))
tcp   ESTAB      0      0      10.0.0.5:22  10.0.0.9:51234
`
    expect(factsOf('ss -tuap', stdout).facts.sockets).toEqual([
      expect.objectContaining({ localService: 'ssh', process: 'sshd', pid: 1042 }),
      expect.objectContaining({
        localAddress: '127.0.0.53%lo',
        localPort: 53,
        process: 'systemd-resolve',
        pid: 611,
      }),
      expect.objectContaining({ state: 'ESTAB', peerAddress: '10.0.0.9', peerPort: 51234 }),
    ])
  })

  test('without the protocol column', () => {
    const stdout = `State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
LISTEN 0      128          0.0.0.0:10250     0.0.0.0:*
`
    expect(factsOf('ss -ltn', stdout).facts.sockets).toEqual([
      expect.objectContaining({ state: 'LISTEN', localPort: 10250 }),
    ])
  })
})
