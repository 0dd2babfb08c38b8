import { type AppServices, ownBindings } from '../ui/index.ts'
import type { Invocation } from './command.ts'

/** What the settings say about the screen. */
export type ScreenWishes = Pick<AppServices, 'bindings' | 'longLines' | 'drillClock'>

/** Reads from the settings how the operator wants the screen; their keys were checked when they were read. */
export const screenWishes = ({ settings }: Pick<Invocation, 'settings'>): ScreenWishes => {
  const { keys, wrap } = settings.values
  return {
    ...(keys.size === 0 ? {} : { bindings: ownBindings(keys).bindings }),
    drillClock: settings.values['drill.clock'] === 'hidden' ? 'hidden' : 'shown',
    longLines: wrap ? 'wrap' : 'cut',
  }
}
