import type { Diagnostic } from '../base/index.ts'

/** One diagnostic as editors read it: `file:line:column severity code message`, the advice behind it. */
export const presentDiagnostic = (file: string, diagnostic: Diagnostic): string => {
  const { line, column } = diagnostic.span.start
  return `${file}:${line}:${column} ${diagnostic.severity} ${diagnostic.code} ${diagnostic.message} ${diagnostic.advice}`.trimEnd()
}
