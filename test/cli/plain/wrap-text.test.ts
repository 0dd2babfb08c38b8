import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { wrapText } from '../../../src/cli/plain/wrap-text.ts'

describe('linear text on a terminal', () => {
  it('breaks at blanks, and goes on below the text', () => {
    expect(wrapText('  10  Static pods, it runs but cannot reach the API server', 30)).toBe(
      '  10  Static pods, it runs but\n      cannot reach the API\n      server',
    )
    expect(wrapText('A node is a machine of the cluster.', 20)).toBe('A node is a machine\nof the cluster.')
  })

  it('keeps what is explained in its column', () => {
    expect(wrapText('  g WORDS        go to a step of any runbook: its id or its number', 54)).toBe(
      '  g WORDS        go to a step of any runbook: its id\n                 or its number',
    )
  })

  it('counts wide characters as two columns', () => {
    expect(wrapText('節点の確認 節点の確認', 12)).toBe('節点の確認\n節点の確認')
  })

  it('leaves commands, blocks of code and tables whole', () => {
    const fixed = [
      '  c1  journalctl -u kubelet -e --no-pager | tail -n 200  [reads]',
      '$ journalctl -u kubelet -e --no-pager | tail -n 200',
      '```\nls -l /var/lib/kubelet /etc/kubernetes/manifests\n```',
      '| node | its role in the cluster and what it is for |',
      'worker-1     NotReady     <none>     41d     v1.29.3',
    ]
    for (const text of fixed) expect(wrapText(text, 20)).toBe(text)
  })

  it('loses no word, and breaks only what is too long', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 20, max: 90 }), (words, width) => {
        const rows = wrapText(words.join(' '), width).split('\n')
        expect(rows.flatMap(row => row.trim().split(' '))).toEqual(words)
        expect(rows.every(row => stringWidth(row) <= width)).toBe(true)
      }),
    )
  })
})
