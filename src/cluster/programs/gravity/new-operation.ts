import { chanceUuid } from '../../chance.ts'
import { writeText } from '../../files/file-tree.ts'
import { programStub } from '../../gravity/binary.ts'
import { hostTools } from '../../gravity/remove-node.ts'
import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { GravityOperation } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'

/** An answer that says why something was not done. */
export const failed = (text: string, more: Partial<Reply> = {}): Reply => ({
  stderr: `[ERROR]: ${text}\n`,
  exit: 255,
  ...more,
})

/** Puts a new operation into the cluster's list. */
export const newOperation = (
  world: World,
  fields: Pick<GravityOperation, 'kind' | 'description' | 'plan' | 'targetVersion'> & {
    readonly message: string
  },
): GravityOperation => {
  const { message, ...rest } = fields
  const operation: GravityOperation = {
    id: chanceUuid(world),
    state: `${fields.kind}_in_progress`,
    createdMs: world.nowMs,
    endedMs: undefined,
    progress: { message, percent: 10 },
    ...rest,
  }
  world.platforms.gravity?.operations.push(operation)
  return operation
}

/** Puts the programs of an installation back into a host's folders. */
export const restoreTools = (world: World, host: Machine): void => {
  for (const tool of hostTools)
    if (tool !== 'tele')
      writeText(host.files, `/usr/bin/${tool}`, {
        text: programStub(tool),
        mode: 0o755,
        mtimeMs: world.nowMs,
      })
}
