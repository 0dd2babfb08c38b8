import { keyName } from '../keys/key-names.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Press } from '../keys/press.ts'
import { type Resolution, resolveKey } from '../keys/resolve-key.ts'
import { isTyping, scopesOf } from '../keys/scopes-of.ts'
import { isTooSmall } from '../layout/rectangle.ts'
import type { AppServices } from '../services.ts'
import type { Action } from '../state/action.ts'
import { fieldOfOverlay } from '../state/overlay.ts'
import type { UiChange } from '../state/reduce-ui.ts'
import type { Controller } from './controller.ts'
import { openSession } from './open-session.ts'
import { createPerformer } from './perform.ts'
import { openDrill } from './run-drill.ts'
import { createStage, type Stage } from './stage.ts'
import { createTyping } from './typing.ts'

/** What keys still do on a screen that is too small to show what they would do. */
const whenTooSmall: Readonly<Record<string, Action>> = {
  q: { type: 'leave', to: 'quit', asking: 'at-once' },
  'ctrl-c': { type: 'interrupt' },
  'ctrl-z': { type: 'suspend' },
  'ctrl-l': { type: 'repaint' },
}

/** Silence would leave open whether the key came through. */
const tellUnbound = (stage: Stage, { name }: Press): void =>
  stage.tell(
    `${keyName(name)} does nothing here. ${keyOf(stage.services, 'help')} shows the keys that do.`,
    'plain',
  )

/** A key that people press for what it does: arrows and the like are pressed along the way. */
const isMeant = ({ name, text }: Press): boolean => text !== undefined || /^ctrl-[a-z]$/.test(name)

const opensOnlyField = ([change, ...others]: readonly UiChange[]): boolean =>
  change?.type === 'overlay' && fieldOfOverlay(change.overlay) !== undefined && others.length === 0

const forgetNotice = (stage: Stage, { name }: Press): void => {
  const { notice, interrupts } = stage.getMoment().ui
  if (name !== 'ctrl-c' && (notice !== undefined || interrupts > 0)) stage.apply([{ type: 'key-pressed' }])
}

const openFirst = async (stage: Stage): Promise<void> => {
  const { initial, initialDrill, resumed, openSession: begin } = stage.services
  if (resumed !== undefined)
    await openSession(stage, { text: 'Opening the session…', open: async () => resumed })
  else if (initialDrill !== undefined) await openDrill(stage, initialDrill)
  else if (initial !== undefined)
    await openSession(stage, { text: 'Opening the runbook…', open: () => begin(initial) })
}

/** The interface for the services, without a screen yet. */
export const createController = (services: AppServices): Controller => {
  const stage = createStage(services)
  const typing = createTyping(stage)
  const { perform, attach, isLent, stop, endKind } = createPerformer(stage)

  const find = (key: Press): Resolution<Action> => {
    const moment = stage.getMoment()
    return resolveKey(services.bindings, { scopes: scopesOf(moment), press: key, context: moment })
  }
  const opensField = (key: Press): boolean => {
    const found = find(key)
    return found.kind === 'action' && found.action.type === 'change' && opensOnlyField(found.action.changes)
  }
  const resolve = (key: Press): void => {
    const found = find(key)
    if (found.kind === 'action') perform(found.action)
    else if (found.kind === 'disabled') stage.tell(found.reason, 'warn')
    else if (!typing.edit(key) && isMeant(key) && !isTyping(stage.getMoment())) tellUnbound(stage, key)
  }
  const press = (key: Press): void => {
    if (isLent()) return
    forgetNotice(stage, key)
    if (isTooSmall(stage.getMoment().size)) {
      const action = whenTooSmall[key.name]
      if (action !== undefined) perform(action)
    } else if (key.text === undefined || !typing.edit(key)) resolve(key)
  }
  return {
    getMoment: stage.getMoment,
    momentAt: stage.momentAt,
    subscribe: stage.subscribe,
    start: () => openFirst(stage),
    warmUp: stage.loadExplanations,
    type: chunk => {
      if (chunk.kind === 'paste') typing.typeAll(chunk.text, { press, opensField })
      else for (const key of chunk.presses) press(key)
    },
    paste: typing.paste,
    press,
    resize: stage.resize,
    attach,
    stop,
    end: () => ({ kind: endKind(), sessions: stage.desk.all(), drills: stage.drills.ends() }),
  }
}
