import { describe, expect, it } from 'vitest'
import { aDrillEntry } from '../../kit/fake-drill.ts'
import { openStand } from '../../kit/ui-stand.ts'

const drills = Array.from({ length: 12 }, (_, at) => aDrillEntry(`n${at}`))

const open = async (section?: 'drill') => {
  const stand = await openStand({ drills, ...(section === undefined ? {} : { section }) })
  return {
    ...stand,
    chosen: () => {
      const { home, ui } = stand.controller.getMoment()
      const entry = home[ui.homeChoice]
      return entry?.kind === 'drill' ? entry.drill.name : entry?.kind
    },
  }
}

describe('the list of the home screen', () => {
  it('opens a long section where the choice stands for the rest of it', async () => {
    const stand = await open()
    stand.press('3', 'j', 'j', 'j', 'j')
    expect(stand.chosen()).toBe('n4')
    stand.press('j')
    stand.press('j')
    stand.press('enter')
    expect(stand.chosen()).toBe('n5')
    stand.press('j')
    expect(stand.chosen()).toBe('n6')
  })

  it('folds the section again, with the choice on the row for the rest of it', async () => {
    const stand = await open()
    stand.press('3', 'j', 'j', 'j', 'j', 'j', 'enter', 'j', 'j')
    expect(stand.chosen()).toBe('n7')
    stand.press('esc')
    stand.press('k')
    expect(stand.chosen()).toBe('n4')
    stand.press('esc')
    expect(stand.notice()).toBe('There is nothing to fold. q leaves runtree.')
    stand.press('j', 'j', 'enter')
    expect(stand.chosen()).toBe('n5')
  })

  it('has its end at the row for the rest, which has no map', async () => {
    const stand = await open()
    stand.press('G', 'm')
    expect(stand.notice()).toBe('What is chosen is no runbook.')
    stand.press('enter', 'G')
    expect(stand.chosen()).toBe('n11')
  })

  it('shows a section whole that was asked for at the start', async () => {
    const stand = await open('drill')
    expect(stand.chosen()).toBe('n0')
    stand.press('G')
    expect(stand.chosen()).toBe('n11')
  })
})
