import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePatterns, type Dialect, PatternError } from '../../src/cluster/programs/files/grep/pattern.ts'

const manner = { ignoresCase: false, span: 'any' } as const

describe('patterns of grep', () => {
  it.each<{ dialect: Dialect; pattern: string; text: string; isThere: boolean }>([
    { dialect: 'basic', pattern: 'a\\+', text: 'aa', isThere: true },
    { dialect: 'basic', pattern: 'a+', text: 'aa', isThere: false },
    { dialect: 'basic', pattern: '^*a', text: '*a', isThere: true },
    { dialect: 'basic', pattern: '[0-9]\\{2,3\\}$', text: 'x12', isThere: true },
    { dialect: 'extended', pattern: '(a|b){2}', text: 'ab', isThere: true },
    { dialect: 'extended', pattern: '[[:space:]]x', text: ' x', isThere: true },
    { dialect: 'extended', pattern: '[]x]', text: ']', isThere: true },
    { dialect: 'extended', pattern: '[\\.]', text: '\\', isThere: true },
    { dialect: 'perl', pattern: '(?<=code = )\\w+', text: 'code = Unknown', isThere: true },
    { dialect: 'perl', pattern: 'took="\\K[^"]+', text: 'took="1s"', isThere: true },
    { dialect: 'fixed', pattern: 'a.c', text: 'abc', isThere: false },
  ])('$dialect $pattern in $text: $isThere', ({ dialect, pattern, text, isThere }) => {
    expect(compilePatterns([pattern], dialect, manner).test(text)).toBe(isThere)
  })

  it('are read or refused with a sentence, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom<Dialect>('basic', 'extended', 'perl', 'fixed'),
        (text, dialect) => {
          try {
            compilePatterns([text], dialect, manner)
          } catch (error) {
            expect(error).toBeInstanceOf(PatternError)
          }
        },
      ),
    )
  })
})
