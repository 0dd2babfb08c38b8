import { chanceHex } from '../../chance.ts'
import { moveLog } from '../../journal/log-lines.ts'
import { hashOf } from '../../kube/pod.ts'
import { listObjects } from '../../kube/store.ts'
import { isoMicroOf, isoOf } from '../../kube/times.ts'
import { holdLock } from '../../laws/elect-leaders.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { componentsOf, type Elected, leaseOf } from '../../relations/components.ts'
import type { Container, ContainerRuntime, Sandbox } from '../../world/container.ts'
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

/** The sandbox that held a pod before a boot. */
const sandboxBefore = ({ firstPid: _pid, ...sandbox }: Sandbox): Sandbox => ({
  ...sandbox,
  id: hashOf(`before ${sandbox.id}`, 64),
  state: 'not-ready',
  address: undefined,
})

/** Dates a container that has ended to another start. */
const redate = (container: Container, startedMs: number): void => {
  const byMs = startedMs - (container.startedMs ?? container.createdMs)
  container.createdMs += byMs
  container.startedMs = startedMs
  if (container.finishedMs !== undefined) container.finishedMs += byMs
  moveLog(container, byMs)
}

/** A machine's runtime, and in which order its containers came up. */
type Part = {
  readonly world: World
  readonly machine: Machine
  readonly runtime: ContainerRuntime
  readonly order: readonly Container[]
}

const BETWEEN_MS = 1_000

const lastedMs = ({ startedMs = 0, finishedMs = startedMs }: Container): number => finishedMs - startedMs

/** Moves a sandbox and what ran in it to the boot: those that ran before stay in a sandbox that has ended, and init containers have run again. */
const moveToBoot = ({ world, machine, runtime, order }: Part, sandbox: Sandbox): void => {
  const own = order.filter(({ sandboxId }) => sandboxId === sandbox.id)
  const startOf = (one: Container): number => machine.bootedMs + 42_000 + order.indexOf(one) * 1_700
  const stay = own.filter(({ state }) => state === 'running')
  if (stay.length === 0) return
  const before = sandboxBefore(sandbox)
  const ended = own.filter(({ state }) => state === 'exited')
  const firstMs = Math.min(...stay.map(startOf))
  let endsMs = firstMs - BETWEEN_MS
  for (const one of [...ended].reverse()) {
    redate(one, endsMs - lastedMs(one))
    one.attempt += 1
    endsMs = (one.startedMs ?? 0) - BETWEEN_MS
  }
  Object.assign(sandbox, { createdMs: endsMs - BETWEEN_MS, attempt: 1 })
  runtime.sandboxes.splice(runtime.sandboxes.indexOf(sandbox), 0, before)
  for (const one of stay) {
    const startedMs = startOf(one)
    const past = endedAtShutdown(one, machine, chanceHex(world, 64))
    runtime.containers = runtime.containers.flatMap(each =>
      each === one ? [{ ...past, sandboxId: before.id }, each] : [each],
    )
    Object.assign(one, { attempt: one.attempt + 1, createdMs: startedMs - 300, startedMs, log: [] })
  }
}

/** Has pods come up anew at the last boot of their machines. */
export const restartAtBoot = (world: World, machines: readonly Machine[]): void => {
  for (const machine of machines) {
    const { runtime } = machine
    if (runtime === undefined) continue
    const part: Part = { world, machine, runtime, order: [...runtime.containers] }
    for (const sandbox of [...runtime.sandboxes]) moveToBoot(part, sandbox)
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
