import type { ListItem } from '../document/index.ts'

/** The title of a sub-step and the first line of what is left to explain; `undefined` when the title left nothing out. */
export type SubStepTitle = { readonly title: string; readonly rest: number | undefined }

const longest = 80

/** The title of a list item that is a sub-step: its first paragraph, or only what is bold at its beginning when that is long. */
export const subStepTitle = (item: ListItem, order: number): SubStepTitle => {
  const [first] = item.blocks
  if (first?.kind !== 'prose') return { title: `Step ${order}`, rest: undefined }
  const whole = first.inlines.map(inline => inline.text).join('')
  const text = whole
    .replace(/\s+/g, ' ')
    .replace(/[\s:.]+$/, '')
    .trim()
  if (text !== '' && text.length <= longest) return { title: text, rest: first.lines.last + 1 }
  const [lead] = first.inlines
  if (lead?.kind === 'strong') return { title: lead.text.replace(/[\s:.]+$/, ''), rest: undefined }
  return {
    title: text === '' ? `Step ${order}` : `${text.slice(0, longest - 1).trimEnd()}…`,
    rest: undefined,
  }
}
