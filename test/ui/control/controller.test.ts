import { describe, expect, it } from 'vitest'
import type { Controller } from '../../../src/ui/control/controller.ts'
import { createController } from '../../../src/ui/control/create-controller.ts'
import { pressesOf } from '../../../src/ui/keys/press.ts'
import { presentOverlay } from '../../../src/ui/present/present-overlay.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import type { Overlay } from '../../../src/ui/state/overlay.ts'
import { createTestServices, fullDisk } from '../../kit/render-runbook.ts'
import type { FakeStore } from '../../kit/render-store.ts'

type Stand = {
  readonly controller: Controller
  readonly store: () => FakeStore
  readonly press: (...names: readonly string[]) => void
  readonly type: (text: string) => void
  readonly overlay: () => Overlay | undefined
  readonly notice: () => string | undefined
  readonly exits: () => number
  /** Resolves when the terminal is left. */
  readonly left: Promise<void>
  readonly copied: () => readonly string[]
}

const disk = { runbook: 'node-checks', step: 'disk' }

const open = async (more: Partial<AppServices> = { initial: disk }): Promise<Stand> => {
  const { services, stores } = createTestServices(more)
  const controller = createController(services)
  const copied: string[] = []
  const leaving = Promise.withResolvers<void>()
  let exits = 0
  controller.attach({
    exit: () => {
      exits++
      leaving.resolve()
    },
    lend: use => use(),
    isLent: () => false,
    repaint: () => undefined,
    copy: text => copied.push(text),
  })
  controller.resize({ columns: 120, rows: 40 })
  await controller.start()
  return {
    controller,
    store: () => {
      const store = stores.at(-1)
      if (store === undefined) throw new Error('no session was opened')
      return store
    },
    press: (...names) => {
      for (const name of names) controller.press(name.length === 1 ? { name, text: name } : { name })
    },
    type: text => controller.type({ kind: 'keys', presses: pressesOf(text) }),
    overlay: () => controller.getMoment().ui.overlay,
    notice: () => controller.getMoment().ui.notice?.text,
    exits: () => exits,
    left: leaving.promise,
    copied: () => copied,
  }
}

const runDisk = ({ press, store }: Stand): void => {
  press('enter')
  store().print('r1', fullDisk)
  store().end('r1')
}

const lines = ({ store }: Stand): readonly string[] =>
  store()
    .running()
    .map(run => run.line)

describe('running commands', () => {
  it('runs the chosen command with Enter', async () => {
    const stand = await open()
    stand.press('j', 'enter')
    expect(lines(stand)).toEqual(['df -i'])
  })

  it('sees each of several keys that came at once', async () => {
    const stand = await open()
    stand.type('jkj\r')
    expect(lines(stand)).toEqual(['df -i'])
  })

  it('says why a command that runs is not run again', async () => {
    const stand = await open()
    stand.press('enter', 'enter')
    expect(stand.notice()).toContain('runs or waits already')
    stand.press('j')
    expect(stand.notice()).toBeUndefined()
  })

  it('asks for missing values first, then runs with them', async () => {
    const stand = await open()
    stand.press('j', 'j', 'enter')
    expect(stand.overlay()).toMatchObject({ kind: 'variables', asked: [{ name: 'directory' }] })
    stand.press('enter')
    expect(stand.notice()).toContain('directory needs a value')
    stand.type('/var lib')
    stand.press('enter')
    expect(stand.overlay()).toBeUndefined()
    expect(lines(stand)).toEqual(["du -xh '/var lib' --max-depth=1"])
  })

  it('keeps the form open when a value is refused', async () => {
    const stand = await open()
    stand.press('j', 'j', 'enter')
    stand.store().dispatch({ type: 'close', status: 'left' })
    stand.type('x\r')
    expect(stand.overlay()?.kind).toBe('variables')
  })

  it('queues all reads and leaves changes out', async () => {
    const stand = await open()
    stand.press('R')
    const runs = [...stand.store().getSnapshot().session.runs.values()]
    expect(runs.map(run => run.line)).toEqual(['df -h', 'df -i'])
  })

  it('runs an edited command as it was typed', async () => {
    const stand = await open()
    stand.press('i')
    stand.type(' /var\r')
    expect(lines(stand)).toEqual(['df -h /var'])
  })

  it('runs a command of the operator', async () => {
    const stand = await open()
    stand.press('!')
    stand.type('uptime')
    stand.press('enter')
    expect(lines(stand)).toEqual(['uptime'])
    expect(stand.controller.getMoment().scene?.entries.at(-1)?.line).toBe('uptime')
  })
})

describe('approvals', () => {
  const ask = async (): Promise<Stand> => {
    const stand = await open()
    stand.press('j', 'j', 'j', 'enter')
    return stand
  }

  it('asks for the word before a change and runs only with it', async () => {
    const stand = await ask()
    expect(stand.overlay()?.kind).toBe('approval')
    stand.type('worker-2')
    stand.press('enter')
    expect(lines(stand)).toEqual(['journalctl --vacuum-size=200M'])
    expect(stand.overlay()).toBeUndefined()
  })

  it('takes any other word for a no, and says so', async () => {
    const stand = await ask()
    stand.type('ok\r')
    expect(stand.notice()).toContain('is not the word')
    expect(stand.overlay()).toBeUndefined()
    expect([...stand.store().getSnapshot().session.runs.values()].map(run => run.phase)).toEqual(['dropped'])
    expect(lines(stand)).toEqual([])
  })

  it('says no by default', async () => {
    const stand = await ask()
    stand.press('enter')
    expect(stand.overlay()).toBeUndefined()
    expect(lines(stand)).toEqual([])
  })

  it('says no with Escape', async () => {
    const stand = await ask()
    stand.press('esc')
    expect(stand.overlay()).toBeUndefined()
    expect(stand.store().getSnapshot().session.approval).toBeUndefined()
  })

  it('takes no key of the step screen meanwhile', async () => {
    const stand = await ask()
    stand.press('q', 'n', '1')
    expect(stand.overlay()).toMatchObject({ kind: 'approval', field: { text: 'qn1' } })
  })
})

describe('going on', () => {
  it('takes the recommended way, and goes back', async () => {
    const stand = await open()
    runDisk(stand)
    stand.press('n')
    expect(stand.controller.getMoment().scene?.step.id).toBe('free-space')
    stand.press('backspace')
    expect(stand.controller.getMoment().scene?.step.id).toBe('disk')
    stand.press(']')
    expect(stand.controller.getMoment().scene?.step.id).toBe('free-space')
  })

  it('says why nothing is recommended yet', async () => {
    const stand = await open()
    stand.press('n')
    expect(stand.notice()).toContain('recommend')
  })

  it('takes a way by its number and says so when there is none', async () => {
    const stand = await open()
    stand.press('9')
    expect(stand.notice()).toContain('no way 9')
    stand.press('3')
    expect(stand.controller.getMoment().scene?.step.id).toBe('applications')
  })

  it('finds a step by words of its title', async () => {
    const stand = await open()
    stand.press('/')
    stand.type('free sp')
    stand.press('enter')
    expect(stand.controller.getMoment().scene?.step.id).toBe('free-space')
  })

  it('gives the keys back to the commands on arrival and finds a step as it was left', async () => {
    const stand = await open()
    stand.press('j', 'tab', '3')
    expect(stand.controller.getMoment().ui.focus).toBe('commands')
    stand.press('[')
    expect(stand.controller.getMoment().scene?.view.command).toBe(1)
  })

  it('says when a way ends the triage', async () => {
    const stand = await open({ initial: { runbook: 'node-checks', step: 'free-space' } })
    stand.press('2')
    expect(stand.notice()).toContain('closed: resolved')
  })
})

describe('the output', () => {
  it('goes to the line that proves a finding, and on', async () => {
    const stand = await open()
    runDisk(stand)
    stand.press('e')
    expect(stand.controller.getMoment().ui.focus).toBe('output')
    expect(stand.controller.getMoment().scene?.view.markedLine).toBe(4)
    stand.press('tab', 'enter')
    expect(stand.controller.getMoment().scene?.view.markedLine).toBe(4)
  })

  it('stops following when scrolled, and follows again at the end', async () => {
    const stand = await open()
    stand.press('enter')
    stand.store().print('r1', Array.from({ length: 200 }, (_, at) => `line ${at}`).join('\n'))
    const top = () => stand.controller.getMoment().scene?.view.top
    stand.press('tab')
    expect(top()).toBe('end')
    stand.press('k')
    expect(top()).not.toBe('end')
    stand.store().print('r1', 'more')
    expect(top()).not.toBe('end')
    stand.press('G')
    expect(top()).toBe('end')
    stand.press('F')
    expect(top()).not.toBe('end')
    stand.press('F')
    expect(top()).toBe('end')
  })

  it('searches with n and N, and ends the search with Escape', async () => {
    const stand = await open()
    stand.press('enter')
    stand.store().print('r1', ['a', 'Needle', 'b', 'needle', 'c'].join('\n'))
    stand.press('tab', '/')
    stand.type('needle\r')
    const marked = () => stand.controller.getMoment().scene?.view.markedLine
    expect(marked()).toBe(2)
    stand.press('n')
    expect(marked()).toBe(4)
    stand.press('n')
    expect(marked()).toBe(2)
    stand.press('N')
    expect(marked()).toBe(4)
    expect(stand.notice()).toBe('line 4: match 2 of 2')
    stand.press('esc')
    expect(stand.controller.getMoment().ui.find).toBeUndefined()
    expect(stand.overlay()).toBeUndefined()
  })

  it('shows the output of the command that is chosen', async () => {
    const stand = await open()
    runDisk(stand)
    stand.press('j', 'enter')
    stand.store().end('r2')
    expect(stand.controller.getMoment().scene?.run?.runId).toBe('r2')
    stand.press('k')
    expect(stand.controller.getMoment().scene?.run?.runId).toBe('r1')
  })
})

describe('a command of your own', () => {
  it('says where it would run', async () => {
    const stand = await open()
    stand.press('!')
    const overlay = stand.overlay()
    const shown = overlay && presentOverlay(overlay, stand.controller.getMoment()).rows.map(rowText)
    expect(shown?.[0]).toBe('Enter runs it on node; what may change something asks first')
  })
})

describe('pastes', () => {
  it('are dropped with a notice where nothing is typed', async () => {
    const stand = await open()
    stand.controller.paste('q\n1\nR')
    stand.controller.type({ kind: 'paste', text: 'jjjjjjjjjjjjj' })
    expect(stand.notice()).toContain('dropped')
    expect(stand.store().getSnapshot().session.runs.size).toBe(0)
  })

  it('go into a field as one line', async () => {
    const stand = await open()
    stand.press('!')
    stand.controller.paste('echo a\necho b\n')
    expect(stand.overlay()).toMatchObject({ kind: 'ad-hoc', field: { text: 'echo a echo b' } })
  })

  it('are told from fast typing in a field, which may end with Enter', async () => {
    const stand = await open()
    stand.press('!')
    stand.controller.type({ kind: 'paste', text: 'uptime --pretty\r' })
    expect(lines(stand)).toEqual(['uptime --pretty'])
  })

  it('are told from fast typing that opens its field first', async () => {
    const stand = await open()
    stand.controller.type({ kind: 'paste', text: '!uptime --pretty\r' })
    expect(lines(stand)).toEqual(['uptime --pretty'])
    expect(stand.notice()).toBeUndefined()
  })

  it('open no field with a letter, a sign that opens none, or several lines', async () => {
    const stand = await open()
    for (const text of ['node went away\r', '|grep -i error\r', '!uptime\r!reboot\r']) {
      stand.controller.type({ kind: 'paste', text })
      expect(stand.overlay()).toBeUndefined()
      expect(stand.notice()).toContain('dropped')
    }
    expect(lines(stand)).toEqual([])
  })
})

describe('leaving', () => {
  it('stops the command with the first Ctrl-C and leaves with the second', async () => {
    const stand = await open()
    stand.press('enter', 'ctrl-c')
    expect(lines(stand)).toEqual([])
    expect(stand.notice()).toContain('Stopping the command')
    expect(stand.exits()).toBe(0)
    stand.press('ctrl-c')
    await stand.left
    expect(stand.controller.end().kind).toBe('interrupted')
  })

  it('forgets the first Ctrl-C with any other key', async () => {
    const stand = await open()
    stand.press('ctrl-c', 'j', 'ctrl-c')
    await Promise.resolve()
    expect(stand.exits()).toBe(0)
  })

  it('leaves with q, and asks while a command runs', async () => {
    const stand = await open()
    stand.press('enter', 'q')
    expect(stand.overlay()).toEqual({ kind: 'leave', to: 'quit', selected: 1 })
    stand.press('enter')
    expect(stand.overlay()).toBeUndefined()
    stand.press('q', 'y')
    await stand.left
    expect(stand.store().getSnapshot().session.closed).toBe('left')
    expect(stand.controller.end()).toEqual({ kind: 'left', sessions: [stand.store()], drills: [] })
  })

  it('asks when Escape would leave, and goes one level up before', async () => {
    const stand = await open()
    stand.press('z', 'esc')
    expect(stand.controller.getMoment().ui.zoom).toBeUndefined()
    expect(stand.overlay()).toBeUndefined()
    stand.press('esc')
    expect(stand.overlay()?.kind).toBe('leave')
  })
})

describe('the home screen', () => {
  it('opens a runbook and comes back with q', async () => {
    const stand = await open({})
    stand.press('2', 'enter')
    await expect.poll(() => stand.controller.getMoment().ui.place.kind).toBe('step')
    stand.press('q')
    await expect.poll(() => stand.controller.getMoment().ui.place.kind).toBe('home')
    expect(stand.store().getSnapshot().session.closed).toBe('left')
    stand.press('q')
    await stand.left
  })

  it('opens a runbook at what someone complains of', async () => {
    const stand = await open({})
    stand.press('enter')
    await expect.poll(() => stand.controller.getMoment().scene?.step.id).toBe('kubelet')
  })

  it('says why a runbook could not be opened', async () => {
    const stand = await open({
      openSession: async () => Promise.reject(new Error('The target does not answer.')),
    })
    stand.press('enter')
    await expect.poll(() => stand.notice()).toBe('The target does not answer.')
    expect(stand.controller.getMoment().ui.place.kind).toBe('home')
  })
})

describe('copying', () => {
  it('copies the command, the output or the step', async () => {
    const stand = await open()
    runDisk(stand)
    stand.press('y', 'c', 'y', 'o', 'y', 's')
    expect(stand.copied()[0]).toBe('df -h')
    expect(stand.copied()[1]).toBe(fullDisk)
    expect(stand.copied()[2]).toContain('Disk space')
  })

  it('copies what is chosen in the menu', async () => {
    const stand = await open()
    runDisk(stand)
    stand.press('y', 'j', 'enter')
    expect(stand.copied()).toEqual([fullDisk])
    expect(stand.overlay()).toBeUndefined()
  })

  it('says when there is nothing to copy', async () => {
    const stand = await open()
    stand.press('y', 'o')
    expect(stand.notice()).toBe('There is no output to copy.')
    expect(stand.copied()).toEqual([])
  })
})

describe('a screen that is too small', () => {
  it('takes no key that could do something unseen', async () => {
    const stand = await open()
    stand.controller.resize({ columns: 39, rows: 12 })
    stand.press('enter', 'R', 'n')
    expect(stand.store().getSnapshot().session.runs.size).toBe(0)
    stand.press('q')
    await stand.left
  })
})

describe('what the store has to say', () => {
  it('is said once when it comes, and stays to be looked up', async () => {
    const stand = await open()
    stand.store().notice('The journal cannot be written: no space left on device.')
    expect(stand.notice()).toContain('no space left')
    stand.press('j')
    expect(stand.notice()).toBeUndefined()
    expect(stand.controller.getMoment().snapshot?.notices).toHaveLength(1)
  })
})

describe('a finding', () => {
  it('leads to the step that deals with it', async () => {
    const stand = await open()
    stand.press('o')
    expect(stand.notice()).toContain('No finding')
    runDisk(stand)
    stand.press('o')
    expect(stand.controller.getMoment().scene?.step.id).toBe('free-space')
  })
})

describe('keys that other programs have', () => {
  it('copies by c too', async () => {
    const { press, copied } = await open()
    press('c', 'c')
    expect(copied()).toHaveLength(1)
  })

  it('follows the output by F from any part of the screen, once there is one', async () => {
    const { controller, press, notice } = await open()
    press('F')
    expect(notice()).toContain('no output to follow')
    press('enter', 'F')
    expect(controller.getMoment().ui.focus).toBe('output')
    expect(controller.getMoment().scene?.view.top).toBe('end')
  })

  it('says of a key that does nothing here how to find those that do', async () => {
    const { press, notice, overlay } = await open()
    press('x')
    expect(notice()).toBe('x does nothing here. ? shows the keys that do.')
    press('ctrl-s')
    expect(notice()).toBe('Ctrl-S does nothing here. ? shows the keys that do.')
    press('N', 'x', 'ctrl-s')
    expect([overlay()?.kind, notice()]).toEqual(['note', undefined])
  })
})
