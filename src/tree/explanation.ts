import { joinWithoutBlankEnds, type LineRange } from '../document/index.ts'

/** Lines of the source that are left out of an explanation, with what is put in their place. */
export type Claims = Map<number, readonly string[]>

/** Leaves a range of lines out of the explanation; `instead` stands where the first of them stood. */
export const claim = (claims: Claims, { first, last }: LineRange, instead: readonly string[] = []): void => {
  for (let line = first; line <= last; line += 1) {
    if (!claims.has(line)) claims.set(line, line === first ? instead : [])
  }
}

const dedent = (line: string, indent: number): string => {
  const head = line.slice(0, indent)
  return /^[\s>]*$/.test(head) ? line.slice(indent) : line.trimStart()
}

/** What of an explanation is kept so far; blank lines around something that was left out become one. */
type Kept = { readonly lines: string[]; afterGap: boolean }

const keep = (kept: Kept, text: string): void => {
  const blank = /^[\s>]*$/.test(text)
  if (blank && kept.afterGap && /^[\s>]*$/.test(kept.lines.at(-1) ?? '')) return
  kept.afterGap &&= blank
  kept.lines.push(text)
}

/** The Markdown of a range of lines without those that were claimed, moved left by `indent` columns, without blank ends. */
export const explain = (
  lines: readonly string[],
  range: LineRange,
  { claims, indent }: { readonly claims: Claims; readonly indent: number },
): string => {
  const kept: Kept = { lines: [], afterGap: false }
  for (let line = range.first; line <= range.last; line += 1) {
    const source = lines[line - 1] ?? ''
    const instead = claims.get(line)
    if (instead === undefined)
      keep(kept, line === range.first ? source.slice(indent) : dedent(source, indent))
    else {
      kept.afterGap = true
      for (const text of instead) keep(kept, dedent(text, indent))
    }
  }
  return joinWithoutBlankEnds(kept.lines)
}
