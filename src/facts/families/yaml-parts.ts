import { parseDocument } from 'yaml'
import { complain, nothing } from '../parsed.ts'
import type { Parsed } from '../types.ts'
import { parseYaml, yamlOptions } from './json-value.ts'

/** One document of a text and the line of the text it begins on. */
export type YamlPart = { readonly line: number; readonly text: string }

// Files shown one after another have no separator between them; each begins with its version or kind.
const beginsDocument = (line: string, open: readonly string[]): boolean => {
  const key = /^(apiVersion|kind):/.exec(line)?.[1]
  return key !== undefined && open.some(before => before.startsWith(`${key}:`))
}

// What is larger is no file that a person wrote.
const LONGEST = 200_000

/** The documents of a text in YAML, also of several files shown one after another. */
export const yamlParts = (text: string): readonly YamlPart[] => {
  const parts: { line: number; lines: string[] }[] = [{ line: 1, lines: [] }]
  for (const [index, line] of text.split('\n').entries()) {
    const open = parts.at(-1)?.lines ?? []
    if (line === '---' || beginsDocument(line, open)) parts.push({ line: index + 1, lines: [] })
    if (line !== '---') parts.at(-1)?.lines.push(line)
  }
  return parts
    .map(part => ({ line: part.line, text: part.lines.join('\n') }))
    .filter(part => part.text.trim() !== '')
}

const isTooLarge = (part: YamlPart): boolean => part.text.length > LONGEST

// Files of a cluster are maps: a line begins with a key.
const isMap = (part: YamlPart): boolean =>
  /^ {0,8}(?:[\w./-]{1,200}|"[^"\n]{1,200}"):(?:\s|$)|^\s{0,8}\{/m.test(part.text)

/** The value of a part; `undefined` when it does not parse or is larger than 200 kB. */
export const readPart = (part: YamlPart): unknown =>
  isTooLarge(part) || !isMap(part) ? undefined : parseYaml(part.text)[0]

type Problem = { readonly line: number; readonly message: string }

const problemIn = (part: YamlPart): Problem | undefined => {
  if (isTooLarge(part))
    return {
      line: part.line,
      message: `A file of ${part.text.length} characters is too large to be read here`,
    }
  if (!isMap(part)) return { line: part.line, message: 'There are no settings in this text' }
  try {
    const [error] = parseDocument(part.text, yamlOptions).errors
    if (error === undefined) return undefined
    const line = part.line + part.text.slice(0, error.pos[0]).split('\n').length - 1
    return { line, message: `The YAML does not parse: ${error.message.split('\n')[0]}` }
  } catch {
    return { line: part.line, message: 'The YAML is nested too deeply' }
  }
}

/** A complaint about the first part that does not parse, with the line and the words of the YAML parser. */
export const yamlComplaint = (parts: readonly YamlPart[]): Parsed => {
  for (const part of parts) {
    const problem = problemIn(part)
    if (problem !== undefined) return complain('E_FACTS_NOT_UNDERSTOOD', problem.message, problem.line)
  }
  return nothing
}
