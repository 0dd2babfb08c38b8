/** Stops the whole foreground job, as Ctrl-Z does, and resolves when the shell lets it go on. */
export const suspendJob = (): Promise<void> =>
  new Promise(resolve => {
    process.once('SIGCONT', () => resolve())
    // Group 0 is our own: npm and the launcher stand in it too, and the shell waits for all of them.
    process.kill(0, 'SIGTSTP')
  })
