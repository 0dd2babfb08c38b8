/** Resolves when the terminal has gone away: reading or writing it fails. From now on that does not end the process by itself. */
export const terminalLost = (): Promise<void> =>
  new Promise(resolve => {
    const { stdin, stdout, stderr } = process
    for (const stream of [stdin, stdout, stderr]) stream.on('error', () => resolve())
    stdin.on('end', () => resolve())
  })
