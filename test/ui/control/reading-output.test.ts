import { describe, expect, it } from 'vitest'
import { presentFooter } from '../../../src/ui/present/present-footer.ts'
import { presentOutputPane } from '../../../src/ui/present/present-output-pane.ts'
import { presentStepRule } from '../../../src/ui/present/present-rules.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { testInstant } from '../../kit/render-runbook.ts'
import { openStand, runDiskStep, type UiStand } from '../../kit/ui-stand.ts'
import { waitFor } from '../../kit/wait-for.ts'

const sceneOf = ({ controller }: UiStand) => {
  const { scene } = controller.getMoment()
  if (scene === undefined) throw new Error('no step is shown')
  return scene
}

/** The output pane as it is read. */
const paneOf = ({ controller }: UiStand): readonly string[] => {
  const moment = controller.getMoment()
  const { scene } = moment
  const room = scene?.layout.panes.output
  if (scene === undefined || room === undefined) throw new Error('no output is shown')
  return presentOutputPane({ ...moment, scene }, room).map(row => rowText(row).trimEnd())
}

const logLines = Array.from(
  { length: 200 },
  (_, at) => `line ${at + 1} ${at % 50 === 7 ? 'connection refused' : 'ok'}`,
)

/** A stand with a long output that has the keys. */
const openLog = async (): Promise<UiStand> => {
  const stand = await openStand()
  stand.press('enter')
  stand.store().print('r1', logLines.join('\n'))
  stand.press('tab')
  return stand
}

/** What stands above the output, as it is read. */
const ruleOf = ({ controller }: UiStand): string => {
  const moment = controller.getMoment()
  const { scene } = moment
  const rule = scene?.layout.rules.find(({ pane }) => pane === 'output')
  if (scene === undefined || rule === undefined) throw new Error('no output is shown')
  return rowText(presentStepRule({ ...moment, scene }, rule))
}

describe('searching an output', () => {
  it('says above it that no line holds the text, until the search is ended', async () => {
    const stand = await openLog()
    stand.type('/nowhere')
    stand.press('enter')
    expect(ruleOf(stand)).toContain('"nowhere" not found')
    stand.press('esc')
    expect(ruleOf(stand)).not.toContain('not found')
    stand.type('/refused')
    stand.press('enter')
    expect(ruleOf(stand)).not.toContain('not found')
  })

  it('says how far it is in a long one, and at its end that nothing was found, without another key', async () => {
    const stand = await openLog()
    const long = 'x'.repeat(1_000)
    stand.store().print('r1', Array.from({ length: 30_000 }, () => long).join('\n'))
    stand.type('/nowhere')
    stand.press('enter')
    expect(ruleOf(stand)).toMatch(/\d+ % searched/)
    expect(stand.notice()).toMatch(/^Not found in the first \d+ %\. .*; n looks again\.$/)
    await waitFor({
      what: 'the search to end',
      probe: () => (ruleOf(stand).includes('"nowhere" not found') ? true : undefined),
    })
  })
})

describe('filtering an output', () => {
  it('shows only the lines that hold a text, with their numbers', async () => {
    const stand = await openLog()
    stand.type('&refused')
    stand.press('enter')
    expect(paneOf(stand).filter(row => row !== '')).toEqual([
      '    8 line 8 connection refused',
      '   58 line 58 connection refused',
      '  108 line 108 connection refused',
      '  158 line 158 connection refused',
    ])
  })

  it('adds what comes while it is on', async () => {
    const stand = await openLog()
    stand.type('&refused')
    stand.press('enter')
    stand.store().print('r1', 'again refused\nbut not this')
    expect(paneOf(stand).filter(row => row !== '')).toHaveLength(5)
  })

  it('is taken away by the same key, with the match that stood out and its surroundings in view', async () => {
    const stand = await openLog()
    stand.type('&refused')
    stand.press('enter')
    stand.type('nnn')
    const marked = sceneOf(stand).view.markedLine
    stand.type('&')
    const rows = paneOf(stand)
    expect(marked).toBeDefined()
    expect(rows.some(row => row.startsWith('❯') && row.includes(`line ${marked} `))).toBe(true)
    expect(rows.some(row => row.includes(`line ${(marked ?? 0) - 1} `))).toBe(true)
  })

  it('lets n and N go on from match to match once all lines are shown again', async () => {
    const stand = await openLog()
    stand.type('&refused')
    stand.press('enter')
    stand.type('n&n')
    const second = sceneOf(stand).view.markedLine
    stand.type('N')
    expect([second, sceneOf(stand).view.markedLine]).toEqual([58, 8])
  })

  it('begins with an empty field, also while something else is searched for', async () => {
    const stand = await openLog()
    stand.type('/ok')
    stand.press('enter')
    stand.type('&refused')
    stand.press('enter')
    expect(sceneOf(stand).view.filter).toBe('refused')
  })

  it('is taken away by Escape, which then leads to the commands and only then asks to leave', async () => {
    const stand = await openLog()
    stand.type('&refused')
    stand.press('enter', 'esc', 'esc')
    expect(sceneOf(stand).view.filter).toBeUndefined()
    expect(stand.controller.getMoment().ui.focus).toBe('output')
    stand.press('esc')
    expect(stand.controller.getMoment().ui.focus).toBe('commands')
    expect(stand.overlay()).toBeUndefined()
    stand.press('esc')
    expect(stand.overlay()?.kind).toBe('leave')
  })

  it('says so when no line holds the text', async () => {
    const stand = await openLog()
    stand.type('&nowhere')
    stand.press('enter')
    expect(paneOf(stand).join(' ')).toContain('No line holds "nowhere". & shows all lines again.')
  })

  it('does not hide the line that proves a finding', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('tab')
    stand.type('&tmpfs')
    stand.press('enter', 'tab', 'enter')
    expect(sceneOf(stand).view).toMatchObject({ filter: undefined, markedLine: 4 })
  })

  it('scrolls through what is left, and stops at its ends', async () => {
    const stand = await openLog()
    stand.controller.resize({ columns: 60, rows: 16 })
    stand.type('&ok')
    stand.press('enter', 'g')
    expect(paneOf(stand)[0]).toContain('line 1 ok')
    for (let times = 0; times < 7; times++) stand.press('j')
    expect(paneOf(stand)[0]).toContain('line 9 ok')
    stand.press('G')
    expect(paneOf(stand).join('\n')).toContain('line 200 ok')
    stand.press('j', 'j')
    expect(paneOf(stand).join('\n')).toContain('line 200 ok')
  })
})

describe('times of lines', () => {
  it('stand beside the lines when they are asked for', async () => {
    let now = testInstant
    const stand = await openStand({ initial: { runbook: 'node-checks', step: 'disk' }, now: () => now })
    stand.press('enter')
    stand.store().print('r1', 'first')
    now += 5000
    stand.store().print('r1', 'second')
    stand.press('tab', 't')
    expect(paneOf(stand).slice(0, 2)).toEqual(['  10:15:00 first', '  10:15:05 second'])
    stand.press('t')
    expect(paneOf(stand)[0]).toBe('  first')
  })
})

describe('a marked line', () => {
  it('tells below the output what it means and which step goes on from it', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('e')
    const rows = paneOf(stand).join('\n')
    expect(rows).toContain('A filesystem is full: Nothing can be written there any more.')
    expect(rows).toMatch(/o → Free space/)
    stand.press('o')
    expect(stand.store().getSnapshot().session.current?.step).toBe('free-space')
  })

  it('leads with Enter to its finding, and the finding back to the line', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('tab', 'enter')
    expect(sceneOf(stand).view.markedLine).toBe(4)
    stand.press('enter')
    expect(stand.controller.getMoment().ui.focus).toBe('findings')
    stand.press('enter')
    expect(stand.controller.getMoment().ui.focus).toBe('output')
    expect(sceneOf(stand).view.markedLine).toBe(4)
  })

  it('is found with Enter on the smallest screen too', async () => {
    const stand = await openStand(
      { initial: { runbook: 'node-checks', step: 'disk' } },
      { columns: 40, rows: 12 },
    )
    runDiskStep(stand)
    stand.press('tab', 'enter', 'enter')
    expect(stand.controller.getMoment().ui.focus).toBe('findings')
    expect(sceneOf(stand).layout.panes.findings).toBeDefined()
  })
})

describe('long lines', () => {
  const far = `${'節 '.repeat(100)}connection refused here`

  const openFar = async (...lines: readonly string[]): Promise<UiStand> => {
    const stand = await openStand()
    stand.press('enter')
    stand.store().print('r1', lines.join('\n'))
    stand.press('tab')
    return stand
  }

  it('go back to their beginning where what a jump leads to stands there', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    for (const jump of [['e'], ['E'], ['enter'], ['0', 'enter', 'enter']]) {
      stand.press('tab', 'l', 'l', 'l', ...jump)
      expect(paneOf(stand)[3]).toMatch(/^❯ \S+ .*✗ error$/)
      stand.press('esc')
    }
  })

  it('are moved to what a search finds far to the right, and back to what it finds at the left', async () => {
    const stand = await openFar(far, 'connection refused')
    stand.type('/refused')
    stand.press('enter')
    expect(paneOf(stand)[0]).toMatch(/^❯ .*節 connection refused…$/)
    stand.type('n')
    expect(paneOf(stand)[1]).toBe('❯ connection refused')
    stand.type('N')
    expect(ruleOf(stand)).toContain('from column')
    stand.press('l')
    expect(paneOf(stand)[0]).toMatch(/refused here$/)
  })

  it('show a match that is longer than the pane from its beginning', async () => {
    const stand = await openFar(`${'-'.repeat(100)}${'z'.repeat(300)}`)
    stand.type(`/${'z'.repeat(250)}`)
    stand.press('enter')
    expect(paneOf(stand)[0]).toMatch(/^❯ z+…$/)
  })

  it('are moved to their end and back', async () => {
    const stand = await openStand()
    stand.press('enter')
    stand.store().print('r1', `begin ${'x'.repeat(300)} end`)
    stand.press('tab', '$')
    expect(paneOf(stand)[0]).toMatch(/x end$/)
    stand.press('0')
    expect(paneOf(stand)[0]).toMatch(/^ {2}begin x/)
  })

  it('say in the footer of the output how it can be read', async () => {
    const stand = await openLog()
    stand.controller.resize({ columns: 200, rows: 60 })
    const footer = presentFooter(stand.controller.getMoment()).map(rowText).join('')
    for (const word of ['search', 'filter', 'follow', 'wrap', 'times']) expect(footer).toContain(word)
  })
})

describe('the next marked line', () => {
  it('is that of an earlier output of the step where the one that is seen has none', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('j', 'enter')
    stand.store().print('r2', 'nothing of note')
    stand.store().end('r2')
    expect(sceneOf(stand).run?.runId).toBe('r2')
    stand.press('e')
    const { run, view } = sceneOf(stand)
    expect([run?.runId, view.markedLine !== undefined]).toEqual(['r1', true])
  })
})
