import { describe, expect, it } from 'vitest'
import { factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('ifconfig', name)

const eth0 = {
  name: 'eth0',
  up: true,
  carrier: true,
  mtu: 1500,
  mac: '5e:32:cc:1d:e8:82',
  addresses: [
    { address: '10.1.0.11', prefixLength: 24, family: 'inet' },
    { address: 'fe80::5c32:ccff:fe1d:e882', prefixLength: 64, family: 'inet6', scope: 'link' },
  ],
}

describe('ifconfig', () => {
  it('reads interfaces in the terms of ip addr', () => {
    const { facts, lines } = recorded('all')
    expect(facts.interfaces).toHaveLength(3)
    expect(facts.interfaces).toContainEqual({
      ...eth0,
      receivedBytes: 266,
      receivedPackets: 3,
      receivedErrors: 0,
      receivedDropped: 0,
      sentBytes: 266,
      sentPackets: 3,
      sentErrors: 0,
      sentDropped: 0,
    })
    expect(lines.get('interfaces[1]')).toBe(10)
  })

  it('reads the older form of busybox', () => {
    expect(recorded('busybox').facts.interfaces).toEqual([
      {
        ...eth0,
        receivedBytes: 426,
        receivedPackets: 5,
        receivedErrors: 0,
        receivedDropped: 0,
        sentBytes: 266,
        sentPackets: 3,
        sentErrors: 0,
        sentDropped: 0,
      },
    ])
  })

  it('gives no fact for an interface that is not there', () => {
    const { facts, diagnostics } = recorded('missing')
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
