import { type ClusterHost, clusterHosts } from '../relations/cluster-hosts.ts'
import type { Container } from '../world/container.ts'
import type { FreeProcess } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Alarm } from './jobs.ts'
import type { OrderSession } from './orders.ts'
import { isUp, runContainer } from './run-container.ts'

const mainProcess = ({ pid, command, startedMs = 0 }: Container): FreeProcess => ({
  pid,
  parentPid: 1,
  user: 'root',
  command: command.join(' '),
  memoryBytes: 0,
  startedMs,
  cpuPercent: 0,
  state: 'S',
  threads: 1,
  openFiles: 4,
  listens: [],
  ignoresTerm: false,
  isMain: true,
})

const begin = async (
  world: World,
  session: OrderSession,
  { place, container }: { readonly place: ClusterHost; readonly container: Container },
): Promise<void> => {
  const process = mainProcess(container)
  const running = { place, container, process }
  container.order = 'begun'
  await session.start({
    machine: place.machine,
    process,
    isForeign: true,
    isOver: () => !isUp(running),
    run: errand => runContainer({ world, session, running, errand }),
  })
}

/** The runtimes of all machines, as far as they run what a pod says to a shell or a tool. */
export const createContainerCommands = (world: World, session: OrderSession): Alarm => {
  const due = function* (): Iterable<{ readonly place: ClusterHost; readonly container: Container }> {
    for (const place of clusterHosts(world))
      for (const container of place.machine.runtime?.containers ?? [])
        if (container.order === 'given' && container.state === 'running') yield { place, container }
  }
  const isDue = (): boolean => {
    for (const _ of due()) return true
    return false
  }
  return {
    isDue,
    nextMs: () => (isDue() ? world.nowMs : Number.POSITIVE_INFINITY),
    ring: async () => {
      for (const at of [...due()]) await begin(world, session, at)
    },
  }
}
