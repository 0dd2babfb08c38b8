import { expect, it } from 'vitest'
import { presentPane, type StepMoment } from '../../../src/ui/present/present-step.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { openStand, type UiStand } from '../../kit/ui-stand.ts'

const findingsOf = ({ controller }: UiStand): string => {
  const moment = controller.getMoment() as StepMoment
  const room = moment.scene.layout.panes.findings
  if (room === undefined) throw new Error('no findings are shown')
  return presentPane(moment, 'findings', room).map(rowText).join('\n')
}

it('does not call well what could not be looked at', async () => {
  const stand = await openStand()
  stand.press('enter')
  stand.store().end('r1', { kind: 'lost', message: 'connection refused' })
  expect(findingsOf(stand)).toContain('Nothing can be said: no command of this step could be run.')
  stand.press('enter')
  stand.store().end('r2', { kind: 'exited', code: 127 })
  expect(findingsOf(stand)).toContain('no command of this step could be run')
})

it('does not say that a command runs while it waits for an answer', async () => {
  const stand = await openStand()
  stand.press('enter')
  stand.store().end('r1')
  stand.press('j', 'j', 'j', 'enter')
  expect(findingsOf(stand)).toContain('a command waits for your answer')
})

it('says that nothing is known to be wrong once a command has looked', async () => {
  const stand = await openStand()
  stand.press('enter')
  stand.store().print('r1', 'Filesystem Size Used Avail Use% Mounted on')
  stand.store().end('r1')
  expect(findingsOf(stand)).toContain('Nothing known to be wrong in these outputs.')
})
