import { describe, expect, it } from 'vitest'
import { presentChart } from '../../../src/ui/present/present-chart.ts'
import { presentHome } from '../../../src/ui/present/present-home.ts'
import { presentIntro } from '../../../src/ui/present/present-intro.ts'
import { presentSections } from '../../../src/ui/present/present-sections.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { homeEntries } from '../../../src/ui/scene/home-entries.ts'
import { offeredDrill } from '../../../src/ui/scene/offered-drill.ts'
import { aDrillEntry } from '../../kit/fake-drill.ts'
import { createTestServices } from '../../kit/render-runbook.ts'

const entriesWith = (drills: Parameters<typeof offeredDrill>[0]) =>
  homeEntries(createTestServices({ drills }).services)

const momentWith = (drills: Parameters<typeof offeredDrill>[0]) => ({
  ...createTestServices(),
  home: entriesWith(drills),
})

const shown = (rows: readonly Parameters<typeof rowText>[0][]): string => rows.map(rowText).join('\n')

describe('the drill that is offered', () => {
  it('is the first that was never finished, then the one with the lowest score', () => {
    const one = aDrillEntry('one', { best: 90 })
    const two = aDrillEntry('two', { best: 40 })
    const three = aDrillEntry('three')
    expect(offeredDrill([one, two, three])).toBe(three)
    expect(offeredDrill([one, two])).toBe(two)
    expect(offeredDrill([])).toBeUndefined()
  })
})

describe('the home screen at its first use', () => {
  it('says in three lines what can be done, and names the first drill', () => {
    const rows = presentIntro(momentWith([aDrillEntry('one')]), { width: 200, height: 10 })
    expect(rows).toHaveLength(3)
    expect(shown(rows)).toContain('The case of one')
  })

  it('says less once a drill was finished', () => {
    expect(
      presentIntro(momentWith([aDrillEntry('one', { best: 3 })]), { width: 200, height: 10 }),
    ).toHaveLength(1)
  })
})

describe('the sentences at the top', () => {
  it('are left out whole where there is no room for them', () => {
    const rows = presentIntro(momentWith([aDrillEntry('one')]), { width: 58, height: 3 })
    expect(shown(rows)).toMatch(/changes anything\.$/)
  })
})

describe('the list of the home screen', () => {
  it('says in empty sections what to do', () => {
    const text = shown(presentHome({ entries: [], selected: 0, width: 100, height: 40 }))
    expect(text).toContain('runtree open FILE.md')
    expect(text).toContain('None yet.')
    expect(text).toContain('drill start FILE.yaml')
  })

  it('shows a drill with layer, level and best score, and fewer of them where it is narrow', () => {
    const entries = entriesWith([aDrillEntry('one', { best: 88 }), aDrillEntry('two')])
    const at = (width: number): string => shown(presentHome({ entries, selected: 0, width, height: 40 }))
    expect(at(100)).toMatch(/The case of one .*best 88 · node · 6 min · level 1/)
    expect(at(100)).toMatch(/The case of two .*next for you/)
    expect(at(38)).toMatch(/The case of one .*level 1/)
  })
})

describe('the row of sections', () => {
  const entries = entriesWith([aDrillEntry('one')])

  it('counts what each holds where there is room', () => {
    expect(rowText(presentSections({ entries, selected: 0, width: 100 })).trim()).toBe(
      '1 What is wrong 2   2 Runbooks 1   3 Drills 1   4 Earlier 0',
    )
  })

  it.each([60, 50, 38, 20])('keeps within %i columns', width => {
    expect(rowText(presentSections({ entries, selected: 0, width }))).toHaveLength(width)
  })

  it('names at least the chosen one', () => {
    expect(rowText(presentSections({ entries, selected: 3, width: 38 })).trim()).toBe('1   2   3 Drills   4')
  })
})

describe('the chart of scores', () => {
  it('draws each score as a bar and says the figures', () => {
    expect(rowText(presentChart([0, 50, 100, 80]))).toBe('▁▅█▇  first 0, best 100, now 80')
  })

  it('keeps to the newest twenty', () => {
    const scores = Array.from({ length: 50 }, () => 10)
    expect(rowText(presentChart(scores)).indexOf(' ')).toBe(20)
  })
})
