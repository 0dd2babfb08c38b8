import { parse } from 'yaml'
import { readTextFile } from './read-text-file.ts'
import { UserError } from './user-error.ts'

const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w-]*)=(.*)$/

const unquote = (text: string): string => {
  const [, quote, inside] = /^(["'])(.*)\1$/.exec(text.trim()) ?? []
  return quote === undefined ? text.trim() : (inside ?? '')
}

const refuse = (path: string): never => {
  throw new UserError({
    code: 'E_CLI_VARS',
    message: `${path} does not hold variables.`,
    hint: 'Write NAME=VALUE, one a line, or a YAML mapping of names to values.',
  })
}

const readYaml = (path: string, text: string): readonly (readonly [string, string])[] => {
  try {
    const value: unknown = parse(text, { schema: 'failsafe' })
    if (value === null) return []
    if (typeof value !== 'object' || Array.isArray(value)) return refuse(path)
    return Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : refuse(path)])
  } catch (error) {
    // What the parser says may quote a line, and with it a secret.
    if (error instanceof UserError) throw error
    return refuse(path)
  }
}

/** The variables of a file: lines of `NAME=VALUE`, or a mapping in YAML or JSON whose values are taken as they are written. */
export const readVariablesFile = (path: string): readonly (readonly [string, string])[] => {
  const text = readTextFile(path)
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.trim().startsWith('#'))
  const matches = lines.map(line => assignment.exec(line))
  return lines.length > 0 && matches.every(match => match !== null)
    ? matches.map(match => [match[1] ?? '', unquote(match[2] ?? '')] as const)
    : readYaml(path, text)
}
