import { describe, expect, test } from 'vitest'
import { knowledge, library } from './kit.ts'

const causes = [...knowledge.causes.values()]

describe('a cause', () => {
  test('leads on to steps that exist', () => {
    const lost = causes.flatMap(({ id, next }) =>
      next
        .filter(({ runbook, step }) => !library.trees.get(runbook)?.stepById.has(step))
        .map(ref => [id, ref]),
    )
    expect(lost).toEqual([])
  })

  test('leads on to some step', () => {
    expect(causes.filter(({ next }) => next.length === 0).map(({ id }) => id)).toEqual([])
  })
})
