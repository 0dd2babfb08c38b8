import { stationOf } from '../../network/station.ts'
import { type HeldListener, listenersOf, podListenersOf } from '../../relations/listeners.ts'
import type { Call } from '../../shell/program.ts'

/** The ports that are listened on in the network stack where a command runs. Within a container its own first process is number 1, and no other is known. */
export const ownListeners = ({ world, machine, host }: Call): readonly HeldListener[] => {
  const { sandbox } = stationOf(world, machine)
  const held = sandbox === undefined ? listenersOf(world, host) : podListenersOf(world, host, sandbox.id)
  const { inside } = machine
  if (inside === undefined || inside.seesAllProcesses) return held
  return held.map(listener => ({ ...listener, pid: listener.container === inside.container ? 1 : 0 }))
}
