import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('vmstat', name)

describe('vmstat', () => {
  it('reads each sample in bytes and marks the mean since boot', () => {
    const { facts, lines } = recorded('samples')
    expect(facts.activity).toHaveLength(3)
    expect(facts.activity).toMatchObject({ 0: { runnable: 2, userPercent: 5, sinceBoot: true } })
    expect(facts.activity).toMatchObject({
      2: {
        runnable: 1,
        blocked: 0,
        swapUsed: 0,
        free: 23999600 * 1024,
        buffers: 5604 * 1024,
        cache: 515636 * 1024,
        swapInPerSecond: 0,
        swapOutPerSecond: 0,
        blocksInPerSecond: 0,
        blocksOutPerSecond: 0,
        interruptsPerSecond: 36,
        contextSwitchesPerSecond: 67,
        userPercent: 0,
        systemPercent: 0,
        idlePercent: 100,
        ioWaitPercent: 0,
        stealPercent: 0,
      },
    })
    expect(lines.get('activity[2]')).toBe(5)
  })

  it('minds the unit and the columns that were asked for', () => {
    expect(recorded('megabytes').facts.activity).toMatchObject([
      { free: 23447 * 1024 ** 2, inactive: 62 * 1024 ** 2, active: 378 * 1024 ** 2, blocksInPerSecond: 642 },
    ])
    expect(recorded('wide').facts.activity).toMatchObject([
      { free: 24009836 * 1024, idlePercent: 92, guestPercent: 0 },
    ])
  })
})

it('reads the sum of all disks', () => {
  const stdout = `           26 disks
            2 partitions
        13324 total reads
         1234 merged reads
       812344 read sectors
        12013 milli reading
        54012 writes
        10233 merged writes
      2301230 written sectors
        91231 milli writing
            0 inprogress IO
           41 milli spent IO
`
  expect(factsOf('vmstat -D', stdout).facts.diskSum).toEqual({
    disks: 26,
    partitions: 2,
    reads: 13324,
    readMerges: 1234,
    readBytes: 812344 * 512,
    readMs: 12013,
    writes: 54012,
    writeMerges: 10233,
    writtenBytes: 2301230 * 512,
    writeMs: 91231,
    inFlight: 0,
    busyMs: 41,
  })
})
