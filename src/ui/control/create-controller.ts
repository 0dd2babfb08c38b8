import { bindings } from '../keys/bindings.ts'
import { type Press, pressesOf } from '../keys/press.ts'
import { resolveKey } from '../keys/resolve-key.ts'
import { isTyping, scopesOf } from '../keys/scopes-of.ts'
import { isTooSmall } from '../layout/rectangle.ts'
import type { AppServices } from '../services.ts'
import { fieldOfOverlay } from '../state/overlay.ts'
import { editField, insertText } from '../state/text-field.ts'
import type { Controller } from './controller.ts'
import { openSession } from './open-session.ts'
import { createPerformer } from './perform.ts'
import { createStage } from './stage.ts'

const safeWhenSmall = ['ctrl-c', 'ctrl-z', 'q', 'esc']

/** The interface for the services, without a screen yet. */
export const createController = (services: AppServices): Controller => {
  const stage = createStage(services)
  const { perform, attach, endKind } = createPerformer(stage)

  const editText = (press: Press): boolean => {
    const field = fieldOfOverlay(stage.getMoment().ui.overlay)
    const edited = field && editField(field, press)
    if (edited !== undefined) stage.apply([{ type: 'type', field: edited }])
    return edited !== undefined
  }
  const resolve = (press: Press): void => {
    const moment = stage.getMoment()
    const found = resolveKey(bindings, { scopes: scopesOf(moment), press, context: moment })
    if (found.kind === 'action') perform(found.action)
    else if (found.kind === 'disabled') stage.tell(found.reason, 'warn')
    else editText(press)
  }
  const press = (key: Press): void => {
    const { ui, size } = stage.getMoment()
    if (isTooSmall(size) && !safeWhenSmall.includes(key.name)) return
    if (key.name !== 'ctrl-c' && (ui.notice !== undefined || ui.interrupts > 0))
      stage.apply([{ type: 'key-pressed' }])
    if (key.text === undefined || !editText(key)) resolve(key)
  }
  const paste = (text: string): void => {
    const field = fieldOfOverlay(stage.getMoment().ui.overlay)
    if (field !== undefined) stage.apply([{ type: 'type', field: insertText(field, text) }])
    else stage.tell('Pasted text was dropped: nothing is being typed here.', 'warn')
  }
  /** Fast typing into a field: its last key may be Enter, line ends before it are only text. */
  const typeAll = (text: string): void => {
    const [, line = '', end = ''] = /^([\s\S]*?)([\r\n]*)$/.exec(text) ?? []
    for (const key of pressesOf(line.replace(/[\r\n]+/g, ' '))) {
      if (isTyping(stage.getMoment())) press(key)
    }
    if (end !== '') press({ name: 'enter' })
  }
  return {
    getMoment: stage.getMoment,
    subscribe: stage.subscribe,
    start: async () => {
      const { initial, resumed } = services
      if (resumed !== undefined)
        await openSession(stage, { text: 'Opening the session…', open: () => Promise.resolve(resumed) })
      else if (initial !== undefined)
        await openSession(stage, { text: 'Opening the runbook…', open: () => services.openSession(initial) })
    },
    type: chunk => {
      if (chunk.kind === 'keys') for (const key of chunk.presses) press(key)
      else if (isTyping(stage.getMoment())) typeAll(chunk.text)
      else paste(chunk.text)
    },
    paste,
    press,
    resize: stage.resize,
    attach,
    end: () => ({ kind: endKind(), sessions: stage.desk.all() }),
  }
}
