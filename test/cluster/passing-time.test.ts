import { describe, expect, it } from 'vitest'
import { advance, passMoment } from '../../src/cluster/laws/advance.ts'
import { openShell, openWorld } from './kit.ts'

describe('the time of a simulated cluster', () => {
  it('has its consequences once moments have added up', () => {
    const world = openWorld()
    advance(world, 1_000)
    const { nowMs, settledMs } = world
    for (let moment = 1; moment < 5; moment += 1) passMoment(world, 20)
    expect([world.nowMs, world.settledMs]).toEqual([nowMs + 80, settledMs])
    passMoment(world, 20)
    expect([world.nowMs, world.settledMs]).toEqual([nowMs + 100, nowMs + 100])
  })

  it('has them all when a line ends, however short its commands', async () => {
    const world = openWorld()
    const { exit } = await openShell(world).run(
      'true; hostname | sort | grep -c . >/dev/null; date >/dev/null',
    )
    expect(exit).toBe(0)
    expect(world.settledMs).toBe(world.nowMs)
  })
})
