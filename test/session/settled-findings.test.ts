import { expect, it } from 'vitest'
import { compileKnowledge, parseCauses } from '../../src/diagnosis/index.ts'
import { begun, command, contextOf, step, tree } from './kit.ts'

const causes = `
causes:
  - id: room-gone
    title: There is no room left
    layer: infra
    meaning: Nothing can be written.
    patterns:
      - match: no space left
        severity: error
      - match: nearly full
        severity: warning
`

const commands = [command('look/1', 'df -h'), command('look/2', 'journalctl -u kubelet')]
const context = {
  ...contextOf(tree('node', [step('look', { commands })])),
  knowledge: compileKnowledge(parseCauses({ name: 'own', text: causes }).causes),
}

/** The causes that each output shows, run after run of the first command (df) or the second (journalctl). */
const found = (...runs: readonly (readonly [1 | 2, string])[]): readonly (readonly string[])[] => {
  const play = begun(context, 'look')
  for (const [number, text] of runs) {
    play.go({ type: 'run-command', commandId: `look/${number}` })
    play.finish(text)
  }
  return [...play.session().runs.values()].map(({ findings }) => findings.map(({ cause }) => cause))
}

const old = 'Mar 03 20:44:10 worker-1 kubelet: no space left on device'

it('what a log still tells of a cause that is gone is not found again', () => {
  expect(found([1, 'nearly full'], [2, old], [1, 'roomy'], [2, old])).toEqual([
    ['room-gone'],
    ['room-gone'],
    [],
    [],
  ])
})

it('a line that was not seen yet is, also beside the old one', () => {
  const fresh = old.replace('20:44', '21:02')
  expect(found([1, 'nearly full'], [2, old], [1, 'roomy'], [2, `${old}\n${fresh}`]).at(-1)).toEqual([
    'room-gone',
  ])
})

it('a long log is old as a whole, and new with one line more or another beginning', () => {
  const log = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, at) => `Mar 03 20:44:${from + at + 10} worker-1: no space left`,
    ).join('\n')
  const after = (text: string) => found([1, 'nearly full'], [2, log(0, 40)], [1, 'roomy'], [2, text]).at(-1)
  expect(after(log(0, 40))).toEqual([])
  expect(after(log(0, 41))).toEqual(['room-gone'])
  expect(after(log(1, 41))).toEqual(['room-gone'])
})

it('so is a cause that was not seen to be gone', () => {
  expect(found([1, 'nearly full'], [2, old], [2, old]).at(-1)).toEqual(['room-gone'])
})

it('so is what tells of the state of things, in whatever words', () => {
  expect(found([1, 'nearly full'], [1, 'roomy'], [1, 'nearly full'])).toEqual([
    ['room-gone'],
    [],
    ['room-gone'],
  ])
})
