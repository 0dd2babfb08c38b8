import { afterEach, describe, expect, it } from 'vitest'
import { aDrillEntry, createFakeDrill } from '../../kit/fake-drill.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices } from '../../kit/render-runbook.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const hostOf = (host: string) => ({ target: { name: `ssh:${host}`, host } })

describe('the top row of the smallest screen', () => {
  it('still tells the drill, its clock and the machine', async () => {
    const { services } = createTestServices({
      openDrill: async () =>
        createFakeDrill(() => services.openSession({ runbook: 'node-checks', step: 'disk' })),
      drills: [aDrillEntry('quiet-node')],
      initialDrill: 'quiet-node',
      ...hostOf('the simulated cluster mks'),
    })
    const app = await renderApp(services, { columns: 40, rows: 12 })
    open.push(app)
    const [top = ''] = await app.screen()
    expect(top).toMatch(/^ Fire drill +3\/6 min {2}the simulated cl…/)
  })

  it('cuts a long name and a long machine, but neither away', async () => {
    const { services } = createTestServices(hostOf('a-machine-with-a-name.that.goes.on.and.on.example'))
    const app = await renderApp(services, { columns: 40, rows: 12 })
    open.push(app)
    const [top = ''] = await app.screen()
    expect(top).toMatch(/^ runtree +a-machine-with-a-name\.th.*…/)
    const [onStep = ''] = await app.after('\r')
    expect(onStep).toMatch(/^ Node checks +\S/)
  })
})
