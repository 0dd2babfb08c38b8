import type { Appearance, Multiplexer, ThemeName } from '../ui/index.ts'

type Environment = Readonly<Record<string, string | undefined>>

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ''

const localeOf = (env: Environment): string => [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? ''

/** How the screen may look: colours unless NO_COLOR or a dumb terminal says no (FORCE_COLOR overrules the terminal, and 0 or false refuses them), box characters where the locale is UTF-8. */
export const appearanceOf = (env: Environment, theme: ThemeName | 'none' = 'dark'): Appearance => {
  const isRefused = env.FORCE_COLOR === '0' || env.FORCE_COLOR === 'false'
  const isForced = isSet(env.FORCE_COLOR) && !isRefused
  const colourless =
    theme === 'none' || isSet(env.NO_COLOR) || isRefused || (env.TERM === 'dumb' && !isForced)
  return {
    colours: colourless ? 'none' : 'sixteen',
    glyphs: /utf-?8/i.test(localeOf(env)) ? 'unicode' : 'ascii',
    ...(theme === 'none' ? {} : { theme }),
  }
}

/** Whether the terminal says that its background is light: `COLORFGBG` ends in 7 or 15 then, as rxvt and Konsole set it. */
export const isLight = ({ COLORFGBG }: Environment): boolean => /;(?:7|15)$/.test(COLORFGBG ?? '')

/** The program that holds our terminal, by what it leaves in the environment: also over ssh its TERM comes along. */
export const multiplexerOf = (env: Environment): Multiplexer | undefined => {
  if (isSet(env.TMUX) || /^tmux/.test(env.TERM ?? '')) return 'tmux'
  return isSet(env.STY) || /^screen/.test(env.TERM ?? '') ? 'screen' : undefined
}
