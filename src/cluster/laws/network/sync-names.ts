import { unsyncedMark } from '../../relations/coredns-access.ts'
import { runningContainers } from '../../relations/pods.ts'
import { isBlind } from '../../services/kube/coredns.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const MARK = 'unsynced/'

const forgetEnded = (world: World, live: ReadonlySet<string>): void => {
  for (const { runtime, planet } of world.machines.values()) {
    const timers = (runtime ?? planet?.runtime)?.timers ?? {}
    for (const key of Object.keys(timers)) if (key.startsWith(MARK) && !live.has(key)) delete timers[key]
  }
}

/** A CoreDNS that begins while it may not see the services, or does not reach the API server, knows nothing until it does; one that has seen them keeps what it knows. */
export const syncNames: Law = (world, passedMs) => {
  const live = new Set<string>()
  for (const { machine, container } of runningContainers(world, 'coredns')) {
    const timers = machine.runtime?.timers ?? {}
    const mark = unsyncedMark(container)
    live.add(mark)
    if (!isBlind(world, { machine, unit: undefined, container })) delete timers[mark]
    else if ((container.startedMs ?? 0) > world.nowMs - passedMs - 1) timers[mark] ??= world.nowMs
  }
  forgetEnded(world, live)
}
