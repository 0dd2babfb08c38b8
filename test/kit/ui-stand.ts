import type { Controller } from '../../src/ui/control/controller.ts'
import { createController } from '../../src/ui/control/create-controller.ts'
import { pressesOf } from '../../src/ui/keys/press.ts'
import type { Size } from '../../src/ui/layout/rectangle.ts'
import type { AppServices } from '../../src/ui/services.ts'
import type { Overlay } from '../../src/ui/state/overlay.ts'
import { createTestServices, fullDisk } from './render-runbook.ts'
import type { FakeStore } from './render-store.ts'

/** The interface without a screen, for tests of what keys bring about. */
export type UiStand = {
  readonly controller: Controller
  /** The session that was opened last. */
  readonly store: () => FakeStore
  readonly press: (...names: readonly string[]) => void
  readonly type: (text: string) => void
  readonly overlay: () => Overlay | undefined
  readonly notice: () => string | undefined
  readonly copied: () => readonly string[]
}

/** The step of the made-up runbook on which tests begin. */
export const diskStep = { runbook: 'node-checks', step: 'disk' }

/** Opens a stand, on the first step of the made-up runbook unless other services are given. */
export const openStand = async (
  more: Partial<AppServices> = { initial: diskStep },
  size: Size = { columns: 120, rows: 40 },
): Promise<UiStand> => {
  const { services, stores } = createTestServices(more)
  const controller = createController(services)
  const copied: string[] = []
  controller.attach({
    exit: () => undefined,
    lend: use => use(),
    isLent: () => false,
    repaint: () => undefined,
    copy: text => copied.push(text),
  })
  controller.resize(size)
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
    copied: () => copied,
  }
}

/** Runs the first command of the disk step, which finds a full filesystem. */
export const runDiskStep = ({ press, store }: Pick<UiStand, 'press' | 'store'>): void => {
  press('enter')
  store().print('r1', fullDisk)
  store().end('r1')
}
