import { afterEach, describe, expect, it } from 'vitest'
import type { DecideContext } from '../../../src/session/index.ts'
import type { AppServices } from '../../../src/ui/services.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, fullDisk, nodeContext } from '../../kit/render-runbook.ts'
import { aCommand, aTree } from '../../kit/render-tree.ts'

const name = 'pages'
const start = { runbook: name, step: 'look' }
const runbook = aTree(
  name,
  [
    {
      id: 'look',
      commands: [
        aCommand('look/1', 'df -h'),
        aCommand('look/2', 'curl -H "Authorization: Bearer <api-token>" https://10.0.0.1:6443/readyz'),
        aCommand('look/3', 'ls <full-mount>'),
      ],
    },
  ],
  {
    variables: [
      { name: 'api-token', about: 'who asks', type: 'secret', from: undefined },
      {
        name: 'full-mount',
        about: 'where it is full',
        type: 'path',
        from: 'filesystems.filter(f, f.usePercent > 30).map(f, f.mount)',
      },
    ],
  },
)
const context = { ...nodeContext, library: { trees: new Map([[name, runbook]]) } }
const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const show = async (library: Partial<DecideContext['library']> = {}, more: Partial<AppServices> = {}) => {
  const asked = { ...context, library: { ...context.library, ...library } }
  const { services, stores } = createTestServices({ initial: start, context: asked, ...more })
  const app = await renderApp(services, { columns: 100, rows: 30 })
  open.push(app)
  const ran = (): readonly string[] =>
    [...(stores.at(-1)?.getSnapshot().session.runs.values() ?? [])].map(run => run.line)
  return {
    ...app,
    ran,
    stores,
    text: async (keys = '') => (keys === '' ? await app.screen() : await app.after(keys)).join('\n'),
  }
}

describe('a runbook from outside', () => {
  const outside = { outside: new Map([[name, '/srv/share/pages.md']]) }

  it('shows where it comes from before its first command, and runs it after "yes"', async () => {
    const app = await show(outside)
    expect(await app.text('\r')).toContain('/srv/share/pages.md')
    await app.text('run\r')
    expect(app.ran()).toEqual([])
    expect(await app.text('\x15yes\r')).not.toContain('/srv/share/pages.md')
    expect(app.ran()).toEqual(['df -h'])
  })

  it('runs nothing when one leaves the question', async () => {
    const app = await show(outside)
    await app.text('\r')
    await app.text('\x1b')
    // A lone escape counts as a key once nothing has followed it for a moment.
    await expect.poll(() => app.text()).not.toContain('/srv/share/pages.md')
    expect(app.ran()).toEqual([])
  })
})

describe('the last row says what Enter does with what is typed', () => {
  it.for([
    ['an own command', '!', 'Enter run '],
    ['a command that is changed', 'i', 'Enter run '],
    ['a note', 'N', 'Enter keep '],
    ['the file of a report', 'ps', 'Enter save '],
  ])('%s', async ([, keys, hint]) => {
    const app = await show()
    expect((await app.after(keys ?? '')).at(-1)).toContain(hint)
  })
})

describe('the form for values', () => {
  it('never draws a secret, while it is typed or once it is taken', async () => {
    const app = await show()
    await app.text('j\r')
    const typed = await app.text('hunter2')
    expect(typed).toContain('•••••••')
    expect(typed).not.toContain('hunter2')
    expect(await app.text('\r')).not.toContain('hunter2')
    expect(app.ran()).toHaveLength(1)
  })

  it('puts the next suggestion in with Ctrl-N, taken from facts that were seen', async () => {
    const app = await show()
    await app.text('\r')
    app.stores.at(-1)?.print('r1', fullDisk)
    app.stores.at(-1)?.end('r1')
    expect(await app.text('jj\r')).toMatch(/Suggested {2}\/ · \/var/)
    await app.text('\x0e\x0e')
    await app.text('\r')
    expect(app.ran().at(-1)).toBe('ls /var')
  })

  it('offers the next value only where there is one', async () => {
    const app = await show()
    expect((await app.after('j\r')).at(-1)).not.toContain('next value')
  })

  it('says why Ctrl-N does nothing where nothing is suggested', async () => {
    const app = await show()
    await app.text('j\r')
    expect(await app.text('\x0e')).toContain('Nothing is suggested for this value')
  })
})
