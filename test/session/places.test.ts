import { describe, expect, it } from 'vitest'
import { decideAuto, findUnplaced, replay } from '../../src/session/index.ts'
import { begun, command, contextOf, header, step, tree } from './kit.ts'

const machine = { target: 'ssh:ops@cp-1', host: 'cp-1' }
const onNode = { place: 'node', reach: 'machine' } as const

const disk = step('disk', {
  commands: [
    command('disk/1', 'df -h', { place: 'node' }),
    command('disk/2', 'ls /etc/kubernetes/manifests', { place: 'control-plane' }),
    command('disk/3', 'rm -rf /etc/kubernetes/manifests', { place: 'control-plane' }),
    command('disk/4', 'uptime'),
  ],
})
const context = contextOf(tree('node', [disk]))
const begin = (head = {}) => begun(context, 'disk', { ...onNode, ...head })

describe('a command', () => {
  it('runs on the own target when it is meant for the place that this stands for, or for none', () => {
    const play = begin()
    play.go({ type: 'run-command', commandId: 'disk/1' })
    expect(play.session().runs.get('r1')?.machine).toEqual({ target: 'local', host: 'worker-2' })
    play.finish('')
    play.go({ type: 'run-command', commandId: 'disk/4' })
    expect(play.session().runs.get('r2')?.machine?.target).toBe('local')
  })

  it('of another place is refused until it is said where that is, then runs there for the rest of the session', () => {
    const play = begin()
    const refused = play.attempt({ type: 'run-command', commandId: 'disk/2' })
    expect(refused).toMatchObject({
      refusal: { code: 'E_SESSION_PLACE_UNKNOWN', place: 'control-plane' },
    })
    play.go({ type: 'map-place', place: 'control-plane', machine })
    play.go({ type: 'run-command', commandId: 'disk/2' })
    expect(play.session().runs.get('r1')).toMatchObject({ place: 'control-plane', machine })
    expect(replay(play.events())).toEqual(play.session())
  })

  it('that destroys something wants the name of the machine that it runs on', () => {
    const play = begin()
    play.go({ type: 'map-place', place: 'control-plane', machine })
    play.go({ type: 'run-command', commandId: 'disk/3' })
    expect(play.session().approval?.wants).toBe('cp-1')
  })

  it('is never asked about on a target that knows its places; that names the machine', () => {
    const knowing = { ...context, hostOf: (place: string) => `${place}-0` }
    const play = begun(knowing, 'disk', { place: 'node', reach: 'cluster' })
    play.go({ type: 'run-command', commandId: 'disk/2' })
    expect(play.session().runs.get('r1')?.machine).toEqual({ target: 'local', host: 'control-plane-0' })
  })
})

describe('a line that was typed', () => {
  const typed = { type: 'run-ad-hoc', line: 'uptime' } as const
  const ofPlace = contextOf(tree('node', [step('disk', { commands: disk.commands.slice(1, 3) })]))

  it('runs at the place that all commands of its step are meant for', () => {
    const play = begun(ofPlace, 'disk', onNode)
    play.go({ type: 'map-place', place: 'control-plane', machine })
    play.go(typed)
    expect(play.session().runs.get('r1')).toMatchObject({ place: 'control-plane', machine })
  })

  it('runs on the own target where they are meant for several, or their place is not known', () => {
    for (const play of [begin(), begun(ofPlace, 'disk', onNode)]) {
      play.go(typed)
      expect(play.session().runs.get('r1')?.machine?.target).toBe('local')
    }
  })
})

describe('all reads of a step', () => {
  it('leave out those whose place is not known, and name the place when nothing else is left', () => {
    const play = begin()
    expect(findUnplaced({ session: play.session(), context }, disk)).toEqual(['control-plane'])
    play.go({ type: 'run-reads' })
    expect([...play.session().runs.values()].map(run => run.commandId)).toEqual(['disk/1', 'disk/4'])
    const only = contextOf(tree('node', [step('disk', { commands: disk.commands.slice(1, 2) })]))
    expect(begun(only, 'disk', onNode).attempt({ type: 'run-reads' })).toMatchObject({
      refusal: { place: 'control-plane' },
    })
  })
})

it('a place without a name cannot be mapped', () => {
  expect(begin().refusalOf({ type: 'map-place', place: ' ', machine })).toBe('E_SESSION_PLACE_EMPTY')
  expect(begun(context, 'disk', header).session().places.size).toBe(0)
})

it('the autopilot does not call healthy what it could not look at', () => {
  const play = begin()
  play.go({ type: 'run-reads' })
  play.finish('')
  play.finish('')
  expect(decideAuto(play.session(), context)).toEqual({ kind: 'stop', status: 'asked' })
  play.go({ type: 'map-place', place: 'control-plane', machine })
  expect(decideAuto(play.session(), context)).toEqual({ kind: 'stop', status: 'healthy' })
})
