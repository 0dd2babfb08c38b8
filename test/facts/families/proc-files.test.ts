import { describe, expect, it } from 'vitest'
import { factsOfRecorded } from '../../kit/recorded-output.ts'

const facts = (name: string) => factsOfRecorded('proc-files', name).facts

const calm = { avg10Percent: 0, avg60Percent: 0, avg300Percent: 0, totalSeconds: 0 }

describe('files of /proc', () => {
  it('reads memory and swap as free gives them', () => {
    expect(facts('meminfo').memory).toMatchObject({ total: 24684100 * 1024, availablePercent: 94.9 })
    expect(facts('meminfo').swap).toEqual({ total: 0, used: 0, free: 0 })
    expect(facts('meminfo-grep')).toEqual({
      memory: { total: 24684100 * 1024, available: 23470236 * 1024, availablePercent: 95.1 },
    })
  })

  it('reads load and time since boot', () => {
    expect(facts('loadavg')).toEqual({ load: { one: 5.2, five: 4.89, fifteen: 3.09 } })
    expect(facts('uptime')).toEqual({ uptimeSeconds: 4537 })
  })

  it('reads pressure by resource', () => {
    expect(facts('pressure-memory')).toEqual({ pressure: { memory: { some: calm, full: calm } } })
    const cpu = { avg10Percent: 50.85, avg60Percent: 60.2, avg300Percent: 54.02 }
    expect(facts('pressure-two').pressure).toMatchObject({
      io: { some: { avg60Percent: 0.08 } },
      cpu: { some: cpu, full: calm },
    })
    expect(facts('pressure-all').pressure).toMatchObject({
      cpu: { some: { ...cpu, totalSeconds: 535.198625 } },
      memory: { full: calm },
    })
  })

  it('reads controllers and interface counters', () => {
    expect(facts('cgroups').cgroupControllers).toContainEqual({
      name: 'memory',
      hierarchy: 4,
      cgroups: 14,
      enabled: true,
    })
    expect(facts('dev').interfaces).toMatchObject([
      { name: 'lo', receivedBytes: 13745, sentPackets: 81 },
      {
        name: 'eth0',
        receivedBytes: 312554269,
        receivedPackets: 9323,
        receivedDropped: 0,
        sentBytes: 749928,
      },
    ])
  })
})
