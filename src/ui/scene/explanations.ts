import type { Step } from '../../tree/index.ts'
import type { Row } from '../present/span.ts'
import { wrapText } from '../present/wrap-row.ts'

/** The rows of a step's explanation at a width. */
export type Explain = (step: Step, width: number) => readonly Row[]

/** The renderer of Markdown, loaded when it is first needed: it is large, and the home screen does without. */
export type Explanations = {
  /** Resolves when explanations are rendered; until then they come as plain text. */
  readonly load: () => Promise<void>
  readonly explain: Explain
  readonly markdown: (text: string, width: number) => readonly Row[]
}

const patternText = ({ pattern }: Step['lookFor'][number]): string =>
  pattern.kind === 'literal' ? pattern.text : `/${pattern.source}/${pattern.flags}`

const quoted = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

/** The explanation with what to look for behind it, as Markdown. */
const markdownOf = (step: Step): string => {
  const items = step.lookFor.map(item => `- ${quoted(patternText(item))} — ${item.means}`)
  return items.length === 0 ? step.explanation : `${step.explanation}\n\n**Look for**\n\n${items.join('\n')}`
}

const most = 200

/** Explanations, each rendered once for a width; the oldest are forgotten. */
export const createExplanations = (): Explanations => {
  let render: (markdown: string, width: number) => readonly Row[] = (text, width) =>
    wrapText(text.trim(), width)
  const rendered = new Map<string, readonly Row[]>()
  const markdown = (text: string, width: number): readonly Row[] => {
    const key = `${width} ${text}`
    const rows = rendered.get(key) ?? render(text, width)
    rendered.set(key, rows)
    if (rendered.size > most) rendered.delete(rendered.keys().next().value ?? '')
    return rows
  }
  return {
    load: async () => {
      const { presentMarkdown } = await import('../present/present-markdown.ts')
      if (render !== presentMarkdown) rendered.clear()
      render = presentMarkdown
    },
    explain: (step, width) => markdown(markdownOf(step), width),
    markdown,
  }
}
