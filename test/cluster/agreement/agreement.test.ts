import { describe, expect, it } from 'vitest'
import { worldNames } from '../../../src/cluster/index.ts'
import { openWorld } from '../kit.ts'
import { checkRelations, inTurn } from './desk.ts'
import { relations } from './relations.ts'

const seeds = [1, 2] as const

describe.each(worldNames)('what tools say in a healthy world of %s', name => {
  it.each(seeds)(
    'holds no contradiction, seed %i',
    async seed => {
      const { comparisons, disagreements } = await checkRelations(
        openWorld(name, seed),
        inTurn(relations, seed, seeds.length),
        seed,
      )
      expect(disagreements).toEqual([])
      expect(comparisons).toBeGreaterThan(200)
    },
    120_000,
  )
})
