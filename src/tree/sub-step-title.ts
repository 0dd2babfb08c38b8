import type { ListItem } from '../document/index.ts'
import { oneLine, trimSigns } from './trim-signs.ts'

/** The title of a sub-step and the first line of what is left to explain; `undefined` when the title left nothing out. */
export type SubStepTitle = { readonly title: string; readonly rest: number | undefined }

const longest = 80

const tidy = (text: string): string => trimSigns(oneLine(text), '', ' :.')

const shorten = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`

/** The title of a list item that is a sub-step: its first paragraph, or only what is bold at its beginning when that is long. */
export const subStepTitle = (item: ListItem, order: number): SubStepTitle => {
  const [first] = item.blocks
  const inlines = first?.kind === 'prose' ? first.inlines : []
  const text = tidy(inlines.map(inline => inline.text).join(''))
  if (first === undefined || text === '') return { title: `Step ${order}`, rest: undefined }
  if (text.length <= longest) return { title: text, rest: first.lines.last + 1 }
  const [lead] = inlines
  return { title: shorten(lead?.kind === 'strong' ? tidy(lead.text) : text), rest: undefined }
}
