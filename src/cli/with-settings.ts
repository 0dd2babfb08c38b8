import type { RunCommand, RunWithSettings } from './command.ts'

/** A command for which settings count: they are read before it runs, and it does not run when they are wrong. */
export const withSettings =
  (run: RunWithSettings): RunCommand =>
  async written => {
    const { loadSettings } = await import('./load-settings.ts')
    return run({ ...written, settings: await loadSettings(written) })
  }
