import { afterEach, describe, expect, it } from 'vitest'
import type { AppServices } from '../../../src/ui/services.ts'
import { type RenderedApp, renderApp } from '../../kit/render-app.tsx'
import { createTestServices, nodeContext } from '../../kit/render-runbook.ts'
import { aCommand, aTree } from '../../kit/render-tree.ts'

const open: RenderedApp[] = []

afterEach(() => {
  for (const app of open.splice(0)) app.end()
})

const show = async (more: Partial<AppServices> = {}): Promise<(keys?: string) => Promise<string>> => {
  const { services } = createTestServices({ initial: { runbook: 'node-checks', step: 'disk' }, ...more })
  const app = await renderApp(services, { columns: 40, rows: 12 })
  open.push(app)
  return async keys => (await (keys === undefined ? app.screen() : app.after(keys))).join('\n')
}

/** The text inside the frames, as it reads on. */
const read = (screen: string): string => screen.replace(/[│╭╮╰╯─]/g, ' ').replace(/\s+/g, ' ')

describe('on the smallest screen', () => {
  it.each([
    ['i', 'Enter runs it as it stands; the runbook stays as it is'],
    ['!', 'Enter runs it on node; what may change something asks first'],
    ['T', 'asked for one by one, never done unasked'],
    ['ps', 'Enter writes this file; one that is there already is left alone'],
  ])('%s says the whole of what it is about', async (keys, said) => {
    const screen = await show()
    expect(read(await screen(keys))).toContain(said)
  })

  it('the palette says the chosen action in full, and why one cannot be done', async () => {
    const screen = await show()
    expect(read(await screen(':'))).toContain('Run the chosen command; without one, on to the next step')
    expect(read(await screen('hints'))).toContain(
      'Counts while a drill is being done. The hints that were taken',
    )
  })

  it('an approval says what is changed and how that is undone, to the end', async () => {
    const asked = read(await (await show())('jjj\r'))
    expect(asked).toMatch(/! destroys: \S[^…]*to undo: \S[^…]* Type worker-2/)
  })

  it('a notice is read to its end', async () => {
    const screen = await show({ initial: { runbook: 'node-checks', step: 'applications' } })
    const text = await screen('v')
    expect(read(text)).toContain('The commands of this step have no placeholders.')
    expect(text.split('\n')).toHaveLength(12)
  })

  it('the keys stay in sight below a notice', async () => {
    const screen = await show({ initial: { runbook: 'node-checks', step: 'applications' } })
    expect((await screen('v')).split('\n').at(-1)).toContain('? help')
  })

  it('a runbook from outside with a long path can still be answered', async () => {
    const origin = '/srv/share/runbooks/of-a-team/with/many/folders/and-a-long-name.md'
    const name = 'outside'
    const tree = aTree(name, [{ id: 'look', commands: [aCommand('look/1', 'df -h')] }])
    const library = { trees: new Map([[name, tree]]), outside: new Map([[name, origin]]) }
    const screen = await show({
      initial: { runbook: name, step: 'look' },
      context: { ...nodeContext, library },
    })
    const asked = await screen('\r')
    expect(read(asked)).toContain('Type yes')
    expect(await screen('ye')).toMatch(/❯ ye/)
  })

  it('the chosen value is in view among many', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']
    const tree = aTree(
      'many',
      [{ id: 'look', commands: [aCommand('look/1', names.map(each => `<${each}>`).join(' '))] }],
      {
        variables: names.map(each => ({
          name: each,
          about: 'what it is',
          type: 'text' as const,
          from: undefined,
        })),
      },
    )
    const context = { ...nodeContext, library: { trees: new Map([['many', tree]]) } }
    const screen = await show({ initial: { runbook: 'many', step: 'look' }, context })
    await screen('\r')
    const last = await screen('\x1b[A')
    expect(last).toMatch(/❯ seven/)
    expect(last).toContain('what it is')
  })

  it('a step that is only a heading says so, and how to go on', async () => {
    const tree = aTree('headings', [
      { id: 'part', commands: [] },
      { id: 'look', commands: [] },
    ])
    const context = { ...nodeContext, library: { trees: new Map([['headings', tree]]) } }
    const screen = await show({ initial: { runbook: 'headings', step: 'part' }, context })
    const text = await screen()
    expect(read(text)).toContain('this is only a heading. ] goes on to the next step, m shows them all.')
    expect(text).not.toContain('run all reads')
  })
})
