import { type Press, pressesOf } from '../keys/press.ts'
import { isTyping } from '../keys/scopes-of.ts'
import { fieldOfOverlay } from '../state/overlay.ts'
import { editField, insertText } from '../state/text-field.ts'
import type { Stage } from './stage.ts'

/** Puts text into the field that lies over the screen. */
export type Typing = {
  /** Gives false when no text is typed now, or the key does not edit. */
  readonly edit: (press: Press) => boolean
  /** Into the field as one line; dropped with a notice where there is none. */
  readonly paste: (text: string) => void
  /** Text that came at once without the terminal's paste marks. */
  readonly typeAll: (text: string, press: (key: Press) => void) => void
}

/** Typing on a stage. */
export const createTyping = (stage: Stage): Typing => {
  const fieldNow = () => fieldOfOverlay(stage.getMoment().ui.overlay)
  const paste = (text: string): void => {
    const field = fieldNow()
    if (field !== undefined) stage.apply([{ type: 'type', field: insertText(field, text) }])
    else stage.tell('Pasted text was dropped: nothing is being typed here.', 'warn')
  }
  return {
    edit: press => {
      const field = fieldNow()
      const edited = field && editField(field, press)
      if (edited !== undefined) stage.apply([{ type: 'type', field: edited }])
      return edited !== undefined
    },
    paste,
    typeAll: (text, press) => {
      if (!isTyping(stage.getMoment())) return paste(text)
      // Fast typing over a slow line may end with Enter; line ends before that are only text.
      const [, line = '', end = ''] = /^([\s\S]*?)([\r\n]*)$/.exec(text) ?? []
      for (const key of pressesOf(line.replace(/[\r\n]+/g, ' '))) {
        if (isTyping(stage.getMoment())) press(key)
      }
      if (end !== '' && isTyping(stage.getMoment())) press({ name: 'enter' })
    },
  }
}
