import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const both = [
  { address: '10.1.0.12', device: 'eth0', mac: '52:54:00:aa:bb:01', state: 'PERMANENT' },
  { address: '10.1.0.13', device: 'eth0', mac: '52:54:00:aa:bb:02', state: 'STALE' },
]

describe('ip neigh', () => {
  it.each(['plain', 'statistics', 'json'])('reads neighbours in the %s form', name => {
    expect(factsOfRecorded('ip-neigh', name).facts).toEqual({ neighbours: both })
  })

  it('reads neighbours that do not answer and routers', () => {
    const text = `10.1.0.99 dev eth0  INCOMPLETE
10.1.0.98 dev eth0 FAILED
fe80::1 dev eth0 lladdr 52:54:00:00:00:01 router REACHABLE
`
    expect(factsOf('ip neighbor show', text).facts.neighbours).toEqual([
      { address: '10.1.0.99', device: 'eth0', state: 'INCOMPLETE' },
      { address: '10.1.0.98', device: 'eth0', state: 'FAILED' },
      { address: 'fe80::1', device: 'eth0', mac: '52:54:00:00:00:01', state: 'REACHABLE', router: true },
    ])
  })

  it('reads the table of arp', () => {
    expect(factsOfRecorded('ip-neigh', 'arp').facts.neighbours).toEqual([
      both[0],
      { ...both[1], state: 'REACHABLE' },
    ])
    const text = '10.1.0.99                        (incomplete)                              eth0\n'
    expect(factsOf('arp -n', text).facts.neighbours).toEqual([
      { address: '10.1.0.99', device: 'eth0', state: 'INCOMPLETE' },
    ])
  })

  it('says that there is no neighbour', () => {
    expect(factsOf('ip neigh', '').facts).toEqual({ neighbours: [] })
  })
})
