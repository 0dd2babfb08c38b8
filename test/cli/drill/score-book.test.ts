import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownScores, pointsOf, readScores } from '../../../src/cli/drill/score-book.ts'
import { traineeHere } from '../../../src/cli/drill/trainee-here.ts'
import { drillEntries } from '../../../src/cli/screen/drill-entries.ts'
import { freshFolder } from '../../kit/program.ts'

const score = (trainee: string, points: number) => ({
  drill: 'kubelet-stopped',
  trainee,
  at: '2026-11-21T10:15:00.000Z',
  seed: 1,
  points,
  tookMs: 60_000,
  hints: 0,
  isTimed: true,
})

it("tells one's own scores from those of others who share the folder", () => {
  const state = freshFolder()
  const here = traineeHere()
  const booked = [score(here, 40), score(`not-${here}`, 95), score(here, 60)]
  writeFileSync(join(state, 'drill-scores.jsonl'), booked.map(one => `${JSON.stringify(one)}\n`).join(''))
  expect(readScores(state)).toHaveLength(3)
  expect(ownScores(state)).toHaveLength(2)
  expect(pointsOf(state, 'kubelet-stopped')).toEqual([40, 60])
  expect(pointsOf(state, 'disk-fills')).toEqual([])
  expect(drillEntries(state).find(({ name }) => name === 'kubelet-stopped')?.best).toBe(60)
})
