import type { LendTerminal } from '../services.ts'

/** What the interface asks of the real terminal. */
export type Terminal = {
  /** Leaves the screen. */
  readonly exit: () => void
  readonly lend: LendTerminal
  /** Whether another program has it now: keys that still come here were meant for that one. */
  readonly isLent: () => boolean
  /** Draws all of the screen again, whatever others have written over it. */
  readonly repaint: () => void
  /** Puts a text into the clipboard of the terminal's owner, also over ssh. */
  readonly copy: (text: string) => void
}
