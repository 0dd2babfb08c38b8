/** What a command does to the machine it runs on. What cannot be told is `unknown` and treated as a change. */
export type EffectKind = 'read' | 'change' | 'destructive' | 'unknown'

/** One simple command inside a line, with the reason for its effect in a few words. */
export type Stage = { readonly argv0: string; readonly effect: EffectKind; readonly because: string }

/** The effect of a whole line: the strictest of its stages. */
export type Effect = {
  readonly command: string
  readonly effect: EffectKind
  /** Needs the real terminal: full screen, pager, editor, shell. */
  readonly interactive: boolean
  /** Does not end by itself. */
  readonly follow: boolean
  readonly stages: readonly Stage[]
  readonly because: string
}
