import { fail, type Result, succeed } from '../../base/index.ts'
import { compilePattern, couldHang } from '../../diagnosis/index.ts'
import { type Kind, type ValueProblem, wrong } from '../kind.ts'

/** What a secret of the operator's own looks like. What the group `secret` matches is masked, or the whole match without one. */
export type SecretPattern = {
  /** The kind of secret; the word that stands for it is made of this. */
  readonly name: string
  /** A regular expression without lookaround or backreferences. */
  readonly source: string
  readonly case: 'as-written' | 'any'
}

const nameForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

const nameProblem = (name: unknown): string | undefined =>
  typeof name === 'string' && nameForm.test(name)
    ? undefined
    : 'wants a name in small letters, digits and dashes, such as customer-number'

/** `/…/i` finds its letters in any case; without slashes the whole text is the expression. */
const sourceOf = (text: string): Pick<SecretPattern, 'source' | 'case'> => {
  const [, source, flags] = /^\/(.+)\/(i?)$/s.exec(text) ?? []
  return { source: source ?? text, case: flags === 'i' ? 'any' : 'as-written' }
}

const patternProblem = (written: unknown): string | undefined => {
  if (typeof written !== 'string' || written === '') return 'wants a regular expression'
  const { source } = sourceOf(written)
  const compiled = compilePattern({ kind: 'regex', source, flags: '' })
  if (!compiled.ok) return `${written} cannot be used: ${compiled.error}`
  if (couldHang(source))
    return `${written} could take for ever on some line: write no count above 16 beside a repetition within a repetition`
  return compiled.value('') === undefined ? undefined : `${written} also matches where nothing stands`
}

const readOne = (written: unknown, index: number): Result<SecretPattern, readonly ValueProblem[]> => {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return fail([{ path: [index], message: 'wants "name:" and "pattern:"' }])
  const { name, pattern, ...others } = written as Readonly<Record<string, unknown>>
  const found: readonly (readonly [string, string | undefined])[] = [
    ['name', nameProblem(name)],
    ['pattern', patternProblem(pattern)],
    ...Object.keys(others).map(
      key => [key, `there is no "${key}" here; known are name and pattern`] as const,
    ),
  ]
  const problems = found.flatMap(([key, message]) =>
    message === undefined ? [] : [{ path: [index, key], message }],
  )
  return problems.length > 0 ? fail(problems) : succeed({ name: String(name), ...sourceOf(String(pattern)) })
}

const shownPattern = (pattern: SecretPattern): string =>
  pattern.case === 'any' ? `/${pattern.source}/i` : pattern.source

/** What else is a secret: a list of names and regular expressions. */
export const secretPatterns: Kind<readonly SecretPattern[]> = {
  takes: 'a list of names and regular expressions',
  read: written => {
    if (!Array.isArray(written)) return fail(wrong('wants a list of entries with "name:" and "pattern:"'))
    const read = written.map(readOne)
    const problems = read.flatMap(one => (one.ok ? [] : one.error))
    return problems.length > 0 ? fail(problems) : succeed(read.flatMap(one => (one.ok ? [one.value] : [])))
  },
  show: value => JSON.stringify(value.map(one => ({ name: one.name, pattern: shownPattern(one) }))),
  text: 'yaml',
  schema: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'pattern'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', pattern: nameForm.source },
        pattern: { type: 'string', minLength: 1 },
      },
    },
  },
}
