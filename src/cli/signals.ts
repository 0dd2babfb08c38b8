/** Resolves with the first of these signals to arrive. From now on none of them ends the process by itself. */
export const firstSignal = (signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise(resolve => {
    // The listeners stay: libraries that see no other listener while they handle a signal would raise it again and end the process.
    for (const signal of signals) process.on(signal, resolve)
  })
