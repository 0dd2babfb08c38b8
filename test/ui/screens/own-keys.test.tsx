import { afterEach, describe, expect, it } from 'vitest'
import { ownBindings } from '../../../src/ui/keys/own-bindings.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, nodeRunbook } from '../../kit/render-runbook.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const show = async (own: Readonly<Record<string, readonly string[]>>, more: Partial<AppServices> = {}) => {
  const { bindings } = ownBindings(new Map(Object.entries(own)))
  const initial = { runbook: nodeRunbook.name, step: 'disk' }
  const { services } = createTestServices({ initial, bindings, ...more })
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

  it('wraps long lines at first where that is wished for', async () => {
    const app = await show({ 'output-wrap': ['x'] }, { longLines: 'wrap' })
    expect(await app.text('\r')).toMatch(/wrapped/)
  })
})
