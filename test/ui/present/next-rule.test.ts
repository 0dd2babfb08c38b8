import { expect, it } from 'vitest'
import { presentStepRule } from '../../../src/ui/present/present-rules.ts'
import type { StepMoment } from '../../../src/ui/present/present-step.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { openStand, runDiskStep, type UiStand } from '../../kit/ui-stand.ts'

const nextOf = ({ controller }: UiStand): string => {
  const moment = controller.getMoment() as StepMoment
  const rule = moment.scene.layout.rules.find(({ pane }) => pane === 'next')
  if (rule === undefined) throw new Error('no ways on are shown')
  return rowText(presentStepRule(moment, rule))
}

it('says that the commands come first, until one was run', async () => {
  const stand = await openStand()
  expect(nextOf(stand)).toMatch(/run the commands first, then choose/)
  stand.press('enter')
  expect(nextOf(stand)).not.toMatch(/first/)
})

it('counts the commands that have yet to run, while none is running and no way is recommended', async () => {
  const stand = await openStand()
  stand.press('enter')
  expect(nextOf(stand)).not.toMatch(/more to run/)
  stand.store().print('r1', 'Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 50G 20G 30G 40% /\n')
  stand.store().end('r1')
  expect(nextOf(stand)).toMatch(/2 more to run, then choose/)
})

it('says on a narrow screen that there is something to run first', async () => {
  const stand = await openStand(
    { initial: { runbook: 'node-checks', step: 'disk' } },
    { columns: 40, rows: 24 },
  )
  expect(nextOf(stand)).toMatch(/^. Next .* run first {2}6 ways .$/)
})

it('asks for no command where there is none, where nothing hangs on it, or where a way is recommended', async () => {
  const silent = await openStand({ initial: { runbook: 'node-checks', step: 'kubelet' } })
  expect(nextOf(silent)).not.toMatch(/first/)
  silent.press(']')
  expect(nextOf(silent)).not.toMatch(/first/)
  const judged = await openStand()
  runDiskStep(judged)
  expect(nextOf(judged)).not.toMatch(/first/)
})
