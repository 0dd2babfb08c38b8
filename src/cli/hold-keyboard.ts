/**
 * Keeps keys that are typed while the screen is being prepared from being echoed into its first frame; they wait and are read by it.
 * When the process ends, the terminal's mode is put back by Node.
 */
export const holdKeyboard = (): void => {
  if (process.stdin.isTTY) process.stdin.setRawMode(true)
}
