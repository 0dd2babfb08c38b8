import { expect, it } from 'vitest'
import { compileKnowledge, parseCauses } from '../../src/diagnosis/index.ts'
import { foundCauses } from '../../src/session/index.ts'
import { begun, command, contextOf, step, tree } from './kit.ts'

const causes = `
causes:
  - id: pods-thrown-out
    title: Pods were thrown out
    layer: kubernetes
    meaning: The node ran short of something.
    patterns:
      - match: Evicted
        severity: error
  - id: room-gone
    title: There is no room left
    layer: infra
    meaning: Nothing can be written.
    explains: [pods-thrown-out]
    patterns:
      - match: no space left
        severity: error
      - match: nearly full
        severity: warning
`

const context = {
  ...contextOf(
    tree('node', [
      step('look', {
        commands: [command('look/1', 'kubectl get pods'), command('look/2', 'tail /var/log/app')],
      }),
    ]),
  ),
  knowledge: compileKnowledge(parseCauses({ name: 'own', text: causes }).causes),
}

const found = (...outputs: readonly string[]) => {
  const play = begun(context, 'look')
  outputs.forEach((text, index) => {
    play.go({ type: 'run-command', commandId: `look/${index + 1}` })
    play.finish(text)
  })
  return foundCauses(play.session()).map(({ cause, consequenceOf }) => ({ cause, consequenceOf }))
}

it('a cause goes before what follows from it, also when another output showed that first', () => {
  expect(found('web-1 0/1 Evicted', 'write: no space left on device')).toEqual([
    { cause: 'room-gone', consequenceOf: undefined },
    { cause: 'pods-thrown-out', consequenceOf: 'room-gone' },
  ])
})

it('a warning does not explain an error', () => {
  expect(found('web-1 0/1 Evicted', '/var is nearly full')).toEqual([
    { cause: 'pods-thrown-out', consequenceOf: undefined },
    { cause: 'room-gone', consequenceOf: undefined },
  ])
})
