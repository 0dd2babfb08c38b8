import { afterEach, describe, expect, it } from 'vitest'
import { aDrillEntry, createFakeDrill } from '../../kit/fake-drill.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices } from '../../kit/render-runbook.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const sizes = [
  [40, 12],
  [60, 16],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

const show = async (columns: number, rows: number): Promise<RenderedApp> => {
  const { services } = createTestServices({
    drills: [aDrillEntry('quiet-node', { best: 72 })],
    openDrill: async () =>
      createFakeDrill(() => services.openSession({ runbook: 'node-checks', step: 'disk' })),
    initialDrill: 'quiet-node',
  })
  const app = await renderApp(services, { columns, rows })
  open.push(app)
  return app
}

const text = (rows: readonly string[]): string => `${rows.join('\n')}\n`

describe.each(sizes)('a drill at %i×%i', (columns, rows) => {
  it('is briefed', async () => {
    const app = await show(columns, rows)
    await expect(text(await app.screen())).toMatchFileSnapshot(
      `../../fixtures/ui/screens/briefing-${columns}x${rows}.txt`,
    )
  })

  it('is looked back at, down to its last row', async () => {
    const app = await show(columns, rows)
    await app.after('X')
    await expect(text(await app.after('y'))).toMatchFileSnapshot(
      `../../fixtures/ui/screens/debrief-${columns}x${rows}.txt`,
    )
    const last = text(await app.after('G'))
    expect(last).toContain('ssh worker-1 systemctl')
    expect(last).not.toContain('more row')
  })
})

describe('the clock of a drill', () => {
  it('stands in the top row until it is hidden', async () => {
    const app = await show(80, 24)
    expect((await app.screen())[0]).toContain('3 of 6 min')
    expect((await app.after('K'))[0]).not.toContain('min')
    await app.after('K')
    expect((await app.after('c'))[0]).toContain('practice')
  })
})
