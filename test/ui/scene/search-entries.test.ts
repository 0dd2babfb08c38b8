import { describe, expect, it } from 'vitest'
import { searchEntries } from '../../../src/ui/scene/search-entries.ts'
import { longContext } from '../../kit/ui-documents.ts'
import { diskStep, openStand, type UiStand } from '../../kit/ui-stand.ts'

const found = ({ controller }: UiStand, search: string) => searchEntries(controller.getMoment(), search)
const ids = (stand: UiStand, search: string) => found(stand, search).map(({ ref }) => ref?.step)

const summary = {
  header: {
    sessionId: '20261120-233000-ffff',
    tool: 'runtree 0.1.0',
    runbook: 'node-checks',
    digest: '',
    target: 'local',
    host: 'cp-1',
    startedAt: '2026-11-20T23:30:00Z',
    readOnly: false,
  },
  status: 'problem-found',
  steps: 4,
  commands: 11,
  causes: ['disk-full'],
  path: '/nowhere',
} as const

const drill = {
  name: 'disk-fills',
  title: 'A disk fills up',
  layer: 'node',
  level: 1,
  levelMeans: 'one fault',
  parMinutes: 10,
  world: 'mks',
  best: undefined,
} as const

describe('the search', () => {
  it('lists the steps of the runbook in their order before anything is typed', async () => {
    expect(ids(await openStand(), '')).toEqual(['disk', 'free-space', 'kubelet', 'applications'])
  })

  it('puts titles before commands', async () => {
    const stand = await openStand()
    expect(ids(stand, 'space').slice(0, 2)).toEqual(['disk', 'free-space'])
    expect(found(stand, 'journalctl').map(({ kind }) => kind)).toEqual(['command', 'command', 'command'])
  })

  it('wants every word, in any order, and forgives a slip', async () => {
    const stand = await openStand()
    expect(ids(stand, 'space free')).toEqual(['free-space'])
    expect(ids(stand, 'space nothing')).toEqual([])
    expect(ids(stand, 'kubelt')).toContain('kubelet')
  })

  it('finds a section by its number and a title in another script', async () => {
    const stand = await openStand()
    expect(ids(stand, '1.2')).toEqual(['kubelet'])
    expect(ids(stand, '確認')).toEqual(['applications'])
  })

  it('finds causes, and leads to the step that goes on from them', async () => {
    const stand = await openStand()
    expect(found(stand, 'filesystem is full')[0]).toMatchObject({
      kind: 'cause',
      ref: { step: 'free-space' },
    })
    stand.type('/disk-full')
    stand.press('enter')
    expect(stand.store().getSnapshot().session.current?.step).toBe('free-space')
  })

  it('finds complaints, and leads to the step that they begin with', async () => {
    const stand = await openStand()
    const { home } = stand.controller.getMoment()
    const complaint = home.find(({ kind }) => kind === 'symptom')
    if (complaint?.kind !== 'symptom') throw new Error('no complaint')
    expect(found(stand, complaint.say)[0]).toMatchObject({ kind: 'complaint', ref: complaint.ref })
    stand.type(`/${complaint.say}`)
    stand.press('enter')
    expect(stand.store().getSnapshot().session.current).toEqual(complaint.ref)
  })

  it('finds drills and earlier sessions on the home screen, and opens them', async () => {
    const opened: string[] = []
    const stand = await openStand({
      earlier: [summary],
      drills: [drill],
      openDrill: name => {
        opened.push(name)
        return Promise.reject(new Error('not here'))
      },
    })
    expect(found(stand, 'cp-1').map(({ kind }) => kind)).toEqual(['session'])
    stand.type('/fills up')
    stand.press('enter')
    expect(opened).toEqual(['disk-fills'])
  })

  it('asks to leave the triage before a drill is opened out of it', async () => {
    const stand = await openStand({ initial: diskStep, drills: [drill] })
    stand.type('/fills up')
    stand.press('enter')
    expect(stand.notice()).toContain('Leave what is open first')
    expect(stand.overlay()?.kind).toBe('jump')
  })

  it('keeps the choice within what fits', async () => {
    const stand = await openStand()
    stand.type('/space')
    for (let times = 0; times < 20; times++) stand.press('down')
    expect(stand.overlay()).toMatchObject({ selected: found(stand, 'space').length - 1 })
  })

  it('answers the same question once', async () => {
    const stand = await openStand({ context: longContext(3000), initial: { runbook: 'long', step: 's0' } })
    const first = found(stand, 'step 29')
    expect(first.length).toBeGreaterThan(100)
    expect(found(stand, 'step 29')).toBe(first)
  })
})
