import { makeFolder, nodeAt } from '../files/file-tree.ts'
import { folderOf } from '../files/paths.ts'
import { writeRefusal } from '../files/write-refusal.ts'
import type { Machine } from '../world/machine.ts'
import type { GravityOperation, GravityPhase } from '../world/platforms.ts'
import type { World } from '../world/world.ts'

/** Where a step of a plan runs. */
export type Step = {
  readonly world: World
  readonly operation: GravityOperation
  readonly phase: GravityPhase
  /** The machine where the operator types. */
  readonly at: Machine
}

/** The machine that a phase is about: that of its node, or the operator's. */
export const machineOf = ({ world, phase, at }: Step): Machine => {
  const name = phase.id.split('/').find(part => world.machines.has(part))
  return (name === undefined ? undefined : world.machines.get(name)) ?? at
}

/** The error of making a folder with those above it, in Go's words; makes it when there is none. */
export const makeFolderProblem = (world: World, machine: Machine, path: string): string | undefined => {
  const above = folderOf(path)
  const problem =
    path === '/' || nodeAt(machine.files, above) !== undefined
      ? undefined
      : makeFolderProblem(world, machine, above)
  if (problem !== undefined || nodeAt(machine.files, path) !== undefined) return problem
  const refusal = writeRefusal(machine, path, 4_096)
  if (refusal !== undefined) return `mkdir ${path}: ${refusal.text.toLowerCase()}`
  makeFolder(machine.files, path, { mtimeMs: world.nowMs })
  return undefined
}
