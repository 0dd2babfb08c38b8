import type { World } from '../world/world.ts'
import { isStopped } from './stopped.ts'

/** Requests a second that double the time which an API server takes for one. */
const DOUBLING = 40

/** How many times longer than usual the API server takes: what it is busy with besides, and what clients ask of it without pause. */
export const apiLoadOf = (world: World): number => {
  let calls = 0
  for (const machine of world.machines.values())
    if (machine.isPowered)
      for (const { pid, apiCallsPerSecond = 0 } of machine.processes)
        if (!isStopped(machine, pid)) calls += apiCallsPerSecond
  return world.kube.loadFactor * (1 + calls / DOUBLING)
}

/** Milliseconds that an API server with little to do takes for a request, besides what etcd takes. */
export const REQUEST_MS = 12
