/** Where a binding counts. The scopes of a moment are asked from the most special to the most general. */
export const scopes = [
  'output-search',
  'output',
  'commands',
  'findings',
  'next',
  'path',
  'step',
  'drill',
  'briefing',
  'debrief',
  'reading',
  'home',
  'rows',
  'found',
  'journal',
  'report',
  'help',
  'help-filter',
  'map',
  'search',
  'palette',
  'place',
  'variables',
  'cause',
  'targets',
  'hints',
  'finish',
  'approval',
  'field',
  'leave',
  'copy',
  'menu',
  'overlay',
  'app',
] as const

/** One place where keys have their own meaning. */
export type Scope = (typeof scopes)[number]

/** Groups of keys as help shows them. */
export const tags = [
  'Moving',
  'Running',
  'Going on',
  'Output',
  'Finding',
  'Drill',
  'Session',
  'Answering',
] as const

/** One group of keys. */
export type Tag = (typeof tags)[number]

/**
 * One key, or several for the same thing. The footer, the help, the documentation and the keyboard itself are all made of these.
 * `short` puts it into the footer, lower `rank` first, where `label` may stand for its keys; `isTimely` keeps it out of the footer
 * while it would only be noise.
 */
export type Binding<Context, Action> = {
  readonly id: string
  readonly scope: Scope
  readonly keys: readonly string[]
  readonly description: string
  readonly tag: Tag
  readonly short?: string
  /** What the footer says of it now, where that is more exact than `short`. */
  readonly shortNow?: (context: Context) => string | undefined
  readonly label?: string
  readonly isTimely?: (context: Context) => boolean
  readonly rank?: number
  /** Why nobody can give it other keys: it is for safety, or each key has a meaning of its own. */
  readonly fixed?: 'for-safety' | 'by-meaning'
  /** What one of its keys does now, where that says more than the description: the palette lists such keys one by one. */
  readonly describe?: (context: Context, key: string) => string | undefined
  readonly action: (context: Context, key: string) => Action
  /** Why the key does nothing now, in a sentence; `undefined` when it does. */
  readonly disabledReason?: (context: Context, key: string) => string | undefined
}
