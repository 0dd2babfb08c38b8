import { describe, expect, it } from 'vitest'
import { factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('ipvsadm', name)

describe('ipvsadm', () => {
  it('reads services with the servers behind them', () => {
    const { facts, lines } = recorded('services')
    expect(facts.virtualServers).toEqual([
      {
        protocol: 'tcp',
        address: '10.96.0.1',
        port: 443,
        scheduler: 'rr',
        realServers: [
          {
            address: '10.1.0.11',
            port: 6443,
            forward: 'Masq',
            weight: 1,
            activeConnections: 4,
            inactiveConnections: 0,
          },
          {
            address: '10.1.0.12',
            port: 6443,
            forward: 'Masq',
            weight: 1,
            activeConnections: 0,
            inactiveConnections: 2,
          },
        ],
      },
      {
        protocol: 'tcp',
        address: '10.96.0.100',
        port: 80,
        scheduler: 'rr',
        persistentSeconds: 10800,
        realServers: [],
      },
      expect.objectContaining({ protocol: 'udp', address: '10.96.0.10', port: 53 }),
      { protocol: 'tcp', address: 'fd00::a', port: 53, scheduler: 'rr', realServers: [] },
    ])
    expect(lines.get('virtualServers[1]')).toBe(7)
  })

  it('gives no fact where the kernel lacks the module', () => {
    const { facts, diagnostics } = recorded('missing')
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
