import { describe, expect, it } from 'vitest'
import { rowWidth } from '../../../src/ui/present/fit-row.ts'
import { nextRows, presentNext } from '../../../src/ui/present/present-next.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import type { Choice } from '../../../src/ui/scene/choices.ts'

const choice = (more: Partial<Choice> = {}): Choice => ({
  key: '1',
  title: 'Free space',
  label: 'the disk is full',
  standing: 'ruled-out',
  because: 'the output does not hold /no space left|disk pressure/',
  intent: undefined,
  ...more,
})

type Room = { readonly width: number; readonly height: number; readonly selected?: number }

const draw = (choices: readonly Choice[], { width, height, selected }: Room): readonly string[] =>
  presentNext({ choices, selected, width, height }).map(line => rowText(line).trimEnd())

describe('a way on in one row', () => {
  const textOf = (way: Choice, width: number): string | undefined => draw([way], { width, height: 1 })[0]

  it('tells in the words of the runbook when it is for, before what speaks for or against it', () => {
    expect(textOf(choice(), 80)).toContain('ruled out  the disk is full — the output does not')
    expect(textOf(choice({ standing: 'recommended' }), 80)).toContain('recommended  the disk is full — ')
  })

  it('tells evidence in columns with one space between them', () => {
    expect(textOf(choice({ because: 'worker-1   NotReady   41d' }), 80)).toContain('— worker-1 NotReady 41d')
  })

  it('keeps the words whole and cuts the evidence', () => {
    expect(textOf(choice(), 50)).toMatch(/ruled out {2}the disk is full — .…$/)
  })

  it('gives the evidence alone where the runbook says nothing', () => {
    expect(textOf(choice({ label: '' }), 80)).toContain('ruled out  the output does not')
  })

  it('gives the room of words that could not be read to the title', () => {
    const title = 'Kubelet with a setting'
    expect(textOf(choice({ title }), 38)).toBe('  1 · Kubelet with a setti…  ruled out')
    expect(textOf(choice({ title: 'Free inodes', standing: 'open' }), 38)).toBe(
      '  1 · Free inodes  unchecked',
    )
  })

  it('shows a title whole where the words have room beside it', () => {
    const ways = [
      choice({ title: 'Is the device file there?', label: 'it is not' }),
      choice({
        label:
          'the agent says that a file which it needs is not where it should be, or that it may not read it',
      }),
    ]
    expect(draw(ways, { width: 78, height: 2 })[0]).toContain('Is the device file there?  ruled out')
  })
})

describe('the recommended way', () => {
  const best = choice({
    key: '2',
    standing: 'recommended',
    because: '/var is 97 % full and / is 91 % full on worker-1',
  })
  const others = Array.from({ length: 12 }, (_, at) => choice({ key: `${at + 3}` }))

  it('tells all its evidence in further rows below its words', () => {
    expect(draw([choice(), best, ...others], { width: 70, height: 6 }).slice(0, 3)).toEqual([
      '  1 · Free space  ruled out    the disk is full — the output does not…',
      '  2 → Free space  recommended  the disk is full — /var is 97 % full',
      '                               and / is 91 % full on worker-1',
    ])
  })

  it('tells it below its title where there is no room beside it', () => {
    expect(draw([best, choice()], { width: 36, height: 3 })).toEqual([
      '  2 → Free space  recommended',
      '      the disk is full — /var is 97',
      '      % full and / is 91 % full on …',
    ])
  })

  it('is in view with all its rows', () => {
    const rows = draw([...others, best], { width: 70, height: 4 })
    expect(rows.at(-2)).toContain('→ Free space  recommended')
    expect(rows.at(-1)).toContain('worker-1')
  })

  it('stays in one row where there is but one', () => {
    expect(draw([choice(), best], { width: 70, height: 1 })).toHaveLength(1)
  })

  it('gives its room to the one that is chosen', () => {
    const rows = draw([best, choice({ key: '3' })], { width: 70, height: 3, selected: 1 })
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatch(/…$/)
    expect(rows[2]).toContain('disk pressure')
  })
})

describe('the rows that ways on could fill', () => {
  it('are one each, and more for the recommended one where its evidence is long', () => {
    const best = choice({ standing: 'recommended', because: 'x '.repeat(30) })
    expect(nextRows([choice(), choice()], 80)).toBe(2)
    expect(nextRows([choice(), best], 80)).toBe(3)
    expect(nextRows([], 80)).toBe(0)
  })
})

describe('every row of the ways on', () => {
  it('fits the width, whatever it is', () => {
    const ways = [
      choice({ title: '日本語の題 🙂 of a step' }),
      choice({ standing: 'recommended' }),
      choice({ standing: 'free' }),
    ]
    for (let width = 30; width <= 160; width += 7)
      for (const line of presentNext({ choices: ways, selected: 0, width, height: 5 }))
        expect(rowWidth(line)).toBe(width)
  })
})
