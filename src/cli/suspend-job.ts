const FOR_EVER_MS = 2 ** 31 - 1

/** Stops the whole foreground job, as Ctrl-Z does, and resolves when the shell lets it go on. */
export const suspendJob = (): Promise<void> =>
  new Promise(resolve => {
    // A listener for a signal alone does not keep the process alive, and nothing else runs while the terminal is lent.
    const alive = setInterval(() => undefined, FOR_EVER_MS)
    process.once('SIGCONT', () => {
      clearInterval(alive)
      resolve()
    })
    // Group 0 is our own: npm and the launcher stand in it too, and the shell waits for all of them.
    process.kill(0, 'SIGTSTP')
  })
