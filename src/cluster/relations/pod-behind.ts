import { getObject } from '../kube/store.ts'
import type { Sandbox } from '../world/container.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Process } from './processes.ts'

/** The pod that a process of a sandbox belongs to, while there is an object of it, and the sandbox. */
export const podBehind = (
  world: World,
  { runtime, planet }: Machine,
  { sandboxId }: Pick<Process, 'sandboxId'>,
): { readonly pod: KubeObject | undefined; readonly sandbox: Sandbox | undefined } => {
  const sandbox = [...(runtime?.sandboxes ?? []), ...(planet?.runtime?.sandboxes ?? [])].find(
    ({ id }) => id === sandboxId,
  )
  if (sandbox === undefined) return { pod: undefined, sandbox }
  const { namespace, name } = sandbox
  return { pod: getObject(world.kube, { kind: 'Pod', namespace, name }), sandbox }
}
