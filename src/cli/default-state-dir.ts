import { isAbsolute, join } from 'node:path'
import envPaths from 'env-paths'

/**
 * The directory where sessions are kept: `$XDG_STATE_HOME/runtree`, by default `~/.local/state/runtree` on Linux and what is usual
 * elsewhere. A relative XDG_STATE_HOME does not count, as the XDG base directory specification says.
 */
export const defaultStateDir = (env: Readonly<Record<string, string | undefined>>): string => {
  const stateHome = env.XDG_STATE_HOME
  if (stateHome !== undefined && isAbsolute(stateHome)) return join(stateHome, 'runtree')
  return env.HOME === undefined || process.platform !== 'linux'
    ? envPaths('runtree', { suffix: '' }).log
    : join(env.HOME, '.local', 'state', 'runtree')
}
