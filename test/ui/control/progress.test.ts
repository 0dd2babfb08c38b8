import { describe, expect, it } from 'vitest'
import type { Size } from '../../../src/ui/layout/rectangle.ts'
import { presentHeader } from '../../../src/ui/present/present-header.ts'
import { presentOutputPane } from '../../../src/ui/present/present-output-pane.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { testInstant } from '../../kit/render-runbook.ts'
import { diskStep, openStand, type UiStand } from '../../kit/ui-stand.ts'

type Timed = UiStand & { readonly wait: (milliseconds: number) => void }

const openTimed = async (size?: Size): Promise<Timed> => {
  let now = testInstant
  const stand = await openStand({ initial: diskStep, now: () => now }, size)
  return {
    ...stand,
    wait: milliseconds => {
      now += milliseconds
    },
  }
}

const headerOf = ({ controller }: UiStand): string => rowText(presentHeader(controller.getMoment()))

const outputOf = ({ controller }: UiStand): string => {
  const moment = controller.getMoment()
  const { scene } = moment
  const room = scene?.layout.panes.output
  if (scene === undefined || room === undefined) throw new Error('no output is shown')
  return presentOutputPane({ ...moment, scene }, room)
    .map(rowText)
    .join(' ')
}

describe('progress', () => {
  it('says for how long a command runs and when it is stopped, once that is worth a word', async () => {
    const stand = await openTimed()
    stand.press('enter')
    expect(headerOf(stand)).toContain('running 0.0 s')
    expect(headerOf(stand)).not.toContain('left')
    stand.wait(12_000)
    expect(headerOf(stand)).toContain('running 12 s, 18 s left')
  })

  it('says for whom is waited while nothing is printed', async () => {
    const stand = await openTimed()
    stand.press('enter')
    expect(outputOf(stand)).toContain('No output yet.')
    stand.wait(5000)
    expect(outputOf(stand)).toContain(
      'waiting for worker-2 for 5.0 s. It is stopped in 25 s, or by Ctrl-C now.',
    )
  })

  it('counts the reads that were asked for together', async () => {
    const stand = await openTimed()
    stand.press('R')
    expect(headerOf(stand)).toContain('running 1 of 2')
    stand.store().end('r1')
    expect(headerOf(stand)).toContain('running 2 of 2')
    stand.store().end('r2')
    stand.wait(10)
    stand.press('enter')
    expect(headerOf(stand)).not.toContain(' of ')
  })

  it('fits the smallest screen', async () => {
    const stand = await openTimed({ columns: 40, rows: 12 })
    stand.press('R')
    stand.wait(2500)
    expect(headerOf(stand)).toContain('1/2 2.5 s')
    expect(headerOf(stand)).toHaveLength(40)
  })

  it('says for how long a session is being opened', async () => {
    const opening = Promise.withResolvers<never>()
    const stand = await openStand({ openSession: () => opening.promise })
    stand.press('enter')
    expect(stand.controller.getMoment()).toMatchObject({
      waitingSince: testInstant,
      ui: { place: { kind: 'waiting' } },
    })
  })
})
