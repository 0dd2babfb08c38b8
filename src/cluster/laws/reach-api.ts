import { awaitTime } from '../relations/await-time.ts'
import { nextTryMs, noteHeard, noteSilence } from '../relations/kubelet-tries.ts'
import { kubelets } from './kubelet.ts'
import type { Law } from './law.ts'

/** Kubelets that do not get through to the API server try again by their own clocks, not as soon as it answers. */
export const reachApi: Law = world => {
  for (const { machine, unit, hasApi, isAnswered } of kubelets(world)) {
    const at = { runtime: machine.runtime, unit }
    if (hasApi) noteHeard(at)
    else if (isAnswered) awaitTime(world, nextTryMs(at, world.nowMs))
    else noteSilence(at, world.nowMs)
  }
}
