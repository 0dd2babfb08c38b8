import { describe, expect, it } from 'vitest'
import { foundCauses, layerStates } from '../../src/session/index.ts'
import { begun, branch, command, contextOf, dfOutput, exited, ref, step, tree } from './kit.ts'

const context = contextOf(
  tree('node', [
    step('disk', { layer: 'infra', commands: [command('disk/1', 'df -h')] }),
    step('log', { layer: 'node', commands: [command('log/1', 'journalctl -n 9 --no-pager')] }),
    step('dns', { layer: 'app', commands: [command('dns/1', 'uptime')] }),
  ]),
  tree('pods', [step('list')]),
)
const reads = { type: 'run-reads' } as const

describe('closing', () => {
  it('draws up the causes, the one to act on first, and the path', () => {
    const play = begun(context, 'log')
    play.go(reads)
    play.finish('systemd: clock jumped forward')
    play.go({ type: 'enter-step', ref: ref('disk') })
    play.go(reads)
    play.finish(dfOutput(96))
    play.go(reads)
    play.finish(dfOutput(97))
    play.go({ type: 'enter-step', ref: ref('list', 'pods') })
    expect(play.go({ type: 'close', status: 'left' })).toEqual([
      {
        type: 'session-closed',
        status: 'left',
        causes: ['disk-full', 'clock-step'],
        path: ['log', 'disk', 'pods#list'],
      },
    ])
  })

  it('stops what runs, drops what waits, and refuses everything after', () => {
    const play = begun(context, 'disk')
    play.go(reads)
    play.go({ type: 'run-ad-hoc', line: 'uptime' })
    expect(play.attempt({ type: 'close', status: 'interrupted' })).toMatchObject({
      events: [
        { type: 'run-dropped', runId: 'r1' },
        { type: 'run-dropped', runId: 'r2' },
        { type: 'session-closed', status: 'interrupted' },
      ],
      effects: [{ type: 'cancel-run', runId: 'r1' }],
    })
    expect(play.refusalOf(reads)).toBe('E_SESSION_CLOSED')
    expect(play.refusalOf({ type: 'close', status: 'left' })).toBe('E_SESSION_CLOSED')
  })

  it('can be taken back: the session goes on where it stood, and nothing of what ran starts by itself', () => {
    const play = begun(context, 'disk')
    play.go(reads)
    play.go({ type: 'close', status: 'left' })
    play.go({ type: 'resume', tool: 'runtree 0.2.0' })
    expect(play.session()).toMatchObject({ closed: undefined, current: ref('disk') })
    play.go(reads)
    expect(play.session().runs.get('r2')?.phase).toBe('running')
  })

  it('can be taken back for reads alone, and stays so from then on', () => {
    const play = begun(context, 'disk')
    play.go({ type: 'close', status: 'left' })
    play.go({ type: 'resume', tool: 'runtree 0.2.0', readOnly: true })
    expect(play.refusalOf({ type: 'run-ad-hoc', line: 'rm -r /srv' })).toBe('E_SESSION_READ_ONLY')
    play.go({ type: 'close', status: 'left' })
    play.go({ type: 'resume', tool: 'runtree 0.2.0' })
    expect(play.refusalOf({ type: 'run-ad-hoc', line: 'rm -r /srv' })).toBe('E_SESSION_READ_ONLY')
  })

  it('that never came, after a crash, leaves runs behind that a later session lets go of', () => {
    const play = begun(context, 'disk')
    play.go(reads)
    expect(play.go({ type: 'resume', tool: 'runtree 0.1.0' })).toEqual([
      { type: 'session-resumed', tool: 'runtree 0.1.0' },
      { type: 'run-dropped', runId: 'r1' },
    ])
  })
})

describe('the layers', () => {
  it('are untouched, clear, suspect or failing by what was seen of them', () => {
    const play = begun(context, 'disk')
    expect(new Set(Object.values(layerStates(play.session(), context.library)))).toEqual(
      new Set(['untouched']),
    )
    play.go(reads)
    play.finish(dfOutput(96))
    play.go({ type: 'go-next' })
    play.go(reads)
    play.finish('systemd: clock jumped forward')
    play.go({ type: 'go-next' })
    play.go(reads)
    play.finish('10:20 up 3 days', exited(0))
    expect(layerStates(play.session(), context.library)).toEqual({
      app: 'clear',
      kubernetes: 'untouched',
      'control-plane': 'untouched',
      node: 'suspect',
      infra: 'failing',
      orchestration: 'untouched',
    })
  })

  it('clear when the same command shows that it was mended, while the cause stays found', () => {
    const play = begun(context, 'disk')
    play.go(reads)
    play.finish(dfOutput(96))
    play.go(reads)
    play.finish(dfOutput(40))
    expect(layerStates(play.session(), context.library).infra).toBe('clear')
    expect(foundCauses(play.session()).map(({ cause }) => cause)).toEqual(['disk-full'])
  })

  it('clear when the same command at a later step no longer shows the cause', () => {
    const twice = contextOf(
      tree('node', [
        step('disk', { layer: 'infra', commands: [command('disk/1', 'df -h')] }),
        step('mend', { layer: 'infra', commands: [command('mend/1', 'rm -rf /var/tmp/big')] }),
        step('again', { layer: 'app', commands: [command('again/1', 'sudo df -h')] }),
      ]),
    )
    const infra = (): string => layerStates(play.session(), twice.library).infra
    const play = begun(twice, 'disk')
    play.go(reads)
    play.finish(dfOutput(96))
    play.go({ type: 'enter-step', ref: ref('again') })
    expect(infra()).toBe('failing')
    play.go(reads)
    play.finish('', { kind: 'not-started', reason: 'not-found', message: 'df: not found' })
    expect(infra()).toBe('failing')
    play.go(reads)
    play.finish(dfOutput(40))
    expect(infra()).toBe('clear')
    play.go(reads)
    play.finish(dfOutput(97))
    expect(infra()).toBe('failing')
  })

  it('clear when the outputs of a later step say that it is resolved, not when a person chooses so', () => {
    const resolvedWhen = (condition: Parameters<typeof branch>[0]) =>
      contextOf(
        tree('node', [
          step('disk', { layer: 'infra', commands: [command('disk/1', 'df -h')] }),
          step('check', {
            layer: 'infra',
            commands: [command('check/1', 'uptime')],
            branches: [branch(condition, 'resolved')],
          }),
        ]),
      )
    const infraAfter = (context: ReturnType<typeof resolvedWhen>): string => {
      const play = begun(context, 'disk')
      play.go(reads)
      play.finish(dfOutput(96))
      play.go({ type: 'go-next' })
      play.go(reads)
      play.finish('10:20 up 3 days')
      return layerStates(play.session(), context.library).infra
    }
    const text = { kind: 'text', pattern: { kind: 'literal', text: 'up 3 days' } } as const
    expect(infraAfter(resolvedWhen(text))).toBe('clear')
    expect(infraAfter(resolvedWhen({ kind: 'choice' }))).toBe('failing')
  })

  it('are undecided while a step of theirs indicates something else, or cannot tell', () => {
    const branching = contextOf(
      tree('node', [
        step('disk', {
          layer: 'infra',
          commands: [command('disk/1', 'df -h')],
          branches: [
            branch({ kind: 'text', pattern: { kind: 'literal', text: 'read-only' } }, 'disk'),
            branch({ kind: 'otherwise' }, 'disk'),
          ],
        }),
        step('unknown', {
          layer: 'node',
          commands: [command('unknown/1', 'uptime')],
          branches: [branch({ kind: 'choice' }, 'disk')],
        }),
      ]),
    )
    const infra = (): string => layerStates(play.session(), branching.library).infra
    const play = begun(branching, 'disk')
    play.go(reads)
    play.finish(`${dfOutput(40)}read-only`)
    expect(infra()).toBe('undecided')
    play.go(reads)
    play.finish(dfOutput(40))
    expect(infra()).toBe('clear')
    play.go({ type: 'enter-step', ref: ref('unknown') })
    play.go(reads)
    play.finish('10:20 up 3 days')
    expect(layerStates(play.session(), branching.library).node).toBe('undecided')
    expect(layerStates(play.session(), branching.library).app).toBe('untouched')
  })

  it('stay untouched when the command could not look', () => {
    const play = begun(context, 'disk')
    play.go(reads)
    play.finish('', { kind: 'not-started', reason: 'not-found', message: 'df: not found' })
    expect(layerStates(play.session(), context.library).infra).toBe('untouched')
  })
})
