import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCase } from '../../src/redaction/any-case.ts'
import { createRedaction, createRedactor, type OwnSecret } from '../../src/redaction/index.ts'

const own = (name: string, source: string, letters: OwnSecret['case'] = 'as-written'): OwnSecret => ({
  name,
  source,
  case: letters,
})

const masked = (patterns: readonly OwnSecret[], text: string, cuts: readonly number[] = []): string => {
  const redactor = createRedactor(createRedaction(patterns), 'cat notes')
  const ends = [...cuts, text.length]
  let shown = ''
  let from = 0
  for (const end of ends) {
    shown += redactor.pass({ stream: 'stdout', text: text.slice(from, end) }).text
    from = end
  }
  return (
    shown +
    redactor
      .rest()
      .map(chunk => chunk.text)
      .join('')
  )
}

const compiles = (source: string): boolean => {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}

describe("secrets of an operator's own", () => {
  const customer = own('customer', String.raw`KD-(?<secret>\d{6})`)

  it('leave nothing of a value of a Secret that they overlap', () => {
    const text = 'data:\n  user: YWRtaW5pc3RyYXRvcg==\n'
    expect(masked([own('part', 'user: YWRt')], text)).toBe('data:\n  MASKED-PART-1\n')
  })

  it('are masked by their names, the same one by the same word', () => {
    expect(masked([customer], 'KD-123456 owes KD-654321, not KD-123456\n')).toBe(
      'KD-MASKED-CUSTOMER-1 owes KD-MASKED-CUSTOMER-2, not KD-MASKED-CUSTOMER-1\n',
    )
    expect(masked([own('host', 'db[0-9]+\\.internal')], 'to db12.internal:5432')).toBe(
      'to MASKED-HOST-1:5432',
    )
  })

  it('are found beside those that the program knows, and overlap without a rest', () => {
    expect(masked([customer], 'KD-123456 PGPASSWORD=hunter2\n')).toBe(
      'KD-MASKED-CUSTOMER-1 PGPASSWORD=MASKED-PASSWORD-1\n',
    )
    expect(masked([own('half', 'hun'), own('part', 'ter2')], 'PGPASSWORD=hunter2\n')).not.toMatch(/hun|ter2/)
    expect(masked([own('half', 'WORD=hunt')], 'PGPASSWORD=hunter2\n')).not.toMatch(/hun|er2/)
  })

  it('are masked wherever the same text stands within a match', () => {
    expect(masked([own('name', String.raw`user=\w+ owner=(?<secret>\w+)`)], 'user=bob owner=bob\n')).toBe(
      'user=MASKED-NAME-1 owner=MASKED-NAME-1\n',
    )
  })

  it('are found wherever the pieces are cut, and nothing else is altered', () => {
    const text = 'first KD-123456\nsecond line\nthird KD-222222 end\nlast KD-333333'
    const whole = masked([customer], text)
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(text.length), { maxLength: 6 }), cuts => {
        expect(
          masked(
            [customer],
            text,
            cuts.sort((a, b) => a - b),
          ),
        ).toBe(whole)
      }),
    )
    expect(whole.split('\n')[1]).toBe('second line')
  })

  it('may be found in any case', () => {
    expect(masked([own('site', 'acme-[a-f]+', 'any')], 'ACME-aBf Acme-cc\n')).toBe(
      'MASKED-SITE-1 MASKED-SITE-2\n',
    )
  })
})

describe('a source for any case', () => {
  it('compiles where the expression itself does', () => {
    const unit = fc.constantFrom(...'aZ09-[]^\\\\bdxu()?:<>{},+*|.'.split(''))
    fc.assert(
      fc.property(fc.string({ unit }), source => {
        fc.pre(compiles(source))
        expect(compiles(anyCase(source))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  const sources = [
    'abc',
    '[a-f]x',
    '[^a]b',
    String.raw`\bk\d+\x41\u0042z`,
    '(?<secret>ab)c',
    '(?:q|w)e{1,2}',
    '[\\]a-]z',
    'ü',
  ]

  it.each(sources.map(source => [source]))('%s matches what the flag would match', source => {
    const plain = new RegExp(source, 'i')
    const widened = new RegExp(anyCase(source))
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcABCxXzZkK19-]qQwWeEAB') }), text => {
        expect(widened.test(text)).toBe(plain.test(text))
      }),
    )
    for (const text of ['ABC', 'abc', 'FX', 'K1ABZ', 'QE', ']Z', 'AZ'])
      expect(widened.test(text)).toBe(plain.test(text))
  })
})
