import { type LineResult, type Shell, shellAt, type World } from '../cluster/index.ts'
import { type Debrief, debriefDrill, type SolutionStep } from './debrief.ts'
import type { DrillEntry, DrillLog, LineEffect } from './drill-log.ts'
import { fillHandles } from './fill-handles.ts'
import { harmDone } from './harm-done.ts'
import { isRepaired } from './is-repaired.ts'
import { inject, openDrill } from './open-drill.ts'
import { type DrillClock, type DrillProgress, progressOf } from './progress.ts'
import type { Drill, FaultStep } from './types.ts'

/** What judges the lines of a trainee: what a line would do, and which causes an output shows. */
export type Judges = {
  readonly effectOf: (line: string) => LineEffect
  readonly causesIn: (line: string, ran: LineResult) => readonly string[]
}

/** How a drill is run. `nowMs` is the simulated time at which the trainee begins. */
export type DrillSetup = {
  readonly seed: number
  readonly nowMs: number
  readonly isTimed: boolean
  readonly judges: Judges
}

/** A drill that is being run. Each call leaves its entry in the log. */
export type DrillRun = {
  readonly drill: Drill
  readonly world: World
  readonly log: () => DrillLog
  readonly progress: () => DrillProgress
  /** Chooses whether time counts. Once a line was run it stays as it is. */
  readonly setClock: (clock: DrillClock) => void
  /** Notes a line that was run in the world. */
  readonly note: (line: string, ran: LineResult) => DrillEntry
  /** Names a cause; tells whether it is one of those that count. */
  readonly nameCause: (cause: string) => Extract<DrillEntry, { type: 'cause-named' }>
  /** The next hint; `undefined` when all were taken. */
  readonly takeHint: () => string | undefined
  /** Breaks one more thing while the drill runs; tells what came of it where that is a line. A RangeError says what cannot be. */
  readonly injectFault: (step: FaultStep) => Promise<LineResult | undefined>
  /** Ends the drill: looks whether it is repaired and what was harmed. */
  readonly finish: () => Promise<Debrief>
}

/** How a step of breaking is called where what happened is told. */
const nameOfStep = (step: FaultStep): string => {
  if (step.kind === 'fault') return step.name
  return step.kind === 'run' ? `${step.line} on ${step.on}` : step.kind
}

/** Runs the solution's lines in a world that is broken still. */
const runSolution = async (
  drill: Drill,
  world: World,
  { causesIn }: Judges,
): Promise<readonly SolutionStep[]> => {
  const shell: Shell = shellAt(world, { machine: world.home, hasTerminal: false })
  const steps: SolutionStep[] = []
  for (const written of drill.solution) {
    const line = fillHandles(world, written)
    steps.push({ line, shows: causesIn(line, await shell.run(line)) })
  }
  return steps
}

/** Opens a drill for a trainee: the world is broken and some time has passed. */
export const beginDrill = async (drill: Drill, setup: DrillSetup): Promise<DrillRun> =>
  beginIn(await openDrill(drill, setup), drill, setup)

/** Lets a trainee begin in a world that was opened for the drill with the same setup. */
export const beginIn = (world: World, drill: Drill, setup: DrillSetup): DrillRun => {
  const before = structuredClone(world)
  const entries: DrillEntry[] = []
  let hints = 0
  let { isTimed } = setup
  const log = (): DrillLog => ({
    drill: drill.name,
    seed: setup.seed,
    beganMs: setup.nowMs,
    isTimed,
    entries: [...entries],
  })
  const keep = <E extends DrillEntry>(entry: E): E => {
    entries.push(entry)
    return entry
  }
  return {
    drill,
    world,
    log,
    progress: () => progressOf(drill, world, log()),
    setClock: clock => {
      if (!entries.some(entry => entry.type === 'line-run')) isTimed = clock === 'timed'
    },
    note: (line, ran) => {
      const { effectOf, causesIn } = setup.judges
      const seen = { effect: effectOf(line), shows: causesIn(line, ran) }
      return keep({ type: 'line-run', atMs: ran.atMs, line, exit: ran.exit, ...seen })
    },
    nameCause: cause =>
      keep({ type: 'cause-named', atMs: world.nowMs, cause, isRight: drill.causes.includes(cause) }),
    takeHint: () => {
      const hint = drill.hints[hints]
      if (hint === undefined) return undefined
      hints += 1
      const text = fillHandles(world, hint)
      keep({ type: 'hint-taken', atMs: world.nowMs, number: hints, text })
      return text
    },
    injectFault: async step => {
      const result = await inject(world, step)
      keep({ type: 'fault-injected', atMs: world.nowMs, name: nameOfStep(step) })
      return result
    },
    finish: async () => {
      const harm = harmDone(before, world)
      keep({ type: 'finished', atMs: world.nowMs, isRepaired: await isRepaired(drill, world), harm })
      return debriefDrill(drill, log(), await runSolution(drill, structuredClone(before), setup.judges))
    },
  }
}
