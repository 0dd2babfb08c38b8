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
  readonly typeAll: (text: string, keys: Keys) => void
}

/** What typing asks of the keys around it. */
export type Keys = {
  readonly press: (press: Press) => void
  /** Tells whether a key would open a field to type into, and do nothing else. */
  readonly opensField: (press: Press) => boolean
}

const isSign = ({ text = '' }: Press): boolean => /^[\p{P}\p{S}]/u.test(text)

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
    typeAll: (text, { press, opensField }) => {
      // Fast typing over a slow line may end with Enter; line ends before that are only text.
      const [, line = '', end = ''] = /^([\s\S]*?)([\r\n]*)$/.exec(text) ?? []
      const keys = pressesOf(line.replace(/[\r\n]+/g, ' '))
      const [first] = keys
      if (!isTyping(stage.getMoment())) {
        // Prose and commands begin with letters; a sign that opens a field was typed ahead.
        const isAhead = first !== undefined && isSign(first) && !/[\r\n]/.test(line) && opensField(first)
        if (!isAhead) return paste(text)
      }
      for (const key of keys) {
        if (key === first || isTyping(stage.getMoment())) press(key)
      }
      if (end !== '' && isTyping(stage.getMoment())) press({ name: 'enter' })
    },
  }
}
