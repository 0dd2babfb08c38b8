import type { Chunk, Press } from '../keys/press.ts'
import type { Size } from '../layout/rectangle.ts'
import type { AppEnd } from '../services.ts'
import type { Moment } from '../state/moment.ts'
import type { Terminal } from './terminal.ts'

/** The interface without its screen: takes keys, gives moments to draw. */
export type Controller = {
  readonly getMoment: () => Moment
  readonly subscribe: (listener: () => void) => () => void
  /** Opens what was asked for at the start. */
  readonly start: () => Promise<void>
  readonly type: (chunk: Chunk) => void
  readonly paste: (text: string) => void
  readonly press: (press: Press) => void
  readonly resize: (size: Size) => void
  readonly attach: (terminal: Terminal) => void
  /** How it ended; meaningful once the terminal was left. */
  readonly end: () => AppEnd
}
