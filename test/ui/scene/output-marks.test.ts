import { describe, expect, it } from 'vitest'
import { scanLookFor } from '../../../src/diagnosis/index.ts'
import { createMarkFinder } from '../../../src/ui/scene/output-marks.ts'
import { fullDisk, nodeContext, nodeRunbook, testInstant } from '../../kit/render-runbook.ts'
import { createFakeStore } from '../../kit/render-store.ts'

const disk = nodeRunbook.stepById.get('disk')
const lookFor = disk?.lookFor ?? []

const begin = () => {
  const store = createFakeStore({
    context: nodeContext,
    at: { runbook: 'node-checks', step: 'disk' },
    now: () => testInstant,
  })
  store.dispatch({ type: 'run-command', commandId: 'disk/1' })
  return store
}

const runOf = (store: ReturnType<typeof begin>) => {
  const run = store.getSnapshot().session.runs.get('r1')
  if (run === undefined) throw new Error('no run')
  return run
}

describe('the mark finder', () => {
  it('marks what the step says to look for while the command still prints', () => {
    const store = begin()
    store.print('r1', fullDisk)
    const marks = createMarkFinder(scanLookFor)({
      run: runOf(store),
      output: store.outputOf('r1'),
      firstShown: 1,
      lookFor,
    })
    expect(marks.map(mark => [mark.line, mark.kind, mark.meaning])).toEqual([
      [4, 'look-for', 'container images and logs live here'],
    ])
  })

  it('marks a line once, as what is most serious about it', () => {
    const store = begin()
    store.print('r1', fullDisk)
    store.end('r1')
    const marks = createMarkFinder(scanLookFor)({
      run: runOf(store),
      output: store.outputOf('r1'),
      firstShown: 1,
      lookFor,
    })
    expect(marks.map(mark => [mark.line, mark.kind, mark.cause])).toEqual([[4, 'error', 'disk-full']])
  })

  it('scans every line once as the output grows', () => {
    const scanned: number[] = []
    const find = createMarkFinder((_wanted, lines) => {
      scanned.push(...lines.map(line => line.number))
      return []
    })
    const store = begin()
    for (const text of ['a', 'b\nc', 'd']) {
      store.print('r1', text)
      find({ run: runOf(store), output: store.outputOf('r1'), firstShown: 1, lookFor })
      find({ run: runOf(store), output: store.outputOf('r1'), firstShown: 1, lookFor })
    }
    expect(scanned).toEqual([1, 2, 3, 4])
  })
})
