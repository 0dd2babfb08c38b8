import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankTexts } from '../../src/base/index.ts'

const texts = [
  'restart the kubelet',
  'kubelet certificates',
  'look at journald',
  'a subkubelet',
  '節点の確認',
]

describe('ranking texts', () => {
  it('puts the beginning of a text before that of a word, and that before others', () => {
    expect(rankTexts(texts, 'kubelet')).toEqual([1, 0, 3])
  })

  it('wants every word in any order, without regard to case', () => {
    expect(rankTexts(texts, 'Kubelet RESTART')).toEqual([0])
    expect(rankTexts(texts, 'kubelet nothing')).toEqual([])
  })

  it.each(['kubelt', 'kubeltet', 'kubelat', 'kubeelt', 'ubelet', 'kuebelet', 'kueblet'])(
    'forgives the slip in %s',
    typed => {
      expect(rankTexts(texts, typed)).toContain(1)
    },
  )

  it('forgives a slip in a word that is not typed to its end', () => {
    expect(rankTexts(texts, 'certifc')).toEqual([1])
  })

  it('forgives any one slip of the finger in a word, wherever it is', () => {
    const slip = fc.record({
      word: fc.stringMatching(/^[a-z]{5,12}$/),
      at: fc.nat(11),
      letter: fc.stringMatching(/^[a-z]$/),
      kind: fc.constantFrom('missing', 'added', 'changed', 'swapped'),
    })
    fc.assert(
      fc.property(slip, ({ word, at, letter, kind }) => {
        const place = at % word.length
        const [front, here = '', back] = [word.slice(0, place), word[place], word.slice(place + 1)]
        const typed = {
          missing: front + back,
          added: front + letter + here + back,
          changed: front + letter + back,
          swapped: front + back.slice(0, 1) + here + back.slice(1),
        }[kind]
        expect(rankTexts(['what it is', `the (${word}) of it`], typed)).toContain(1)
      }),
    )
  })

  it('finds other scripts', () => {
    expect(rankTexts(texts, '確認')).toEqual([4])
  })

  it('gives each text at most once, and only texts that there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (given, typed) => {
        const lowered = given.map(text => text.toLowerCase())
        const found = rankTexts(lowered, typed)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every(at => at >= 0 && at < given.length)).toBe(true)
      }),
    )
  })
})
