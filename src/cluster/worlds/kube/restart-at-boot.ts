import { chanceHex } from '../../chance.ts'
import { listObjects } from '../../kube/store.ts'
import { isoMicroOf, isoOf } from '../../kube/times.ts'
import { holdLock } from '../../laws/elect-leaders.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { componentsOf, type Elected, leaseOf } from '../../relations/components.ts'
import type { Container } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const SHUTDOWN_MS = 38_000
/** How long after a boot its pods are ready. */
const READY_MS = 75_000

/** The container that ran before a boot: it ended with the machine. */
const endedAtShutdown = (container: Container, machine: Machine, id: string): Container => ({
  ...container,
  id,
  state: 'exited',
  pid: 0,
  memoryBytes: 0,
  cpuMillis: 0,
  exitCode: 0,
  reason: 'Completed',
  finishedMs: machine.bootedMs - SHUTDOWN_MS,
  files: undefined,
})

const LEADS_MS = 500

/** Whoever leads has done so since the boot. */
const leadSinceBoot = (world: World, name: Elected): void => {
  const { holder, transitions = 0 } = leaseOf(world, name)
  const leader = componentsOf(world, name).find(({ identity }) => identity === holder)
  if (leader === undefined) return
  const acquireTime = isoMicroOf(leader.startedMs + LEADS_MS)
  holdLock(world, name, { identity: leader.identity, acquireTime, transitions: transitions + 1 })
}

/** Has containers started anew at the last boot of their machines; those that ran before it stay as ended ones. */
export const restartAtBoot = (world: World, machines: readonly Machine[]): void => {
  for (const machine of machines)
    for (const [index, container] of [...(machine.runtime?.containers ?? [])].entries()) {
      if (container.state !== 'running') continue
      const at = machine.runtime?.containers.indexOf(container) ?? 0
      machine.runtime?.containers.splice(at, 0, endedAtShutdown(container, machine, chanceHex(world, 64)))
      const startedMs = machine.bootedMs + 42_000 + index * 1_700
      Object.assign(container, { attempt: container.attempt + 1, createdMs: startedMs - 300, startedMs })
      container.log = []
      const sandbox = machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)
      if (sandbox !== undefined) Object.assign(sandbox, { createdMs: startedMs - 2_000, attempt: 1 })
    }
  for (const name of ['kube-controller-manager', 'kube-scheduler'] as const) leadSinceBoot(world, name)
  for (const pod of listObjects(world.kube, 'Pod')) {
    const machine = machines.find(each => nodeNameOf(each) === pod.spec?.nodeName) ?? machines[0]
    const bootedMs = machine?.bootedMs ?? world.nowMs
    for (const condition of pod.status?.conditions ?? [])
      if (/Ready/.test(condition.type) && condition.status === 'True')
        condition.lastTransitionTime = isoOf(bootedMs + READY_MS)
  }
}
