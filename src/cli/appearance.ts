import type { Appearance, Multiplexer } from '../ui/index.ts'

type Environment = Readonly<Record<string, string | undefined>>

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ''

const localeOf = (env: Environment): string => [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? ''

/** How the screen may look: colours unless NO_COLOR or a dumb terminal says no (FORCE_COLOR overrules the terminal), box characters where the locale is UTF-8. */
export const appearanceOf = (env: Environment): Appearance => {
  const forced = isSet(env.FORCE_COLOR) && env.FORCE_COLOR !== '0'
  const colourless = isSet(env.NO_COLOR) || (env.TERM === 'dumb' && !forced)
  return {
    colours: colourless ? 'none' : 'sixteen',
    glyphs: /utf-?8/i.test(localeOf(env)) ? 'unicode' : 'ascii',
  }
}

/** The program that holds our terminal, by what it leaves in the environment: also over ssh its TERM comes along. */
export const multiplexerOf = (env: Environment): Multiplexer | undefined => {
  if (isSet(env.TMUX) || /^tmux/.test(env.TERM ?? '')) return 'tmux'
  return isSet(env.STY) || /^screen/.test(env.TERM ?? '') ? 'screen' : undefined
}
