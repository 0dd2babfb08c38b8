import { describe, expect, it } from 'vitest'
import { judgementOf } from '../../src/session/index.ts'
import { begun, branch, command, contextOf, dfOutput, header, ref, rehearse, step, tree } from './kit.ts'

const choice = { kind: 'choice' } as const
const context = contextOf(
  tree('node', [
    step('disk', {
      commands: [command('disk/1', 'df -h')],
      branches: [
        branch({ kind: 'cause', id: 'disk-full' }, 'free-space'),
        branch({ kind: 'otherwise' }, 'network'),
        branch(choice, 'pods#dns'),
        branch(choice, 'gone'),
        branch(choice, 'resolved'),
        branch(choice, 'escalate'),
      ],
    }),
    step('free-space'),
    step('network', { branches: [branch(choice, 'disk')] }),
  ]),
  tree('pods', [step('dns'), step('dns-2')]),
)
const standing = (play: ReturnType<typeof begun>) => play.session().current

describe('beginning', () => {
  it('opens the session on a step, once', () => {
    const play = begun(context, 'disk')
    expect(standing(play)).toEqual(ref('disk'))
    expect(play.session().header).toEqual(header)
    expect(play.refusalOf({ type: 'begin', header, at: ref('disk') })).toBe('E_SESSION_OPEN')
  })

  it('is refused on a step that the library does not know, and nothing else is possible before it', () => {
    const play = rehearse(context)
    expect(play.refusalOf({ type: 'begin', header, at: ref('nowhere') })).toBe('E_SESSION_STEP_UNKNOWN')
    expect(play.refusalOf({ type: 'go-next' })).toBe('E_SESSION_NOT_OPEN')
    expect(play.refusalOf({ type: 'resume', tool: 'x' })).toBe('E_SESSION_NOT_OPEN')
    expect(play.events()).toEqual([])
  })
})

describe('branches', () => {
  it('lead to steps of other runbooks, from where the document order is that of the other runbook', () => {
    const play = begun(context, 'disk')
    play.go({ type: 'take-branch', branch: 2 })
    expect(standing(play)).toEqual(ref('dns', 'pods'))
    play.go({ type: 'go-next' })
    expect(standing(play)).toEqual(ref('dns-2', 'pods'))
    expect(play.refusalOf({ type: 'go-next' })).toBe('E_SESSION_LAST_STEP')
  })

  it('are refused with a text when their destination or they themselves do not exist', () => {
    const play = begun(context, 'disk')
    const decision = play.attempt({ type: 'take-branch', branch: 3 })
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code: 'E_SESSION_STEP_UNKNOWN' } })
    expect(decision.kind === 'refused' && decision.refusal.text).toContain('node#gone')
    expect(play.refusalOf({ type: 'take-branch', branch: 9 })).toBe('E_SESSION_BRANCH_UNKNOWN')
  })

  it('that are recommended are taken only when the outputs recommend one and nothing of the step still runs', () => {
    const play = begun(context, 'disk')
    expect(play.refusalOf({ type: 'take-recommended' })).toBe('E_SESSION_NOTHING_RECOMMENDED')
    play.go({ type: 'run-reads' })
    expect(play.refusalOf({ type: 'take-recommended' })).toBe('E_SESSION_STEP_RUNNING')
    play.finish(dfOutput(96))
    expect(play.go({ type: 'take-recommended' })).toContainEqual({
      type: 'branch-taken',
      ref: ref('disk'),
      branch: 0,
      recommended: true,
    })
    expect(standing(play)).toEqual(ref('free-space'))
  })

  it.each([
    [4, 'resolved'],
    [5, 'escalated'],
  ] as const)('to an end close the session (%i: %s)', (index, status) => {
    const play = begun(context, 'disk')
    play.go({ type: 'take-branch', branch: index })
    expect(play.session().closed).toBe(status)
    expect(play.refusalOf({ type: 'go-back' })).toBe('E_SESSION_CLOSED')
  })
})

describe('the trail', () => {
  const walked = () => {
    const play = begun(context, 'disk')
    play.go({ type: 'take-branch', branch: 1 })
    play.go({ type: 'take-branch', branch: 0 })
    play.go({ type: 'go-next' })
    return play
  }

  it('leads back and forward again', () => {
    const play = walked()
    play.go({ type: 'go-back' })
    play.go({ type: 'go-back' })
    expect(standing(play)).toEqual(ref('network'))
    play.go({ type: 'go-forward' })
    expect(standing(play)).toEqual(ref('disk'))
    play.go({ type: 'go-forward' })
    expect(play.refusalOf({ type: 'go-forward' })).toBe('E_SESSION_TRAIL_END')
  })

  it('ends at the first step', () => {
    expect(begun(context, 'disk').refusalOf({ type: 'go-back' })).toBe('E_SESSION_TRAIL_END')
  })

  it('leads to the last step that was left by a branch, over those that were left in document order', () => {
    const play = walked()
    play.go({ type: 'go-to-last-branch' })
    expect(standing(play)).toEqual(ref('network'))
    play.go({ type: 'go-to-last-branch' })
    expect(standing(play)).toEqual(ref('disk'))
    expect(play.session().cursor).toBe(0)
    expect(play.refusalOf({ type: 'go-to-last-branch' })).toBe('E_SESSION_TRAIL_END')
  })

  it('is cut off by a new turn, while the path keeps every visit', () => {
    const play = walked()
    play.go({ type: 'go-back' })
    play.go({ type: 'go-back' })
    play.go({ type: 'enter-step', ref: ref('dns', 'pods') })
    expect(play.refusalOf({ type: 'go-forward' })).toBe('E_SESSION_TRAIL_END')
    expect(play.session().trail.map(stop => stop.ref.step)).toEqual(['disk', 'network', 'dns'])
    expect(play.session().path.map(({ step: id }) => id)).toEqual([
      'disk',
      'network',
      'disk',
      'free-space',
      'disk',
      'network',
      'dns',
    ])
  })
})

it('judges a step without commands as it is entered, and one with commands only by what they print', () => {
  const play = begun(context, 'disk')
  expect(judgementOf(play.session())).toBeUndefined()
  play.go({ type: 'take-branch', branch: 1 })
  expect(judgementOf(play.session())?.verdicts).toMatchObject([{ branch: 0, status: 'unknown' }])
})
