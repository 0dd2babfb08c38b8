import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('ip-link', name)

const bridge = { name: 'cni0', state: 'DOWN', mac: 'ce:6a:79:37:02:8a' }
const slave = {
  name: 'v1',
  index: 7,
  parent: 'v2',
  up: true,
  carrier: false,
  state: 'LOWERLAYERDOWN',
  mtu: 1500,
  queueDiscipline: 'noqueue',
  master: 'cni0',
  mac: 'ce:6a:79:37:02:8a',
}

describe('ip link', () => {
  it.each(['plain', 'json'])('reads interfaces in the %s form without a word about addresses', name => {
    const { interfaces } = recorded(name).facts
    expect(interfaces).toHaveLength(7)
    expect(interfaces).toContainEqual({
      ...bridge,
      index: 5,
      up: true,
      carrier: false,
      mtu: 1500,
      queueDiscipline: 'noqueue',
    })
    expect(interfaces).toContainEqual(slave)
    expect(interfaces).toMatchObject([
      { name: 'lo', index: 1, up: true, carrier: true, mtu: 65536 },
      {},
      {},
      {},
      {},
      {},
      {},
    ])
  })

  it('knows what is switched on from the brief form', () => {
    const { interfaces } = recorded('brief').facts
    expect(interfaces).toContainEqual({ ...bridge, up: true, carrier: false })
    expect(interfaces).toContainEqual({
      name: 'v2',
      parent: 'v1',
      up: false,
      carrier: false,
      state: 'DOWN',
      mac: 'ea:29:f1:9a:e5:69',
    })
  })

  it('reads counters of both directions', () => {
    const { facts, lines } = recorded('recorded-statistics')
    expect(facts.interfaces).toMatchObject([
      { name: 'lo' },
      {
        name: 'va',
        parent: 'if2',
        mtu: 1500,
        receivedBytes: 328,
        receivedPackets: 4,
        receivedErrors: 0,
        receivedDropped: 0,
        sentBytes: 700,
        sentPackets: 8,
        sentErrors: 0,
        sentDropped: 0,
      },
    ])
    expect(lines.get('interfaces[1]')).toBe(7)
    expect(recorded('json-statistics').facts.interfaces).toMatchObject([
      { receivedBytes: 586, sentBytes: 666 },
    ])
  })

  it('reads an overlay with its port', () => {
    expect(recorded('recorded-details').facts.interfaces).toEqual([
      {
        name: 'flannel.1',
        index: 3,
        up: true,
        carrier: true,
        state: 'UNKNOWN',
        mtu: 1450,
        queueDiscipline: 'noqueue',
        mac: '32:63:26:6f:8e:fc',
        kind: 'vxlan',
        vxlan: { id: 1, local: '10.1.0.2', device: 'va', port: 8472 },
      },
    ])
  })
})

describe('ip addr in its short forms', () => {
  const addresses = [
    { address: '10.1.0.11', prefixLength: 24, family: 'inet' },
    { address: 'fd00:1::11', prefixLength: 64, family: 'inet6' },
    { address: 'fe80::30e8:54ff:feb1:de3c', prefixLength: 64, family: 'inet6' },
  ]

  it('reads -br and leaves open whether an interface without a carrier is switched on', () => {
    const { interfaces } = recorded('brief-addresses').facts
    expect(interfaces).toContainEqual({ name: 'eth0', parent: 'uplink', up: true, state: 'UP', addresses })
    expect(interfaces).toContainEqual({ name: 'cni0', state: 'DOWN', addresses: [] })
  })

  it('reads -j', () => {
    expect(recorded('json-addresses').facts.interfaces).toMatchObject([{ name: 'eth0', addresses }])
  })

  it('reads one line for each address, and what a filter leaves of the long form', () => {
    const oneLine = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
4: eth0    inet 10.1.0.11/24 brd 10.1.0.255 scope global eth0\\       valid_lft forever preferred_lft forever
4: eth0    inet6 fe80::1/64 scope link \\       valid_lft forever preferred_lft forever
`
    const eth0 = {
      name: 'eth0',
      addresses: [
        { address: '10.1.0.11', prefixLength: 24, family: 'inet', scope: 'global' },
        { address: 'fe80::1', prefixLength: 64, family: 'inet6', scope: 'link' },
      ],
    }
    expect(factsOf('ip -o addr show', oneLine).facts.interfaces).toMatchObject([{ name: 'lo' }, eth0])
    const filtered =
      '    inet 127.0.0.1/8 scope host lo\n    inet 10.1.0.11/24 brd 10.1.0.255 scope global dynamic eth0\n'
    expect(factsOf('ip addr | grep inet', filtered).facts.interfaces).toMatchObject([
      { name: 'lo' },
      { name: 'eth0', addresses: [eth0.addresses[0]] },
    ])
    const link =
      '2: eth0: <BROADCAST,UP,LOWER_UP> mtu 1500 state UP mode DEFAULT\\    link/ether 52:54:00:aa:bb:01 brd ff:ff:ff:ff:ff:ff\n'
    expect(factsOf('ip -o link', link).facts.interfaces).toMatchObject([
      { name: 'eth0', mac: '52:54:00:aa:bb:01' },
    ])
  })
})
