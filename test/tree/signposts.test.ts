import { describe, expect, it } from 'vitest'
import { stepOf } from './trees.ts'

const explanation = (text: string): string => stepOf(`# Disk\n\n${text}\n`).explanation

describe('a signpost such as "Look for:"', () => {
  it('goes with a list whose every item is a branch or something to look for', () => {
    expect(explanation('A full disk stops writes.\n\nWhere to go:\n\n- otherwise → [Disk](#disk)')).toBe(
      'A full disk stops writes.',
    )
    expect(explanation('Look for:\n\n- `No space left` — a write failed')).toBe('')
  })

  it('stays with a list of which something is left', () => {
    const text = 'Where to go:\n\n- otherwise → [Disk](#disk)\n- read on'
    expect(explanation(text)).toBe('Where to go:\n\n- read on')
  })

  it('stays when it is more than a signpost', () => {
    const text = 'Important fields of the answer of `crictl inspect`:\n\n- `exited` — it ended'
    expect(explanation(text)).toBe('Important fields of the answer of `crictl inspect`:')
  })

  it('stays when it says something by itself, or when code stands between', () => {
    expect(explanation('Take the first that fits.\n\n- otherwise → [Disk](#disk)')).toBe(
      'Take the first that fits.',
    )
    expect(explanation('Healthy:\n\n```text\n35%\n```\n\n- otherwise → [Disk](#disk)')).toBe(
      'Healthy:\n\n```text\n35%\n```',
    )
  })
})
