import type { Chunk, Press } from '../keys/press.ts'
import type { Size } from '../layout/rectangle.ts'
import type { AppEnd } from '../services.ts'
import type { Moment } from '../state/moment.ts'
import type { Terminal } from './terminal.ts'

/** The interface without its screen: takes keys, gives moments to draw. */
export type Controller = {
  readonly getMoment: () => Moment
  /** The moment as it is drawn at a size, which may be ahead of `resize` while the terminal is being resized. */
  readonly momentAt: (size: Size) => Moment
  readonly subscribe: (listener: () => void) => () => void
  /** Opens what was asked for at the start. */
  readonly start: () => Promise<void>
  /** Loads what the first step will need, while the home screen is read. */
  readonly warmUp: () => Promise<void>
  readonly type: (chunk: Chunk) => void
  readonly paste: (text: string) => void
  readonly press: (press: Press) => void
  readonly resize: (size: Size) => void
  readonly attach: (terminal: Terminal) => void
  /** Leaves at once and closes the session as interrupted. */
  readonly stop: () => void
  /** How it ended; meaningful once the terminal was left. */
  readonly end: () => AppEnd
}
