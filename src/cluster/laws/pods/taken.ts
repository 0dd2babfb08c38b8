import { awaitTime } from '../../relations/await-time.ts'
import type { Kubelet } from '../kubelet.ts'

type Looking = Pick<Kubelet, 'world' | 'machine' | 'unit'>

const LOOKED = 'looked'

const keysOf = (uid: string) => ({ taken: `taken/${uid}`, begun: `sandbox-begun/${uid}` })

/** Notes that a kubelet has looked at all its pods now. */
export const noteLook = ({ world, machine: { runtime } }: Looking): void => {
  if (runtime !== undefined) runtime.timers[LOOKED] = world.nowMs
}

/** Whether so much time has passed since a kubelet took a pod on: that was when it had last looked and did not find it yet. */
export const hasTaken = ({ world, machine, unit }: Looking, uid: string, forMs: number): boolean => {
  const timers = machine.runtime?.timers ?? {}
  const { taken } = keysOf(uid)
  const since = [timers[LOOKED] ?? 0, unit.startedMs ?? 0]
  timers[taken] ??= Math.max(...since.filter(ms => ms <= world.nowMs))
  const endsMs = timers[taken] + forMs
  awaitTime(world, endsMs)
  return world.nowMs >= endsMs
}

/** Whether a pod's sandbox is asked for only now. */
export const isSandboxNew = ({ machine, world }: Looking, uid: string): boolean => {
  const timers = machine.runtime?.timers ?? {}
  const { begun } = keysOf(uid)
  if (timers[begun] !== undefined) return false
  timers[begun] = world.nowMs
  return true
}

/** Forgets when a pod was taken on, now that it has its sandbox. */
export const forgetTaken = ({ machine }: Looking, uid: string): void => {
  for (const key of Object.values(keysOf(uid))) delete machine.runtime?.timers[key]
}
