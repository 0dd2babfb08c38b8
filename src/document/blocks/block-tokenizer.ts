import { Tokenizer } from 'marked'

/** How much of a text is looked at for an underline. */
const INSPECTED = 4000

const underline = /\n {0,3}(?:=+|-+) *(?:\n|$)/

/** Whether the first paragraph of a text may be a heading by a line of `=` or `-` below it. */
const mayBeUnderlined = (text: string): boolean => {
  const head = text.slice(0, INSPECTED)
  const end = head.indexOf('\n\n')
  return end < 0 ? text.length > INSPECTED || underline.test(head) : underline.test(head.slice(0, end))
}

/**
 * The library's tokenizer, but what costs much to find out and is seldom so is asked only of texts that may be so: underlined headings
 * have the expression that the engine compiles longest, and each paragraph is held against it.
 */
export class BlockTokenizer extends Tokenizer {
  override lheading(text: string): ReturnType<Tokenizer['lheading']> {
    return mayBeUnderlined(text) ? super.lheading(text) : undefined
  }
}
