import { reasonOf } from '../base/index.ts'

/** Watches one kind of thing that is kept: says once when that begins to fail, and once when it works again. */
export type Lapse = {
  /** `what` names the first that is not kept. */
  readonly begin: (what: string, error: unknown) => void
  /** `what` names the first that is kept again; nothing is said where nothing had failed. */
  readonly end: (what: string) => void
}

/** The two sentences of a lapse, and whom they are said to. */
export type LapseWords = {
  readonly began: (what: string, reason: string) => string
  readonly ended: (what: string) => string
  readonly say: (sentence: string) => void
}

/** Creates a lapse that has not begun. */
export const createLapse = ({ began, ended, say }: LapseWords): Lapse => {
  let isOn = false
  return {
    begin: (what, error) => {
      if (!isOn) say(began(what, reasonOf(error)))
      isOn = true
    },
    end: what => {
      if (isOn) say(ended(what))
      isOn = false
    },
  }
}
