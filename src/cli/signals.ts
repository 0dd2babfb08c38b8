/** Resolves with the first of these signals to arrive; until then they do not end the process. */
export const firstSignal = (signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise(resolve => {
    for (const signal of signals) process.once(signal, () => resolve(signal))
  })
