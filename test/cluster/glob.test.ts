import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globOf } from '../../src/cluster/text/glob.ts'

describe('a glob', () => {
  it.each([
    ['kube*', 'kubelet', true],
    ['kube?', 'kubelet', false],
    ['*.log', 'a.log', true],
    ['*.log', 'alog', false],
    ['[!a-c]x', 'dx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]', ']', true],
    ['a[', 'a[', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['[z-a]', 'm', false],
    ['c++(1)', 'c++(1)', true],
  ])('%s against %s is %s', (glob, text, fits) => {
    expect(globOf(glob).test(text)).toBe(fits)
  })

  it('takes any text for a pattern, and finds what is quoted letter by letter', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        globOf(text)
        const quoted = [...text].map(letter => `\\${letter}`).join('')
        expect(globOf(quoted).test(text)).toBe(true)
      }),
    )
  })
})
