import { isAbsolute, join } from 'node:path'
import envPaths from 'env-paths'

/**
 * The settings file: `$XDG_CONFIG_HOME/runtree/config.yaml`, by default below `~/.config` on Linux and where it is usual elsewhere.
 * A relative XDG_CONFIG_HOME does not count, as the XDG base directory specification says.
 */
export const defaultConfigFile = (env: Readonly<Record<string, string | undefined>>): string => {
  const { XDG_CONFIG_HOME: configHome, HOME: home } = env
  if (configHome !== undefined && isAbsolute(configHome)) return join(configHome, 'runtree', 'config.yaml')
  const folder =
    home === undefined || process.platform !== 'linux'
      ? envPaths('runtree', { suffix: '' }).config
      : join(home, '.config', 'runtree')
  return join(folder, 'config.yaml')
}
