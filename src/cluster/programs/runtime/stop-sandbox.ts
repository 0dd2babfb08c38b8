import { endContainer } from '../../laws/pods/run-containers.ts'
import type { ContainerRuntime, Sandbox } from '../../world/container.ts'

/** Ends a pod's sandbox, and with it what still runs in it. */
export const stopSandbox = (runtime: ContainerRuntime, sandbox: Sandbox, atMs: number): void => {
  for (const container of runtime.containers)
    if (container.sandboxId === sandbox.id && container.state === 'running')
      endContainer(container, { atMs, exitCode: 137, reason: 'Error' })
  sandbox.state = 'not-ready'
}
