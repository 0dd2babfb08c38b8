import { describe, expect, it } from 'vitest'
import { presentChart } from '../../../src/ui/present/present-chart.ts'
import { presentDebrief } from '../../../src/ui/present/present-debrief.ts'
import { presentHome } from '../../../src/ui/present/present-home.ts'
import { presentIntro } from '../../../src/ui/present/present-intro.ts'
import { presentSections } from '../../../src/ui/present/present-sections.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { type HomeEntry, homeEntries } from '../../../src/ui/scene/home-entries.ts'
import { homeFolds, homeStops } from '../../../src/ui/scene/home-folds.ts'
import { offeredDrill } from '../../../src/ui/scene/offered-drill.ts'
import { aDrillEntry, anEnd } from '../../kit/fake-drill.ts'
import { createTestServices } from '../../kit/render-runbook.ts'

const entriesWith = (drills: Parameters<typeof offeredDrill>[0]) =>
  homeEntries(createTestServices({ drills }).services)

const momentWith = (drills: Parameters<typeof offeredDrill>[0]) => ({
  ...createTestServices(),
  home: entriesWith(drills),
})

const drillOf = (entry: HomeEntry) => (entry.kind === 'drill' ? [entry.drill] : [])

const listOf = (entries: readonly HomeEntry[], more: Partial<Parameters<typeof presentHome>[0]> = {}) =>
  presentHome({
    entries,
    folds: homeFolds(entries, []),
    keys: createTestServices().services,
    selected: 0,
    width: 100,
    height: 40,
    ...more,
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
    const text = shown(listOf([]))
    expect(text).toContain('runtree open FILE.md')
    expect(text).toContain('None yet.')
    expect(text).toContain('drill start FILE.yaml')
  })

  it('shows a drill with layer, level and best score, and fewer of them where it is narrow', () => {
    const entries = entriesWith([aDrillEntry('one', { best: 88 }), aDrillEntry('two')])
    const at = (width: number): string => shown(listOf(entries, { width }))
    expect(at(100)).toMatch(/The case of one .*best 88 · node · 6 min · level 1/)
    expect(at(100)).toMatch(/The case of two .*next for you/)
    expect(at(38)).toMatch(/The case of one .*level 1/)
  })
})

describe('a long section of the home screen', () => {
  const many = entriesWith(Array.from({ length: 12 }, (_, at) => aDrillEntry(`n${at}`)))
  const first = many.findIndex(({ kind }) => kind === 'drill')

  it('shows the first few and one row for the others, on which one can stand', () => {
    expect(shown(listOf(many))).toMatch(/n4 [\s\S]*… and 7 more drills +Enter lists them, \/ searches/)
    expect(shown(listOf(many))).not.toMatch(/n5 /)
    expect(shown(listOf(many, { selected: first + 5 }))).toContain('❯ … and 7 more drills')
    expect(homeStops(homeFolds(many, [])).filter(stop => stop >= first)).toHaveLength(6)
  })

  it('says how many more there are where there is room for little else', () => {
    expect(shown(listOf(many, { width: 45 }))).toMatch(/^ {2}… and 7 more drills +Enter lists them *$/m)
    expect(shown(listOf(many, { width: 30 }))).toMatch(/^ {2}… and 7 more drills *$/m)
  })

  it('is seen whole once it was opened, or where only one would be left out', () => {
    expect(shown(listOf(many, { folds: homeFolds(many, ['drill']) }))).toMatch(/n11 /)
    expect(shown(listOf(entriesWith(many.slice(first, first + 6).flatMap(drillOf))))).not.toContain(
      'more drill',
    )
  })

  it('has the drill that is to be done next at its beginning', () => {
    const entries = entriesWith([aDrillEntry('done', { best: 50 }), aDrillEntry('easy')])
    expect(shown(listOf(entries))).toMatch(/Fire drills\n.*The case of easy .*next for you/)
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

  it('says all its figures in a debrief of few columns', () => {
    const texts = presentDebrief({ ...anEnd, history: [60, 100, 60, 100, 0] }, 38).map(rowText)
    expect(texts.join(' ').replace(/\s+/g, ' ')).toContain('first 60, best 100, now 0')
    expect(texts.filter(text => text.length > 38)).toEqual([])
  })

  it('breaks every sentence of a first debrief of few columns', () => {
    const texts = presentDebrief({ ...anEnd, history: [60] }, 38).map(rowText)
    expect(texts.join(' ').replace(/\s+/g, ' ')).toContain('The first time that you finished this drill.')
    expect(texts.filter(text => text.length > 38)).toEqual([])
  })
})
