import { describe, expect, it } from 'vitest'
import { bindings } from '../../../src/ui/keys/bindings.ts'
import { helpEntries, paletteEntries } from '../../../src/ui/keys/palette-entries.ts'
import { openStand, runDiskStep, type UiStand } from '../../kit/ui-stand.ts'

const entriesOf = ({ controller }: UiStand, wanted = '') => paletteEntries(controller.getMoment(), wanted)

describe('the palette', () => {
  it('lists every action of the program, on every screen', async () => {
    for (const more of [{ initial: { runbook: 'node-checks', step: 'disk' } }, {}]) {
      const listed = new Set(entriesOf(await openStand(more)).map(entry => entry.id))
      expect(bindings.map(({ id }) => id).filter(id => !listed.has(id))).toEqual([])
    }
  })

  it('says of an action of another screen where it counts', async () => {
    const stand = await openStand()
    const quit = entriesOf(stand).find(({ id }) => id === 'home-quit')
    expect(quit?.reason).toBe('Counts on the home screen.')
  })

  it('says why an action of this screen cannot be done', async () => {
    const stand = await openStand()
    expect(entriesOf(stand).find(({ id }) => id === 'go-back')?.reason).toMatch(/.+\.$/)
  })

  it('says in a sentence of every action that cannot be done why that is', async () => {
    const ran = await openStand()
    runDiskStep(ran)
    for (const stand of [await openStand(), ran, await openStand({})]) {
      const reasons = entriesOf(stand).flatMap(({ reason }) => reason ?? [])
      expect(reasons.length).toBeGreaterThan(20)
      expect(reasons.filter(reason => !/^[A-Z"].*[.]$/s.test(reason))).toEqual([])
    }
  })

  it('finds an action by words in any order and by a slip of the finger', async () => {
    const stand = await openStand()
    expect(entriesOf(stand, 'reads all run')[0]?.id).toBe('run-reads')
    expect(entriesOf(stand, 'jornal').some(({ id }) => id === 'note')).toBe(true)
  })

  it('finds the way out by the word that other programs have for it', async () => {
    const stand = await openStand()
    for (const word of ['quit', 'q', 'q!', 'wq', 'exit'])
      expect(entriesOf(stand, word)[0]).toMatchObject({ id: 'leave', reason: undefined })
  })

  it('tells in the help what several keys of an action do together', async () => {
    const { controller } = await openStand({})
    const help = helpEntries(controller.getMoment(), '')
    const texts = bindings.filter(({ keys, describe }) => keys.length > 1 && describe !== undefined)
    for (const { id, description } of texts)
      expect(help.filter(entry => entry.id === id).every(({ text }) => text === description)).toBe(true)
    expect(texts.length).toBeGreaterThan(1)
  })

  it('puts what can be done now before what cannot', async () => {
    const reasons = entriesOf(await openStand(), 'step').map(({ reason }) => reason === undefined)
    expect(reasons).toContain(false)
    expect(reasons.lastIndexOf(true)).toBeLessThan(reasons.indexOf(false))
  })

  it('lists the ways on one by one, by their titles', async () => {
    const ways = entriesOf(await openStand(), 'take the way free space')
    expect(ways[0]).toMatchObject({ id: 'choose', keys: '1', text: 'Take the way: Free space' })
  })

  it('does with Enter what is chosen, and closes', async () => {
    const stand = await openStand()
    stand.type(':run all')
    stand.press('enter')
    expect(stand.overlay()).toBeUndefined()
    expect(stand.store().running()).toHaveLength(1)
    expect(stand.store().getSnapshot().session.runs.size).toBeGreaterThan(1)
  })

  it('gives a part of the screen the keys before it does one of its actions', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.type(':wrap long')
    stand.press('enter')
    expect(stand.controller.getMoment().ui).toMatchObject({ focus: 'output', longLines: 'wrap' })
  })

  it('stays open on an action that cannot be done, and says why', async () => {
    const stand = await openStand()
    stand.type(':back to the step before')
    stand.press('enter')
    expect(stand.overlay()?.kind).toBe('palette')
    expect(stand.notice()).toMatch(/.+\.$/)
  })

  it('keeps the choice within the list', async () => {
    const stand = await openStand()
    stand.type(':suspend')
    const { length } = entriesOf(stand, 'suspend')
    for (let times = 0; times < length + 5; times++) stand.press('down')
    stand.press('up')
    expect(stand.overlay()).toMatchObject({ selected: Math.max(0, length - 2) })
  })
})

describe('the help', () => {
  it('is filtered by what is typed, and does what is chosen', async () => {
    const stand = await openStand()
    stand.type('?/note')
    stand.press('enter')
    expect(stand.overlay()).toMatchObject({ kind: 'note' })
  })

  it('goes back to all keys with Esc out of the filter, then closes', async () => {
    const stand = await openStand()
    stand.type('?/note')
    stand.press('esc')
    expect(stand.overlay()).toMatchObject({ kind: 'help', selected: 0 })
    stand.press('esc')
    expect(stand.overlay()).toBeUndefined()
  })

  it('does the action under the choice without a filter', async () => {
    const stand = await openStand()
    stand.type('?G')
    stand.press('k', 'j', 'enter')
    expect(stand.overlay()?.kind).not.toBe('help')
  })
})
