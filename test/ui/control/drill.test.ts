import { describe, expect, it } from 'vitest'
import { createController } from '../../../src/ui/control/create-controller.ts'
import type { ShellEnd } from '../../../src/ui/drill-port.ts'
import { keyHints } from '../../../src/ui/keys/key-hints.ts'
import { ownBindings } from '../../../src/ui/keys/own-bindings.ts'
import { pressesOf } from '../../../src/ui/keys/press.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { aDrillEntry, anEnd, createFakeDrill } from '../../kit/fake-drill.ts'
import { createTestServices } from '../../kit/render-runbook.ts'

const open = async (more: Partial<AppServices> = {}, shellEnd: () => ShellEnd = () => 'back') => {
  const { services, stores } = createTestServices({
    drills: [aDrillEntry('done-once', { best: 50 }), aDrillEntry('quiet-node')],
    openDrill: async name => {
      opened.push(name)
      return drill
    },
    ...more,
  })
  const opened: string[] = []
  const drill = createFakeDrill(
    () => services.openSession({ runbook: 'node-checks', step: 'disk' }),
    shellEnd,
  )
  const controller = createController(services)
  const leaving = Promise.withResolvers<void>()
  controller.attach({
    exit: leaving.resolve,
    lend: use => use(),
    isLent: () => false,
    repaint: () => undefined,
    copy: () => undefined,
  })
  controller.resize({ columns: 120, rows: 40 })
  await controller.start()
  const now = controller.getMoment
  const press = (...names: readonly string[]): void => {
    for (const name of names) controller.press(name.length === 1 ? { name, text: name } : { name })
  }
  const isAt = async (kind: string): Promise<void> => {
    // The first session loads what renders Markdown, which takes its time on a busy machine.
    await expect.poll(() => now().ui.place.kind, { timeout: 10_000 }).toBe(kind)
  }
  const begin = async (): Promise<void> => {
    press('d')
    await isAt('briefing')
  }
  const triage = async (): Promise<void> => {
    await begin()
    press('enter')
    await isAt('step')
  }
  const type = (text: string): void => controller.type({ kind: 'keys', presses: pressesOf(text) })
  return { controller, opened, drill, stores, now, press, type, isAt, begin, triage, left: leaving.promise }
}

describe('a drill chosen on the home screen', () => {
  it('is not begun by a key that was pressed before its story could be read', async () => {
    const stand = await open({
      openDrill: async () => {
        // What waits at the terminal is read in the turn after the one that kept the program busy.
        if (stand.opened.push('quiet-node') > 1) setImmediate(() => stand.press('enter'))
        return stand.drill
      },
    })
    await stand.begin()
    stand.press('esc')
    await stand.isAt('home')
    await stand.begin()
    expect(stand.now().ui.place.kind).toBe('briefing')
    stand.press('enter')
    await stand.isAt('step')
  })

  it('is briefed first, and is the one that was not finished yet when none is chosen', async () => {
    const stand = await open()
    await stand.begin()
    expect(stand.opened).toEqual(['quiet-node'])
  })

  it('is the chosen one with Enter', async () => {
    const stand = await open()
    stand.press('3', 'j', 'enter')
    await stand.isAt('briefing')
    expect(stand.opened).toEqual(['done-once'])
  })

  it('says on the home screen why it could not be opened', async () => {
    const stand = await open({ openDrill: async () => Promise.reject(new Error('No such drill.')) })
    stand.press('d')
    await expect.poll(() => stand.now().ui.notice?.text).toBe('No such drill.')
    expect(stand.now().ui.place.kind).toBe('home')
  })

  it('is practised without a clock until something was run', async () => {
    const stand = await open()
    await stand.begin()
    stand.press('c')
    expect(stand.now().drill?.progress.clock).toBe('practice')
    stand.press('c')
    stand.drill.run()
    stand.press('c')
    expect(stand.now().drill?.progress.clock).toBe('timed')
    expect(stand.now().ui.notice?.text).toContain('has begun')
  })
})

describe('a drill in the screens', () => {
  it('keeps its triage while the briefing is read again', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('q')
    await stand.isAt('briefing')
    stand.press('enter')
    await stand.isAt('step')
    expect(stand.stores).toHaveLength(1)
    stand.press('B')
    await stand.isAt('briefing')
  })

  it('says of the briefing that it is read already', async () => {
    const stand = await open()
    await stand.begin()
    stand.press('B')
    expect(stand.now().ui.notice?.text).toBe('The briefing is on the screen.')
    stand.press('enter')
    await stand.isAt('step')
    stand.press('B')
    await stand.isAt('briefing')
  })

  it('names a cause out of those that hold the words, and says whether it is right', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('D')
    stand.type('no such words')
    stand.press('enter')
    expect(stand.now().ui.notice?.text).toContain('No cause')
    stand.press('ctrl-u')
    stand.type('full disk')
    stand.press('enter')
    expect(stand.now().drill?.progress.named).toEqual([{ cause: 'disk-full', isRight: true }])
    const offered = keyHints(stand.now()).map(({ text }) => text)
    expect(offered).not.toContain('name the cause')
    expect(offered).toContain('finish')
    expect(stand.now().ui.notice?.text).toContain('is right')
  })

  it('takes hints one after another, and says when there are no more', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('H', 'enter', 'enter', 'enter', 'enter')
    expect(stand.now().drill?.progress.hints).toEqual(['Hint 1.', 'Hint 2.', 'Hint 3.'])
    expect(stand.now().ui.notice?.text).toContain('All hints')
  })

  it('hides its clock and shows it again', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('K')
    expect(stand.now().ui.clock).toBe('hidden')
    stand.press('K')
    expect(stand.now().ui.clock).toBe('shown')
  })

  it('goes to the shell and comes back to where it was', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('S')
    await expect.poll(() => stand.drill.asked()).toEqual(['shell'])
    expect(stand.now().ui.place.kind).toBe('step')
  })

  it('keeps out of the shell while a command runs', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('r', 'S')
    expect(stand.drill.asked()).toEqual([])
    expect(stand.now().ui.notice?.text).toContain('Ctrl-C')
  })

  it('says how to finish when the triage has come to its end', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('/')
    stand.type('free sp')
    stand.press('enter', '2')
    expect(stand.now().ui.notice?.text).toContain('Press X to finish the drill')
  })

  it("names the operator's own key for that", async () => {
    const { bindings } = ownBindings(new Map([['drill-finish', ['Z']]]))
    const stand = await open({ bindings })
    await stand.begin()
    stand.press('D')
    stand.type('full disk')
    stand.press('enter')
    expect(stand.now().ui.notice?.text).toContain('then Z finishes the drill')
  })
})

describe('the end of a drill', () => {
  it('is asked for, closes the triage and shows the debrief', async () => {
    const stand = await open()
    await stand.triage()
    stand.press('X', 'n')
    expect(stand.drill.asked()).toEqual([])
    stand.press('X', 'y')
    await stand.isAt('debrief')
    expect(stand.drill.asked()).toEqual(['finish', 'close'])
    expect(stand.stores[0]?.getSnapshot().session.closed).toBe('left')
    stand.press('q')
    await stand.isAt('home')
    expect(stand.controller.end().drills).toEqual([anEnd])
  })

  it('comes from the shell too, with a score or without', async () => {
    const finished = await open({}, () => 'finish')
    await finished.begin()
    finished.press('S')
    await finished.isAt('debrief')
    const givenUp = await open({}, () => 'give-up')
    await givenUp.begin()
    givenUp.press('S')
    await givenUp.isAt('home')
    expect(givenUp.drill.asked()).toEqual(['shell', 'close'])
  })

  it('is asked about once something was run, and leaves without a score', async () => {
    const stand = await open()
    await stand.begin()
    stand.drill.run()
    stand.press('q')
    expect(stand.now().ui.overlay?.kind).toBe('leave')
    stand.press('y')
    await stand.isAt('home')
    expect(stand.drill.asked()).toEqual(['close'])
    expect(stand.now().drill).toBeUndefined()
  })

  it('leaves the program when the drill was asked for at its start', async () => {
    const stand = await open({ initialDrill: 'quiet-node' })
    expect(stand.now().ui.place.kind).toBe('briefing')
    stand.press('q')
    await stand.left
  })
})
