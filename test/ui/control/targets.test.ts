import { describe, expect, it } from 'vitest'
import { createController } from '../../../src/ui/control/create-controller.ts'
import { pressesOf } from '../../../src/ui/keys/press.ts'
import { presentOverlay } from '../../../src/ui/present/present-overlay.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { createTestServices } from '../../kit/render-runbook.ts'

const known = [
  { name: 'local', about: 'this machine' },
  { name: 'ssh:worker-2', about: 'from the ssh configuration' },
  { name: 'sim:k3s', about: 'a healthy simulated k3s cluster' },
]

const open = async (more: Partial<AppServices> = {}) => {
  const changed: string[] = []
  const { services } = createTestServices({
    targets: {
      known: () => known,
      change: async name => {
        if (name === 'ssh:nowhere:x')
          throw Object.assign(new Error('That is no port.'), { hint: 'Write a number.' })
        changed.push(name)
      },
    },
    ...more,
  })
  const controller = createController(services)
  controller.resize({ columns: 80, rows: 24 })
  await controller.start()
  const now = controller.getMoment
  return {
    changed,
    now,
    press: (...names: readonly string[]): void => {
      for (const name of names) controller.press(name.length === 1 ? { name, text: name } : { name })
    },
    type: (text: string): void => controller.type({ kind: 'keys', presses: pressesOf(text) }),
    shown: (): string => {
      const { overlay } = now().ui
      return overlay === undefined ? '' : presentOverlay(overlay, now()).rows.map(rowText).join('\n')
    },
    says: (text: string) => expect.poll(() => now().ui.notice?.text).toContain(text),
  }
}

describe('the target on the home screen', () => {
  it('is chosen from what is known, the one that counts marked', async () => {
    const stand = await open()
    stand.press('T')
    expect(stand.shown()).toMatch(/local\s+▸ now/)
    stand.type('k3s')
    stand.press('enter')
    await stand.says('run on')
    expect(stand.changed).toEqual(['sim:k3s'])
  })

  it('stands in the list also where it is none of the known ones', async () => {
    const stand = await open({ target: { name: 'ssh:typed-before', host: 'typed-before' } })
    stand.press('T')
    expect(stand.shown()).toMatch(/ssh:typed-before\s+▸ now/)
    expect(stand.shown()).toContain('ssh:worker-2')
  })

  it('is another machine when one is typed, and what is no target is said', async () => {
    const stand = await open()
    stand.press('T')
    stand.type('somewhere else')
    stand.press('enter')
    await stand.says('names no target')
    stand.press('ctrl-u')
    stand.type('ssh:ops@worker-7:2222')
    stand.press('enter')
    await expect.poll(() => stand.changed).toEqual(['ssh:ops@worker-7:2222'])
  })

  it('stays when it cannot be changed, with the reason', async () => {
    const stand = await open()
    stand.press('T')
    stand.type('ssh:nowhere:x')
    stand.press('enter')
    await stand.says('That is no port. Write a number.')
    expect(stand.now().ui.place.kind).toBe('home')
  })
})

describe('the target of a session', () => {
  it('is told with the reason why it stays', async () => {
    const stand = await open({ initial: { runbook: 'node-checks', step: 'disk' } })
    stand.press('T')
    expect(stand.shown()).toContain('as its journal says')
    expect(stand.shown()).toContain('--target')
  })
})
