import { expect, test } from 'vitest'
import type { InPieces } from '../../src/base/index.ts'
import { inTurns } from '../../src/runtime/in-turns.ts'

function* counting(pieces: number): InPieces<number> {
  for (let piece = 0; piece < pieces; piece += 1) {
    const begun = performance.now()
    while (performance.now() - begun < 3);
    yield
  }
  return pieces
}

test('others have their turns while a long work is done', async () => {
  let turns = 0
  let isDone = false
  const other = (): void => {
    turns += 1
    if (!isDone) setImmediate(other)
  }
  setImmediate(other)
  expect(await inTurns(counting(40))).toBe(40)
  isDone = true
  expect(turns).toBeGreaterThanOrEqual(5)
})

test('work that throws is told to whoever waits for it', async () => {
  function* broken(): InPieces<number> {
    yield
    throw new Error('broken')
  }
  await expect(inTurns(broken())).rejects.toThrow('broken')
})
