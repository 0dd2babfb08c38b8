import { type AppServices, ownBindings, type ThemeName } from '../ui/index.ts'
import { appearanceOf, isLight } from './appearance.ts'
import type { Invocation } from './command.ts'

/** What the settings say about the screen. */
export type ScreenWishes = Pick<AppServices, 'appearance' | 'bindings' | 'longLines' | 'drillClock'>

const themes: readonly ThemeName[] = ['dark', 'light', 'contrast', 'colour-blind']

/** The theme that the operator chose; without a choice the one that suits the terminal's background. */
const themeOf = ({ values, origins }: Invocation['settings']): ThemeName | 'none' => {
  const isChosen = origins.get('theme')?.kind !== 'default'
  if (!isChosen) return isLight(process.env) ? 'light' : 'dark'
  return themes.find(theme => theme === values.theme) ?? 'none'
}

/** Reads from the settings how the operator wants the screen; their keys were checked when they were read. */
export const screenWishes = ({ settings }: Pick<Invocation, 'settings'>): ScreenWishes => {
  const { keys, wrap } = settings.values
  return {
    bindings: ownBindings(keys).bindings,
    drillClock: settings.values['drill.clock'] === 'hidden' ? 'hidden' : 'shown',
    appearance: appearanceOf(process.env, themeOf(settings)),
    longLines: wrap ? 'wrap' : 'cut',
  }
}
