import { type Found, foundPlain } from './found.ts'
import { parseShell } from './parse-shell.ts'
import type { Scope } from './scope.ts'

/** The stages of a shell text. What the parser stumbles over makes a stage that is unknown. */
export const walkScript = (text: string, scope: Scope): readonly Found[] => {
  const { script, problems } = parseShell(text)
  const broken = problems.slice(0, 1).map(problem => foundPlain('', 'unknown', `cannot be read: ${problem}`))
  return [...scope.walk(script, scope), ...broken]
}
