import { describe, expect, it } from 'vitest'
import { debriefDrill } from '../../src/drill/debrief.ts'
import { type Drill, type DrillEntry, type DrillLog, parseDrill } from '../../src/drill/index.ts'
import { scoreDrill } from '../../src/drill/score.ts'

const text = `
title: A quiet node
world: mks
layer: node
level: 1
story: It went quiet.
causes: [kubelet-down]
par: 10
faults: [{run: systemctl stop kubelet, on: worker-1}]
repaired: [{run: systemctl is-active kubelet, on: worker-1}]
hints: [one, two, three]
solution: [systemctl status kubelet, systemctl start kubelet]
`

const drill: Drill = (() => {
  const { drill: read } = parseDrill('quiet', text)
  if (read === undefined) throw new Error('the drill does not parse')
  return read
})()

const MINUTE_MS = 60_000

const line = (minute: number, command: string, shows: readonly string[] = []): DrillEntry => ({
  type: 'line-run',
  atMs: minute * MINUTE_MS,
  line: command,
  exit: 0,
  effect: 'read',
  shows,
})

const named = (cause: string): DrillEntry => ({
  type: 'cause-named',
  atMs: MINUTE_MS,
  cause,
  isRight: drill.causes.includes(cause),
})

const finished = (minute: number, isRepaired: boolean, harm: readonly string[] = []): DrillEntry => ({
  type: 'finished',
  atMs: minute * MINUTE_MS,
  isRepaired,
  harm,
})

const logOf = (...entries: readonly DrillEntry[]): DrillLog => ({
  drill: 'quiet',
  seed: 1,
  beganMs: 0,
  isTimed: true,
  entries,
})

const pointsOf = (log: DrillLog, name: string): number | undefined =>
  scoreDrill(drill, log).parts.find(part => part.name === name)?.points

describe('the score of a drill', () => {
  it('is full for the cause, the repair, no harm, par time and a short path', () => {
    const log = logOf(line(1, 'systemctl status kubelet'), named('kubelet-down'), finished(5, true))
    expect(scoreDrill(drill, log).points).toBe(100)
  })

  it('loses points for wrong causes, hints, harm, lateness and wandering, each for itself', () => {
    const wrong = logOf(named('disk-full'), named('kubelet-down'), finished(5, true))
    expect(pointsOf(wrong, 'cause')).toBe(25)
    expect(pointsOf(logOf(finished(5, true)), 'cause')).toBe(0)
    expect(pointsOf(logOf(finished(5, false)), 'repair')).toBe(0)
    expect(pointsOf(logOf(finished(5, true, ['a Secret deleted'])), 'harm')).toBe(5)
    expect(pointsOf(logOf(finished(20, true)), 'time')).toBe(5)
    expect(pointsOf(logOf(finished(60, true)), 'time')).toBe(0)
    expect(
      pointsOf(logOf({ type: 'hint-taken', atMs: 0, number: 1, text: 'one' }, finished(5, true)), 'hints'),
    ).toBe(-5)
    const wandering = Array.from({ length: 12 }, (_, index) => line(1, `echo ${index}`))
    expect(pointsOf(logOf(...wandering, finished(5, true)), 'path')).toBe(0)
  })

  it('gives nothing to whom nothing came of it, however quick and harmless', () => {
    expect(scoreDrill(drill, logOf(finished(1, false))).points).toBe(0)
    const onlyNamed = logOf(named('kubelet-down'), finished(1, false))
    expect(scoreDrill(drill, onlyNamed).points).toBe(45)
    expect(scoreDrill(drill, logOf(finished(1, true))).points).toBe(65)
  })

  it('counts practice without a clock from what is left', () => {
    const log = { ...logOf(named('kubelet-down'), finished(500, true)), isTimed: false }
    expect(scoreDrill(drill, log).points).toBe(100)
  })
})

describe('the debrief', () => {
  const solution = [
    { line: 'systemctl status kubelet', shows: ['kubelet-down'] },
    { line: 'systemctl start kubelet', shows: [] },
  ]

  it('sets the short path beside the own one, whatever sudo stands before', () => {
    const log = logOf(line(1, 'sudo  systemctl start kubelet'), finished(5, true))
    const { shortPath, missedEvidence } = debriefDrill(drill, log, solution)
    expect(shortPath.map(step => step.wasRun)).toEqual([false, true])
    expect(missedEvidence).toEqual(['systemctl status kubelet'])
  })

  it('names a line that shows the cause more than once a single time', () => {
    const twice = [...solution, { line: 'systemctl status kubelet', shows: ['kubelet-down'] }]
    expect(debriefDrill(drill, logOf(finished(5, true)), twice).missedEvidence).toEqual([
      'systemctl status kubelet',
    ])
  })

  it('misses nothing once an output showed an accepted cause', () => {
    const log = logOf(line(1, 'journalctl -u kubelet', ['kubelet-down']), finished(5, true))
    expect(debriefDrill(drill, log, solution).missedEvidence).toEqual([])
  })
})

describe("a drill's file", () => {
  it.each([
    [
      'a fault that there is not',
      text.replace('{run: systemctl stop kubelet, on: worker-1}', '{melt-disk: {machine: worker-1}}'),
      /there is no fault melt-disk/,
    ],
    ['a missing field', text.replace('par: 10\n', ''), /par/],
    [
      'a pattern that is none',
      text.replace('kubelet, on: worker-1}]\nhints', 'kubelet, on: worker-1, shows: "/(/"}]\nhints'),
      /shows/,
    ],
    ['broken YAML', 'title: [', /not right YAML/],
  ])('with %s is reported with its place', (_, written, message) => {
    const { drill: read, diagnostics } = parseDrill('bad', written)
    expect(read).toBeUndefined()
    expect(diagnostics[0]?.message).toMatch(message)
    expect(diagnostics[0]?.span.start.line).toBeGreaterThan(0)
  })
})
