import { afterEach, describe, expect, it } from 'vitest'
import type { AppServices } from '../../../src/ui/services.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, fullDisk } from '../../kit/render-runbook.ts'
import type { FakeStore } from '../../kit/render-store.ts'

const disk = { runbook: 'node-checks', step: 'disk' }
const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

type Shown = RenderedApp & { readonly store: () => FakeStore }

const show = async (
  columns: number,
  rows: number,
  more: Partial<AppServices> = { initial: disk },
): Promise<Shown> => {
  const { services, stores } = createTestServices(more)
  const app = await renderApp(services, { columns, rows })
  open.push(app)
  return {
    ...app,
    store: () => {
      const store = stores.at(-1)
      if (store === undefined) throw new Error('no session was opened')
      return store
    },
  }
}

const runDisk = async (app: Shown): Promise<readonly string[]> => {
  await app.after('\r')
  app.store().print('r1', fullDisk)
  app.store().end('r1')
  return app.screen()
}

const text = (rows: readonly string[]): string => rows.map(row => row.trimEnd()).join('\n')

const sizes = [
  [40, 12],
  [60, 16],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

describe('the step screen', () => {
  it.each(sizes)('is drawn at %i×%i', async (columns, rows) => {
    const app = await show(columns, rows)
    const screen = await runDisk(app)
    await expect(`${text(screen)}\n`).toMatchFileSnapshot(
      `../../fixtures/ui/screens/step-${columns}x${rows}.txt`,
    )
  })

  it('says what is recommended and why', async () => {
    const screen = text(await runDisk(await show(120, 40)))
    expect(screen).toMatch(/1 → Free space\s+recommended\s+a filesystem is nearly full — \/v/)
    expect(screen).toMatch(/node\s+failing ✗/)
    expect(screen).toMatch(/✗ \/dev\/sdb1 .*✗ error/)
  })

  it('draws the same in ASCII where nothing else may be written', async () => {
    const app = await show(100, 30, {
      initial: { ...disk, step: 'free-space' },
      appearance: { colours: 'none', glyphs: 'ascii' },
    })
    expect(text(await app.screen())).toMatch(/^[\n\x20-\x7e]*$/)
  })
})

describe('the home screen', () => {
  it.each(sizes)('is drawn at %i×%i', async (columns, rows) => {
    const app = await show(columns, rows, {})
    await expect(`${text(await app.screen())}\n`).toMatchFileSnapshot(
      `../../fixtures/ui/screens/home-${columns}x${rows}.txt`,
    )
  })
})

describe('what lies over the screen', () => {
  const overlays = [
    ['help', '?'],
    ['palette', ':'],
    ['palette-filtered', ':go'],
    ['values', 'jj\r'],
    ['jump', '/'],
    ['edit', 'i'],
    ['note', 'N'],
    ['copy', 'y'],
    ['target', 'T'],
  ] as const

  it('asks for approval with the machine, the whole command and the word', async () => {
    const app = await show(40, 12)
    const screen = text(await app.after('jjj\r'))
    expect(screen).toContain('Run this?')
    expect(screen).toContain('worker-2')
    expect(screen).toContain('journalctl --vacuum-size=200M')
    expect(screen).toContain('destroys')
    expect(screen).toContain('Type worker-2')
  })

  it.each(overlays)('is framed whole: %s', async (name, keys) => {
    const app = await show(80, 24)
    await expect(`${text(await app.after(keys))}\n`).toMatchFileSnapshot(
      `../../fixtures/ui/screens/overlay-${name}.txt`,
    )
  })

  it.each(overlays)('fits the smallest screen: %s', async (_name, keys) => {
    const app = await show(40, 12)
    const screen = await app.after(keys)
    expect(text(screen)).toMatch(/╭─.*╮/)
    expect(text(screen)).toMatch(/╰─+╯/)
  })
})

const resizes = [
  [40, 12],
  [97, 31],
  [39, 11],
  [20, 4],
  [120, 40],
  [80, 24],
] as const

describe('the terminal', () => {
  it('takes every key of a chunk', async () => {
    const app = await show(80, 24)
    await app.after('j\r')
    expect(
      app
        .store()
        .running()
        .map(run => run.line),
    ).toEqual(['df -i'])
  })

  it('gives a bracketed paste to no key', async () => {
    const app = await show(80, 24)
    const screen = await app.after('\x1b[200~R\r\x1b[201~')
    expect(app.store().getSnapshot().session.runs.size).toBe(0)
    expect(text(screen)).toContain('dropped')
  })

  it.each(resizes)(
    'shows after a resize to %i×%i what it would have shown from the start',
    async (columns, rows) => {
      const app = await show(200, 60)
      await app.screen()
      const fresh = await show(columns, rows)
      expect(await app.resize({ columns, rows })).toEqual(await fresh.screen())
      const before = await show(200, 60)
      expect(await app.resize({ columns: 200, rows: 60 })).toEqual(await before.screen())
    },
  )

  it('survives being dragged through many sizes', async () => {
    const app = await show(200, 60)
    await app.screen()
    for (let step = 0; step < 40; step++) app.terminal.resize({ columns: 200 - step * 4, rows: 60 - step })
    const fresh = await show(97, 31)
    expect(await app.resize({ columns: 97, rows: 31 })).toEqual(await fresh.screen())
  })

  it('is asked for more room below 40×12', async () => {
    const app = await show(39, 12)
    expect(text(await app.screen())).toContain('39×12')
    expect(text(await app.resize({ columns: 40, rows: 12 }))).toContain('Disk space')
  })

  it('is drawn whole again with Ctrl-L, also while a text is typed', async () => {
    for (const open of ['', ':', '/di']) {
      const app = await show(80, 24)
      const before = await app.after(open)
      app.terminal.stdout.write(`\x1b[5;3Hwritten by another${'\n'.repeat(30)}program`)
      expect(await app.screen()).not.toEqual(before)
      expect(await app.after('\x0c')).toEqual(before)
    }
  })

  it('keeps its rows apart where the terminal takes emoji for wider than they are', async () => {
    const app = await show(80, 24)
    await app.after('\r')
    const family = '👩\u{200d}👩\u{200d}👧\u{200d}👦'
    app.store().print('r1', `${family.repeat(30)}\nsecond\nthird`)
    const screen = await app.screen()
    const at = screen.findIndex(row => row.includes(family))
    expect(screen.slice(at + 1, at + 3).map(row => row.trim())).toEqual(['second', 'third'])
  })

  it('gets nothing written while nothing happens', async () => {
    const app = await show(120, 40)
    await app.screen()
    const before = app.terminal.written()
    await app.screen()
    await app.screen()
    expect(app.terminal.written()).toBe(before)
  })

  it('is given back whole', async () => {
    const app = await show(80, 24)
    await app.screen()
    expect([app.terminal.isRaw(), app.terminal.isAlternate()]).toEqual([true, true])
    await app.after('q')
    await app.exited
    await app.terminal.screen()
    expect([app.terminal.isRaw(), app.terminal.isAlternate()]).toEqual([false, false])
  })

  it('does nothing of its own with keys that come while it is lent', async () => {
    const back = Promise.withResolvers<void>()
    let times = 0
    const app = await show(80, 24, {
      initial: disk,
      suspend: () => {
        times++
        return back.promise
      },
    })
    const before = await app.screen()
    app.terminal.type('\x1a\x1aq\r')
    await app.terminal.screen()
    back.resolve()
    expect(await app.screen()).toEqual(before)
    expect(times).toBe(1)
    expect(app.store().getSnapshot().session.runs.size).toBe(0)
  })

  it('is lent to an interactive program and taken back', async () => {
    let lend: (<T>(use: () => Promise<T>) => Promise<T>) | undefined
    const app = await show(80, 24, {
      initial: disk,
      onTerminal: given => {
        lend = given
      },
    })
    await app.screen()
    const seen: boolean[] = []
    const result = await lend?.(async () => {
      await app.terminal.screen()
      seen.push(app.terminal.isRaw(), app.terminal.isAlternate(), app.terminal.isWrapping())
      return 7
    })
    expect(result).toBe(7)
    expect(seen).toEqual([false, false, true])
    expect(text(await app.screen())).toContain('Disk space')
    const { isRaw, isAlternate, isWrapping } = app.terminal
    expect([isRaw(), isAlternate(), isWrapping()]).toEqual([true, true, false])
  })
})
