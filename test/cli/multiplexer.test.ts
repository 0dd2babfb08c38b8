import { describe, expect, it } from 'vitest'
import { multiplexerOf } from '../../src/cli/appearance.ts'

describe('what holds the terminal', () => {
  it.each([
    [{ TMUX: '/tmp/tmux-1000/default,1,0', TERM: 'screen-256color' }, 'tmux'],
    [{ TERM: 'tmux-256color' }, 'tmux'],
    [{ STY: '123.pts-0.host', TERM: 'screen' }, 'screen'],
    [{ TERM: 'screen.xterm-256color' }, 'screen'],
    [{ TERM: 'xterm-256color', TMUX: '' }, undefined],
    [{}, undefined],
  ] as const)('is told by %o', (env, expected) => {
    expect(multiplexerOf(env)).toBe(expected)
  })
})
