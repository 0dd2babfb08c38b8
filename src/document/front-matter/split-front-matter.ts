import type { Diagnostic } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'

/** Where the front matter stands: `yaml` is its text, which begins on line 2; the body begins at index `bodyFrom` of the lines. */
export type SplitDocument = {
  readonly yaml: string | undefined
  readonly bodyFrom: number
  readonly diagnostics: readonly Diagnostic[]
}

/** More than this is no front matter but a file of another kind. */
const longestFrontMatter = 2000

const mappingStart = /^[^\s:#>*`-][^:]*:(\s|$)/
const settingStart = /^[a-z][\w-]*:(\s|$)/

const firstEntry = (lines: readonly string[]): string =>
  lines.slice(1, longestFrontMatter).find(line => line.trim() !== '' && !line.startsWith('#')) ?? ''

const remarkUnclosed = (): Diagnostic =>
  pointOut({
    code: 'E_FRONTMATTER_UNCLOSED',
    severity: 'error',
    message: 'The front matter that begins here is never closed; it is read as part of the text.',
    advice: 'Put a line with --- below it.',
    line: 1,
    length: 3,
  })

/**
 * Finds the front matter: a first line of three dashes, lines that begin like a YAML mapping, and a line of three dashes or
 * dots. A document that only begins with a rule has none.
 */
export const splitFrontMatter = (lines: readonly string[]): SplitDocument => {
  const none = { yaml: undefined, bodyFrom: 0, diagnostics: [] }
  if (lines[0]?.trimEnd() !== '---') return none
  const end = lines
    .slice(0, longestFrontMatter)
    .findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line))
  const empty = end > 0 && lines.slice(1, end).every(line => line.trim() === '')
  if (end > 0 && empty) return { yaml: '', bodyFrom: end + 1, diagnostics: [] }
  if (end < 0)
    return settingStart.test(firstEntry(lines)) ? { ...none, diagnostics: [remarkUnclosed()] } : none
  if (!mappingStart.test(firstEntry(lines))) return none
  return { yaml: lines.slice(1, end).join('\n'), bodyFrom: end + 1, diagnostics: [] }
}
