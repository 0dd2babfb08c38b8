/** Punctuation that means something anywhere in a line: underscores where they do not stand within a word, `&` where it begins an entity. */
const special = /[\\`*[\]<~]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/g

/** What would begin a list, a heading or a quotation at the beginning of a line. */
const opening = /^(?:[-+=#>]|\d+(?=[.)](?:\s|$)))/

/** The beginning of what is made a link by itself: a backslash before one of its signs would become a part of it. */
const linked = /(?:https?|ftp)(?=:\/\/\S*\\)|www(?=\.\S*\\)/gi

/** A text on one line that Markdown shows as it stands. */
export const plain = (text: string): string => {
  const line = text.replace(/\s*\n\s*/g, ' ').trim()
  const escaped = line.replace(special, sign => `\\${sign}`).replace(linked, '$&\\')
  return escaped.replace(opening, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
}

const longestTicks = (text: string): number =>
  [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0)

/** A text as a code span; its line breaks become blanks. */
export const code = (text: string): string => {
  const line = text.replaceAll('\n', ' ')
  if (line.trim() === '') return '(nothing)'
  const ticks = '`'.repeat(longestTicks(line) + 1)
  // One blank on each side is taken off again, so it keeps ticks and blanks at the ends of the text.
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return ticks + pad + line + pad + ticks
}

/** Lines as a fenced block that none of them can close. */
export const fence = (lines: readonly string[]): readonly string[] => {
  const bar = '`'.repeat(Math.max(3, longestTicks(lines.join('\n')) + 1))
  return [`${bar}text`, ...lines, bar]
}

/** A section with a heading; nothing where it has no lines. */
export const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

/** Texts as a list, each as it stands. */
export const bullets = (texts: readonly string[]): readonly string[] => texts.map(text => `- ${plain(text)}`)
