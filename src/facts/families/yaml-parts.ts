import { parseDocument } from 'yaml'
import { complain, nothing } from '../parsed.ts'
import type { Parsed } from '../types.ts'
import { parseYaml } from './json-value.ts'

/** One document of a text and the line of the text it begins on. */
export type YamlPart = { readonly line: number; readonly text: string }

// Files shown one after another have no separator between them; each begins with its version or kind.
const beginsDocument = (line: string, open: readonly string[]): boolean => {
  const key = /^(apiVersion|kind):/.exec(line)?.[1]
  return key !== undefined && open.some(before => before.startsWith(`${key}:`))
}

/** The documents of a text in YAML, also of several files shown one after another. */
export const yamlParts = (text: string): readonly YamlPart[] => {
  const parts: { line: number; lines: string[] }[] = [{ line: 1, lines: [] }]
  for (const [index, line] of text.split('\n').entries()) {
    const open = parts.at(-1)
    if (line === '---' || beginsDocument(line, open?.lines ?? [])) parts.push({ line: index + 1, lines: [] })
    if (line !== '---') parts.at(-1)?.lines.push(line)
  }
  return parts
    .map(part => ({ line: part.line, text: part.lines.join('\n') }))
    .filter(part => part.text.trim() !== '')
}

/** The value of a part; `undefined` when it does not parse. */
export const readPart = (part: YamlPart): unknown => parseYaml(part.text)[0]

/** A complaint about the first part that does not parse, with the line and the words of the YAML parser. */
export const yamlComplaint = (parts: readonly YamlPart[]): Parsed => {
  for (const part of parts) {
    const [error] = parseDocument(part.text, { logLevel: 'silent' }).errors
    if (error === undefined) continue
    const line = part.line + (error.linePos?.[0].line ?? 1) - 1
    return complain(
      'E_FACTS_NOT_UNDERSTOOD',
      `The YAML does not parse: ${error.message.split('\n')[0]}`,
      line,
    )
  }
  return nothing
}
