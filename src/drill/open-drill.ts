import {
  buildWorld,
  changeByFault,
  findMachine,
  type LineResult,
  passTime,
  type Shell,
  shellAt,
  type World,
  type WorldSetup,
} from '../cluster/index.ts'
import { fillHandles } from './fill-handles.ts'
import type { Drill, FaultStep } from './types.ts'

const MINUTE_MS = 60_000

const shellOf = (world: World, on: string): Shell => {
  const machine = findMachine(world, world.handles[on] ?? on)
  if (machine === undefined) throw new RangeError(`there is no machine ${on} in the world ${world.name}`)
  return shellAt(world, { machine: machine.name, hasTerminal: false })
}

/** Applies one step of breaking to a world; tells what came of it where the step is a line. It throws a RangeError with a sentence when a name or parameter cannot be right. */
export const inject = async (world: World, step: FaultStep): Promise<LineResult | undefined> => {
  switch (step.kind) {
    case 'wait':
      await passTime(world, step.minutes * MINUTE_MS)
      return undefined
    case 'fault':
      changeByFault(world, step)
      return undefined
    case 'run': {
      const shell = shellOf(world, step.on)
      const ran = await shell.run(fillHandles(world, step.line))
      shell.close()
      return ran
    }
  }
}

/** Builds a drill's world, breaks it, and lets the time pass since then: what the trainee finds. `nowMs` is when the trainee begins. */
export const openDrill = async (drill: Drill, { seed, nowMs }: WorldSetup): Promise<World> => {
  const world = buildWorld(drill.world, { seed, nowMs: nowMs - drill.sinceMinutes * MINUTE_MS })
  for (const step of drill.faults) await inject(world, step)
  if (world.nowMs < nowMs) await passTime(world, nowMs - world.nowMs)
  return world
}
