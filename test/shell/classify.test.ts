import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { classify } from '../../src/shell/index.ts'

type Kind = 'read' | 'change' | 'destructive' | 'inject' | 'interactive' | 'follow'
type Documented = { readonly kind: Kind; readonly run: string }

const fixture = new URL('../fixtures/shell/classify/documented.jsonl', import.meta.url)
const documented = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Documented)

const of = (...kinds: Kind[]): string[] =>
  documented.filter(item => kinds.includes(item.kind)).map(item => item.run)

describe('classify on the commands of real runbooks', () => {
  // Writing a file changes something, even where the document that suggests it only wants to keep an output.
  const writesAFile = 'journalctl -u kubelet --since "1 hour ago" > kubelet.log'

  test.each(of('read').filter(run => run !== writesAFile))('reads, and ends by itself: %s', run => {
    expect(classify(run)).toMatchObject({ effect: 'read', interactive: false, follow: false })
  })

  test.each(of('change', 'inject'))('changes something: %s', run => {
    expect(run).toSatisfy(() => ['change', 'destructive', 'unknown'].includes(classify(run).effect))
  })

  test.each(of('destructive'))('destroys something: %s', run => {
    expect(classify(run).effect).toBe('destructive')
  })

  test.each(of('interactive'))('needs the terminal: %s', run => {
    expect(classify(run).interactive).toBe(true)
  })

  test.each(of('follow'))('does not end by itself: %s', run => {
    expect(classify(run).follow).toBe(true)
  })
})
