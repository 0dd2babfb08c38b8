import type { EffectKind } from './types.ts'

/** A stage as the walk finds it, with what a whole line's flags are made of. */
export type Found = {
  readonly argv0: string
  readonly effect: EffectKind
  readonly because: string
  readonly interactive: boolean
  readonly follow: boolean
}

/** A stage that is no program: an assignment, a redirection, a piece that cannot be read. */
export const foundPlain = (argv0: string, effect: EffectKind, because: string): Found => ({
  argv0,
  effect,
  because,
  interactive: false,
  follow: false,
})
