/** Comment lines that follow one another. `index` is that of the first, within the fence. */
export type CommentGroup = {
  readonly index: number
  readonly texts: readonly string[]
  /** Directly below a command, without a blank line. */
  readonly touchesAbove: boolean
}

/** Which comments speak of the command above, which of the one below, and which are text of their own. */
export type SortedComments = Readonly<Record<'above' | 'notes' | 'below', readonly CommentGroup[]>>

const lastIndex = (group: CommentGroup): number => group.index + group.texts.length - 1

const sortGroup = (group: CommentGroup, next: number | undefined): keyof SortedComments => {
  if (next !== undefined && lastIndex(group) + 1 === next) return 'below'
  if (group.texts.length > 1) return 'notes'
  return group.touchesAbove || next === undefined ? 'above' : 'below'
}

/**
 * Sorts the comments between two commands; `next` is the line of the command below. Directly above a command they are its
 * caption, and so is a single line that stands apart, as a heading does. A single line below the last command speaks of that.
 * Several lines that stand apart explain more than one command and stay text.
 */
export const sortComments = (groups: readonly CommentGroup[], next: number | undefined): SortedComments => {
  const of = (kind: keyof SortedComments): readonly CommentGroup[] =>
    groups.filter(group => sortGroup(group, next) === kind)
  return { above: of('above'), notes: of('notes'), below: of('below') }
}

/** The lines of some groups. */
export const commentLines = (groups: readonly CommentGroup[]): readonly string[] =>
  groups.flatMap(group => group.texts)

/** A comment without its mark and without lines drawn around it. */
export const commentText = (comment: string): string =>
  comment
    .replace(/^\s*#+!?\s?/, '')
    .replace(/^[-=#*_\s]+$/, '')
    .trim()

const join = (caption: string, next: string): string =>
  /[.:,;!?)]$/.test(caption) ? `${caption} ${next}` : `${caption} — ${next}`

/** Joins comments to one line; `undefined` when they say nothing. */
export const toCaption = (comments: readonly (string | undefined)[]): string | undefined => {
  const texts = comments.map(comment => commentText(comment ?? '')).filter(text => text !== '')
  return texts.length === 0 ? undefined : texts.reduce(join)
}
