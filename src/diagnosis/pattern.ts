import { fail, type Result, reasonOf, succeed, type TextPattern } from '../base/index.ts'

/** Where a pattern stands in a text: index of the first character, counted from 0, and length in UTF-16 units. */
export type TextHit = { readonly start: number; readonly length: number }

/** A pattern ready to be looked for in one line. */
export type CompiledPattern = (line: string) => TextHit | undefined

// Engines that are linear in the text know none of these; a pattern that needs them could hang on a hostile line.
const nonLinear = /\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</

const withoutClasses = (source: string): string =>
  source.replace(/\\\\/g, '').replace(/\[(?:\\.|[^\]\\])*\]/g, 'x')

const findLiteral = (text: string): CompiledPattern => {
  const wanted = text.toLowerCase()
  return line => {
    const start = line.toLowerCase().indexOf(wanted)
    return start < 0 ? undefined : { start, length: wanted.length }
  }
}

const findRegex = (regex: RegExp): CompiledPattern => {
  return line => {
    const match = regex.exec(line)
    return match === null ? undefined : { start: match.index, length: match[0].length }
  }
}

/**
 * Compiles a pattern; the error says why it cannot be used: it does not parse, or it needs lookaround or a backreference,
 * which cannot be searched for in linear time.
 */
export const compilePattern = (pattern: TextPattern): Result<CompiledPattern, string> => {
  if (pattern.kind === 'literal') {
    return pattern.text === ''
      ? fail('an empty text is found everywhere')
      : succeed(findLiteral(pattern.text))
  }
  if (nonLinear.test(withoutClasses(pattern.source)))
    return fail('lookaround and backreferences are not allowed: they can take for ever on a hostile line')
  try {
    return succeed(findRegex(new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))))
  } catch (error) {
    return fail(reasonOf(error))
  }
}

/** Reads a pattern as authors write it: `/…/flags` is a regular expression, anything else, a path such as `/dev/kmsg` too, a literal text. */
export const parsePattern = (text: string): TextPattern => {
  const match = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text)
  return match === null
    ? { kind: 'literal', text }
    : { kind: 'regex', source: match[1] ?? '', flags: match[2] ?? '' }
}
