import { describe, expect, it } from 'vitest'
import { factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('iostat', name)

describe('iostat', () => {
  it('reads the last report', () => {
    const { facts, lines } = recorded('extended')
    expect(facts).toEqual({
      cpuPercent: { user: 0, nice: 0, system: 0, ioWait: 0, steal: 0, idle: 100 },
      diskActivity: [
        {
          name: 'vda',
          utilPercent: 0,
          readsPerSecond: 0,
          writesPerSecond: 1,
          readBytesPerSecond: 0,
          writeBytesPerSecond: 8192,
          readMergesPerSecond: 0,
          writeMergesPerSecond: 1,
          readAwaitMs: 0,
          writeAwaitMs: 1,
          readRequestBytes: 0,
          writeRequestBytes: 8192,
          queue: 0,
        },
      ],
    })
    expect(lines.get('diskActivity[0]')).toBe(14)
  })

  it('reads a saturated disk of an older sysstat', () => {
    const { facts } = recorded('saturated')
    expect(facts.diskActivity).toMatchObject([
      { name: 'sda', utilPercent: 99.96, readAwaitMs: 76.57, writeAwaitMs: 812.4, queue: 141.2 },
      { name: 'dm-0', utilPercent: 99.98, writeBytesPerSecond: 50560 * 1024 },
    ])
    expect(facts.cpuPercent).toMatchObject({ ioWait: 61.22, idle: 33.37 })
  })

  it('reads rates in kilobytes and megabytes', () => {
    expect(recorded('plain').facts.diskActivity).toEqual([
      { name: 'vda', transfersPerSecond: 57.14, readBytesPerSecond: 1309911, writeBytesPerSecond: 278057 },
    ])
    expect(recorded('megabytes').facts.diskActivity).toMatchObject([
      { utilPercent: 0.4, readBytesPerSecond: 1310720, queue: 0.04 },
    ])
  })
})
