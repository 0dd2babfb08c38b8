/** Whether lines of an output are printed with the time at which they came. */
export type OutputTimes = {
  /** Changes it, and says what holds now. */
  readonly toggle: () => string
  /** What stands before a line that comes now. */
  readonly prefix: () => string
}

/** In UTC, as on the screens and in the journal. */
const clock = (): string => new Date().toISOString().slice(11, 19)

/** Creates the switch; at first lines come without. */
export const createOutputTimes = (): OutputTimes => {
  let isShown = false
  return {
    toggle: () => {
      isShown = !isShown
      return isShown
        ? 'Each line of an output now has the time before it at which it came, in UTC. times ends that.'
        : 'Lines of an output now come without the time.'
    },
    prefix: () => (isShown ? `[${clock()}] ` : ''),
  }
}
