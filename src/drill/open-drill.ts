import {
  advance,
  buildWorld,
  changeByFault,
  type Shell,
  shellAt,
  type World,
  type WorldSetup,
} from '../cluster/index.ts'
import { fillHandles } from './fill-handles.ts'
import type { Drill, FaultStep } from './types.ts'

const MINUTE_MS = 60_000

const shellOf = (world: World, on: string): Shell =>
  shellAt(world, { machine: fillHandles(world, `{{${on}}}`).replace(/[{}]/g, ''), hasTerminal: false })

/** Applies one step of breaking to a world. */
export const inject = async (world: World, step: FaultStep): Promise<void> => {
  switch (step.kind) {
    case 'wait':
      advance(world, step.minutes * MINUTE_MS)
      return
    case 'fault':
      changeByFault(world, step)
      return
    case 'run':
      await shellOf(world, step.on).run(fillHandles(world, step.line))
  }
}

/** Builds a drill's world, breaks it, and lets the time pass since then: what the trainee finds. `nowMs` is when the trainee begins. */
export const openDrill = async (drill: Drill, { seed, nowMs }: WorldSetup): Promise<World> => {
  const world = buildWorld(drill.world, { seed, nowMs: nowMs - drill.sinceMinutes * MINUTE_MS })
  for (const step of drill.faults) await inject(world, step)
  if (world.nowMs < nowMs) advance(world, nowMs - world.nowMs)
  return world
}
