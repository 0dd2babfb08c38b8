import { afterEach, describe, expect, it } from 'vitest'
import { cellWidth } from '../../../src/ui/present/cells.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, fullDisk } from '../../kit/render-runbook.ts'
import type { FakeStore } from '../../kit/render-store.ts'
import { longContext } from '../../kit/ui-documents.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

type Shown = RenderedApp & { readonly store: () => FakeStore | undefined }

const show = async (columns: number, rows: number, more: Partial<AppServices> = {}): Promise<Shown> => {
  const { services, stores } = createTestServices({
    initial: { runbook: 'node-checks', step: 'disk' },
    ...more,
  })
  const app = await renderApp(services, { columns, rows })
  open.push(app)
  return { ...app, store: () => stores.at(-1) }
}

/** A triage that has found something and gone on from it. */
const walk = async (app: Shown): Promise<void> => {
  await app.after('\r')
  app.store()?.print('r1', fullDisk)
  app.store()?.end('r1')
  await app.after('n')
}

const text = (rows: readonly string[]): string => rows.map(row => row.trimEnd()).join('\n')

const sizes = [
  [60, 16],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

/** Each screen that fills the terminal, and the keys that open it on a step. */
const screens = [
  ['map', 'm'],
  ['journal', 'J'],
  ['found', 'ff'],
  ['report', 'p'],
] as const

describe.each(screens)('the screen of the %s', (name, keys) => {
  it.each(sizes)('is drawn at %i×%i', async (columns, rows) => {
    const app = await show(columns, rows)
    await walk(app)
    await expect(`${text(await app.after(keys))}\n`).toMatchFileSnapshot(
      `../../fixtures/ui/screens/${name}-${columns}x${rows}.txt`,
    )
  })

  it('is drawn in ASCII where nothing else may be written', async () => {
    const app = await show(100, 30, { appearance: { colours: 'none', glyphs: 'ascii' } })
    await walk(app)
    const rows = (await app.after(keys)).map(row =>
      row.replaceAll(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|ー|🚀/gu, ''),
    )
    expect(text(rows)).toMatch(/^[\n\x20-\x7e]*$/)
  })

  it('keeps every row of a long runbook with wide titles within the smallest terminal', async () => {
    const context = longContext(300)
    const app = await show(40, 12, { context, initial: { runbook: 'long', step: 's0' } })
    const rows = await app.after(keys)
    expect(rows).toHaveLength(12)
    for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(40)
    expect(text(rows)).toMatch(/╭─.*╮/)
    expect(rows.filter(row => /^[│╭╰].*[│╮╯]$/.test(row)).length).toBeGreaterThanOrEqual(4)
  })
})
