import { describe, expect, it } from 'vitest'
import { copySequence } from '../../../src/ui/control/osc-52.ts'

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

describe('copying', () => {
  it('writes the bare sequence to a terminal', () => {
    expect(copySequence('df -h', undefined)).toBe('\x1b]52;c;ZGYgLWg=\x07')
  })

  it('writes what is no ASCII as UTF-8', () => {
    expect(copySequence('日本', undefined)).toBe(`\x1b]52;c;${base64('日本')}\x07`)
  })

  it('wraps it for tmux with each escape doubled, and gives tmux itself the bare one too', () => {
    expect(copySequence('df -h', 'tmux')).toBe(
      '\x1bPtmux;\x1b\x1b]52;c;ZGYgLWg=\x07\x1b\\\x1b]52;c;ZGYgLWg=\x07',
    )
  })

  it('cuts it for screen into pieces that it takes, which join to the sequence', () => {
    const text = 'x'.repeat(1000)
    const pieces = [...copySequence(text, 'screen').matchAll(/\x1bP([\s\S]*?)\x1b\\/g)].map(
      ([, piece = '']) => piece,
    )
    expect(pieces.length).toBeGreaterThan(4)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(250)
    expect(pieces.join('')).toBe(`\x1b]52;c;${base64(text)}\x07`)
  })

  it('writes one string to screen for a short text', () => {
    expect(copySequence('df -h', 'screen')).toBe('\x1bP\x1b]52;c;ZGYgLWg=\x07\x1b\\')
  })
})
