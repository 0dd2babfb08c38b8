import { describe, expect, it } from 'vitest'
import { chosenRow, mapRows } from '../../../src/ui/scene/map-rows.ts'
import type { MapOverlay } from '../../../src/ui/state/overlay.ts'
import { longContext } from '../../kit/ui-documents.ts'
import { openStand, runDiskStep, type UiStand } from '../../kit/ui-stand.ts'

const long = (count: number) => ({ context: longContext(count), initial: { runbook: 'long', step: 's0' } })

const mapOf = (stand: UiStand): MapOverlay => {
  const overlay = stand.overlay()
  if (overlay?.kind !== 'map') throw new Error('the map is not open')
  return overlay
}

const rowsOf = (stand: UiStand) => mapRows(mapOf(stand), stand.controller.getMoment())
const idsOf = (stand: UiStand) => rowsOf(stand).map(({ id }) => id)
const chosenId = (stand: UiStand) => idsOf(stand)[chosenRow(rowsOf(stand), mapOf(stand))]

describe('the map', () => {
  it('holds every step, and below what was visited its ways on', async () => {
    const stand = await openStand()
    stand.press('m')
    expect(idsOf(stand)).toEqual([
      'disk',
      'disk > 0',
      'disk > 1',
      'disk > 2',
      'disk > 3',
      'free-space',
      'kubelet',
      'applications',
    ])
    expect(chosenId(stand)).toBe('disk')
  })

  it('shows what was found, in which order steps were visited, and which way was taken', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('n', 'm')
    const rows = rowsOf(stand)
    expect(rows[0]?.known).toMatchObject({ state: 'trouble', visits: [1] })
    expect(rows[1]?.branch).toMatchObject({ isTaken: true })
    expect(rows[2]?.branch?.choice.standing).toBe('unknown')
    expect(rows.find(({ id }) => id === 'free-space')?.known).toMatchObject({ state: 'here', visits: [2] })
  })

  it('goes with Enter to the chosen step and closes', async () => {
    const stand = await openStand()
    stand.press('m', 'G', 'enter')
    expect(stand.overlay()).toBeUndefined()
    expect(stand.store().getSnapshot().session.current?.step).toBe('applications')
  })

  it('goes with Enter on a branch to where it leads', async () => {
    const stand = await openStand()
    stand.press('m', 'j', 'enter')
    expect(stand.store().getSnapshot().session.current?.step).toBe('free-space')
  })

  it('leaves a way that ends the triage to its step', async () => {
    const stand = await openStand()
    stand.press('n', 'm', 'j', 'j', 'j', 'j', 'j', 'l', 'j', 'j', 'enter')
    expect(stand.notice()).toContain('ends the triage')
    expect(stand.store().getSnapshot().session.closed).toBeUndefined()
  })

  it('folds a section, and everything', async () => {
    const stand = await openStand(long(30))
    stand.press('m', 'h')
    expect(idsOf(stand)).not.toContain('s1')
    stand.press('l')
    expect(idsOf(stand)).toContain('s1')
    stand.press('z')
    expect(idsOf(stand)).toEqual(['s0', 's10', 's20'])
    stand.press('z')
    expect(idsOf(stand)).toHaveLength(30)
  })

  it('gives the choice to the section when a step in it has nothing to fold', async () => {
    const stand = await openStand(long(30))
    stand.press('m', 'j', 'j', 'left')
    expect(chosenId(stand)).toBe('s0')
  })

  it('finds the steps with trouble and the way back', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('n', 'm', 'G', 'e')
    expect(chosenId(stand)).toBe('disk')
    stand.press('.')
    expect(chosenId(stand)).toBe('free-space')
  })

  it('opens a runbook from the home screen at the chosen step', async () => {
    const stand = await openStand({})
    stand.press('m', 'G', 'enter')
    await expect.poll(() => stand.controller.getMoment().snapshot?.session.current?.step).toBe('applications')
  })

  it('draws its rows once for as long as nothing changes', async () => {
    const stand = await openStand(long(3000))
    stand.press('m')
    const before = rowsOf(stand)
    stand.press('j', 'pgdn', 'G')
    expect(rowsOf(stand)).toBe(before)
    expect(before).toHaveLength(3000)
  })
})
