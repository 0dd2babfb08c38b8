import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shellAt } from '../../src/cluster/index.ts'
import { beginDrill, parseDrill } from '../../src/drill/index.ts'

const begin = async () => {
  const { drill } = parseDrill(
    'kubelet-stopped',
    readFileSync('runbooks/drills/kubelet-stopped.yaml', 'utf8'),
  )
  if (drill === undefined) throw new Error('the drill cannot be read')
  const judges = { effectOf: () => 'read' as const, causesIn: () => [] }
  return beginDrill(drill, { seed: 3, nowMs: Date.UTC(2026, 4, 4, 8), isTimed: true, judges })
}

describe('how far a drill has come', () => {
  it('is told in the time of its cluster, with hints in the names of its machines', async () => {
    const run = await begin()
    expect(run.progress()).toMatchObject({ clock: 'timed', tookMs: 0, lines: 0, hints: [], hintsLeft: 3 })
    const shell = shellAt(run.world, { machine: run.world.home, hasTerminal: false })
    run.note('sleep 120', await shell.run('sleep 120'))
    run.nameCause('swap-enabled')
    for (let at = 0; at < 3; at++) run.takeHint()
    const { tookMs, lines, hints, hintsLeft, named } = run.progress()
    expect(Math.round(tookMs / 60_000)).toBe(2)
    expect({ lines, hintsLeft, named }).toEqual({
      lines: 1,
      hintsLeft: 0,
      named: [{ cause: 'swap-enabled', isRight: false }],
    })
    expect(hints).toHaveLength(3)
    expect(hints.join(' ')).not.toContain('{{')
  })

  it('is without a clock when that is chosen before the first line, and then stays so', async () => {
    const run = await begin()
    run.setClock('practice')
    expect(run.progress().clock).toBe('practice')
    run.note('true', await shellAt(run.world, { machine: run.world.home, hasTerminal: false }).run('true'))
    run.setClock('timed')
    expect(run.log().isTimed).toBe(false)
  })
})
