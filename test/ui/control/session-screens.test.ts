import { describe, expect, it } from 'vitest'
import { presentOverlay } from '../../../src/ui/present/present-overlay.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import { foundRows } from '../../../src/ui/scene/found-rows.ts'
import { journalRows } from '../../../src/ui/scene/journal-rows.ts'
import { fullDisk } from '../../kit/render-runbook.ts'
import { diskStep, openStand, runDiskStep, type UiStand } from '../../kit/ui-stand.ts'

const rowsOf = ({ controller }: UiStand) => journalRows(controller.getMoment())
const foundOf = ({ controller }: UiStand) => {
  const { snapshot, services } = controller.getMoment()
  return snapshot === undefined ? [] : foundRows(snapshot.session, services.context.library)
}
const uiOf = ({ controller }: UiStand) => controller.getMoment().ui
const currentOf = ({ store }: UiStand) => store().getSnapshot().session.current?.step

describe('the journal', () => {
  it('tells what happened in order: steps, commands with their ends, findings, ways, notes', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.type('N')
    stand.type('it was full')
    stand.press('enter', 'n')
    expect(rowsOf(stand).map(({ text }) => text)).toEqual([
      'The triage began on worker-2',
      'Disk space',
      'df -h',
      'A filesystem is full',
      'it was full',
      'Way 1: a filesystem is nearly full',
      'Free space',
    ])
  })

  it('begins at its end, where the newest stands', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('J')
    const rows = rowsOf(stand)
    stand.press('k', 'j')
    expect(stand.overlay()).toMatchObject({ kind: 'journal', selected: rows.length - 1 })
  })

  it('opens with Enter the output of a command of another step', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('n', 'J', 'g')
    stand.press(
      ...rowsOf(stand)
        .slice(
          0,
          rowsOf(stand).findIndex(({ text }) => text === 'df -h'),
        )
        .map(() => 'j'),
      'enter',
    )
    expect(stand.overlay()).toBeUndefined()
    expect([currentOf(stand), uiOf(stand).focus]).toEqual(['disk', 'output'])
    expect(stand.controller.getMoment().scene?.run?.runId).toBe('r1')
  })

  it('says so where there is nothing to open', async () => {
    const stand = await openStand()
    stand.press('J', 'g', 'enter')
    expect(stand.notice()).toContain('nothing to open')
    expect(stand.overlay()?.kind).toBe('journal')
  })

  it('tells of an approval that was asked for and refused', async () => {
    const stand = await openStand()
    stand.press('j', 'j', 'j', 'enter', 'esc')
    expect(rowsOf(stand).map(({ remark }) => remark)).toContain('answered no')
  })

  it('takes a note', async () => {
    const stand = await openStand()
    stand.press('J', 'N')
    stand.type('look at /var')
    stand.press('enter')
    expect(
      stand
        .store()
        .getSnapshot()
        .session.notes.map(({ text }) => text),
    ).toEqual(['look at /var'])
  })
})

describe('the findings of the session', () => {
  it('are those of all steps, and lead to the line that proves them', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('n', 'tab', 'tab', 'tab', 'tab')
    while (uiOf(stand).focus !== 'findings') stand.press('tab')
    stand.press('f')
    expect(foundOf(stand).map(({ finding }) => finding.cause)).toEqual(['disk-full'])
    stand.press('enter')
    expect([currentOf(stand), uiOf(stand).focus]).toEqual(['disk', 'output'])
    expect(stand.controller.getMoment().scene?.view.markedLine).toBe(4)
  })

  it('stand once for a cause, with the outputs that show it below', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('!')
    stand.type('df -h /var')
    stand.press('enter')
    stand.store().print('r2', fullDisk)
    stand.store().end('r2')
    expect(stand.controller.getMoment().scene?.findings).toMatchObject([{ outputs: 2 }])
    while (uiOf(stand).focus !== 'findings') stand.press('tab')
    stand.press('f')
    expect(foundOf(stand).map(({ finding, outputs, command }) => [finding.cause, outputs, command])).toEqual([
      ['disk-full', 2, 'df -h'],
      ['disk-full', undefined, 'df -h'],
      ['disk-full', undefined, 'df -h /var'],
    ])
    const overlay = stand.overlay()
    const shown = overlay && presentOverlay(overlay, stand.controller.getMoment()).rows.map(rowText)
    expect(shown?.slice(0, 3).map(text => text.trim())).toEqual([
      expect.stringMatching(/in 2 outputs/),
      expect.stringMatching(/^line 4 +df -h /),
      expect.stringMatching(/^line 4 +df -h \/var/),
    ])
    stand.press('j', 'j', 'enter')
    expect(stand.controller.getMoment().scene?.run?.line).toBe('df -h /var')
  })

  it('forget what the newest run of a command no longer shows', async () => {
    const stand = await openStand()
    runDiskStep(stand)
    stand.press('enter')
    stand.store().print('r2', 'Filesystem Size Used Avail Use% Mounted on\n/dev/sdb1 100G 20G 80G 20% /var')
    stand.store().end('r2')
    expect(foundOf(stand)).toEqual([])
  })
})

describe('the report', () => {
  it('is shown as it stands and saved to the file that is named', async () => {
    const saved: (readonly string[])[] = []
    const stand = await openStand({
      initial: diskStep,
      reportOf: () => '# Report\n\nWhat was found.\n',
      saveText: (path, text) => void saved.push([path, text]),
    })
    stand.press('p')
    expect(stand.overlay()).toMatchObject({ kind: 'report', text: '# Report\n\nWhat was found.\n' })
    stand.press('s', 'ctrl-u')
    stand.type('r.md')
    stand.press('enter')
    expect(saved).toEqual([['r.md', '# Report\n\nWhat was found.\n']])
    expect(stand.notice()).toBe('Saved to r.md.')
    expect(stand.overlay()).toBeUndefined()
  })

  it('stays open with the reason when it cannot be saved', async () => {
    const stand = await openStand({ initial: diskStep, saveText: () => 'There is one already.' })
    stand.press('p', 's', 'enter')
    expect(stand.notice()).toBe('There is one already.')
    expect(stand.overlay()?.kind).toBe('save')
  })

  it('is come back to when it is not saved after all', async () => {
    const stand = await openStand({ initial: diskStep, reportOf: () => '# Report\n' })
    stand.press('p', 's', 'esc')
    expect(stand.overlay()).toMatchObject({ kind: 'report', text: '# Report\n' })
  })

  it('ends where its last row is in view, and goes up from there at once', async () => {
    const text = Array.from({ length: 40 }, (_, at) => `- ${'word '.repeat(30)}${at}`).join('\n')
    const stand = await openStand({ initial: diskStep, reportOf: () => text })
    const shown = () => {
      const overlay = stand.overlay()
      return overlay && presentOverlay(overlay, stand.controller.getMoment())
    }
    stand.press('p')
    expect(shown()?.remark).toMatch(/^1–\d+ of \d+ rows$/)
    stand.press('G')
    const atEnd = shown()
    expect(atEnd?.rows.map(rowText).join(' ')).toMatch(/39 *$/)
    expect(atEnd?.remark).toMatch(/–(\d+) of \1 rows$/)
    stand.press('k')
    expect(shown()?.remark).not.toBe(atEnd?.remark)
  })

  it('is copied as Markdown', async () => {
    const stand = await openStand({ initial: diskStep, reportOf: () => '# Report\n' })
    stand.press('p', 'y')
    expect(stand.copied()).toEqual(['# Report\n'])
  })
})
