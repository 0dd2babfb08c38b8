const keyboardSignals = ['SIGINT', 'SIGQUIT'] as const

const ignore = (): void => undefined

/** Takes our own listeners off a signal and ignores it; gives how to put them back. */
const mute = (signal: NodeJS.Signals): (() => void) => {
  const own = process.rawListeners(signal) as NodeJS.SignalsListener[]
  process.on(signal, ignore)
  for (const listener of own) process.off(signal, listener)
  return () => {
    for (const listener of own) process.on(signal, listener)
    process.off(signal, ignore)
  }
}

/** Does something while Ctrl-C and Ctrl-\ mean nothing to this process: they are meant for the program on the terminal. */
export const withoutKeyboardSignals = async <T>(work: () => Promise<T>): Promise<T> => {
  const restore = keyboardSignals.map(mute)
  try {
    return await work()
  } finally {
    for (const putBack of restore) putBack()
  }
}
