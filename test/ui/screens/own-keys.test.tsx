import { afterEach, describe, expect, it } from 'vitest'
import { ownBindings } from '../../../src/ui/keys/own-bindings.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { aDrillEntry } from '../../kit/fake-drill.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, nodeRunbook } from '../../kit/render-runbook.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const onStep: Partial<AppServices> = { initial: { runbook: nodeRunbook.name, step: 'disk' } }

const show = async (own: Readonly<Record<string, readonly string[]>>, more = onStep) => {
  const { bindings } = ownBindings(new Map(Object.entries(own)))
  const { services } = createTestServices({ bindings, ...more })
  const app = await renderApp(services, { columns: 120, rows: 40 })
  open.push(app)
  return {
    footer: async () => (await app.screen()).at(-1) ?? '',
    text: async (keys = '') => (keys === '' ? await app.screen() : await app.after(keys)).join('\n'),
  }
}

describe("a screen with the operator's own keys", () => {
  it('names them in the footer and the help, and follows them', async () => {
    const app = await show({ help: ['H'], 'focus-findings': ['ctrl-g'] })
    expect(await app.footer()).toMatch(/H help/)
    expect(await app.footer()).not.toMatch(/\? help/)
    expect(await app.text('?')).not.toContain('Show all keys')
    expect(await app.text('H')).toMatch(/Ctrl-G +Go to the findings/)
  })

  it('names them beside the ways on', async () => {
    expect(await (await show({ jump: ['X'] })).text()).toMatch(/X +Choose another step/)
  })

  it('names them in what the home screen says', async () => {
    const drills = [aDrillEntry('one')]
    const app = await show({ 'home-drill': ['x'], 'home-open': ['O'] }, { drills })
    expect(await app.text()).toMatch(/x starts your first fire drill/)
    expect(await app.text('3')).toMatch(/O shows what the pager says/)
  })

  it('names them where an output is not run or not followed, and where an action is looked for', async () => {
    const app = await show({ 'command-run': ['x'], palette: ['ctrl-k'] })
    expect(await app.text()).toMatch(/x runs the chosen command/)
    expect(await app.text('?/qqq')).toMatch(/Ctrl-K lists all/)
  })

  it('wraps long lines at first where that is wished for', async () => {
    const app = await show({ 'output-wrap': ['x'] }, { ...onStep, longLines: 'wrap' })
    expect(await app.text('\r')).toMatch(/wrapped/)
  })
})
