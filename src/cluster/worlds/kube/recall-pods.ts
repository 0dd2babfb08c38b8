import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { kubeletSays } from '../../laws/kubelet.ts'
import { sayFinished } from '../../laws/pods/finish-pod.ts'
import { admissionLines } from '../../laws/pods/pod-lines.ts'
import { writeLog } from '../../laws/pods/run-containers.ts'
import { sayEnd } from '../../laws/pods/runtime-ends.ts'
import { runtimeSays } from '../../laws/pods/runtime-says.ts'
import { containerMetadata, sandboxMetadata } from '../../laws/pods/runtime-texts.ts'
import { sayRegisteredAgain } from '../../laws/register-node.ts'
import { kubeletUnitOf, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { isFinished } from '../../relations/pods.ts'
import { serviceOf } from '../../services/services.ts'
import type { Container, Sandbox } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const CREATION_MS = 180
const LETS_GO_MS = 1_100
/** The first release that logs in this way which pods it takes on. */
const TELLS_ADMISSION = 24

type Moment = { readonly atMs: number; readonly tell: (at: { world: World; machine: Machine }) => void }

const info = (atMs: number, text: string): Moment => ({ atMs, tell: at => runtimeSays(at, 'info', { text }) })

const momentsOfContainer = (container: Container): readonly Moment[] => {
  const { id, sandboxId, createdMs, startedMs, finishedMs } = container
  const made = `CreateContainer within sandbox "${sandboxId}" for`
  const metadata = containerMetadata(container)
  return [
    info(createdMs, `${made} container ${metadata}`),
    info(createdMs, `${made} ${metadata} returns container id "${id}"`),
    ...(startedMs === undefined
      ? []
      : [
          info(startedMs, `StartContainer for "${id}"`),
          info(startedMs, `StartContainer for "${id}" returns successfully`),
        ]),
    ...(finishedMs === undefined
      ? []
      : [{ atMs: finishedMs, tell: (at: { world: World; machine: Machine }) => sayEnd(at, container) }]),
  ]
}

/** How a kubelet let go of a pod that had finished, once its last container had ended. */
const finishOf = (sandbox: Sandbox, containers: readonly Container[]): Moment => ({
  atMs: Math.max(...containers.map(({ finishedMs = 0 }) => finishedMs)) + LETS_GO_MS,
  tell: ({ world, machine }) => {
    const { name, namespace, kubeUid } = sandbox
    const unit = kubeletUnitOf(machine)
    const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
    if (unit === undefined || pod === undefined || !isFinished(pod) || uidOf(pod) !== kubeUid) return
    sayFinished({ world, machine, unit, nodeName: nodeNameOf(machine) }, pod, sandbox)
  },
})

const momentsOfSandbox = (sandbox: Sandbox, containers: readonly Container[]): readonly Moment[] => {
  const { id, name, namespace, kubeUid, createdMs } = sandbox
  const own = containers.filter(({ sandboxId }) => sandboxId === id)
  const run = `RunPodSandbox for ${sandboxMetadata(sandbox)}`
  return [
    {
      atMs: createdMs - CREATION_MS,
      tell: ({ world, machine }) => {
        const unit = kubeletUnitOf(machine)
        const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
        if (
          unit === undefined ||
          pod === undefined ||
          uidOf(pod) !== kubeUid ||
          minorOf(world) < TELLS_ADMISSION
        )
          return
        for (const line of admissionLines(pod)) kubeletSays({ world, machine, unit }, 'I', line)
      },
    },
    info(createdMs - CREATION_MS, run),
    info(createdMs, `${run} returns sandbox id "${id}"`),
    ...(sandbox.state === 'ready' ? [] : [finishOf(sandbox, own)]),
  ]
}

const REGISTERS_MS = 1_500
const SERVES_MS = 6_000
const AFTER_UP_MS = 40

/** When the kubelet of a machine registered its node after the boot: not before an API server of its own answered. */
const momentsOfNode = (machine: Machine): readonly Moment[] => {
  const unit = kubeletUnitOf(machine)
  if (unit === undefined) return []
  const server = machine.runtime?.containers.find(
    c => c.service === 'kube-apiserver' && c.state === 'running',
  )
  const ownMs = Math.max((unit.startedMs ?? 0) + REGISTERS_MS, unit.sinceMs + AFTER_UP_MS)
  const atMs = Math.max(ownMs, (server?.startedMs ?? 0) + SERVES_MS)
  return [{ atMs, tell: ({ world }) => sayRegisteredAgain({ world, machine, unit }, nodeNameOf(machine)) }]
}

/** Tells in the journals of machines how their pods came up since the boot, at the times of their containers. */
export const recallPods = (world: World, machines: readonly Machine[]): void => {
  for (const machine of machines) {
    const { sandboxes = [], containers = [] } = machine.runtime ?? {}
    const moments = [
      ...momentsOfNode(machine),
      ...sandboxes.flatMap(sandbox => momentsOfSandbox(sandbox, containers)),
      ...containers.flatMap(momentsOfContainer),
    ]
    for (const { atMs, tell } of moments.sort((a, b) => a.atMs - b.atMs))
      if (atMs > machine.bootedMs) tell({ world: { ...world, nowMs: atMs }, machine })
  }
}

/** So far back reach the logs of containers beyond what they said at their start. */
const LOGGED_MS = 6 * 3_600_000

/** Writes into the logs of running containers what they said when they started, and of late. */
export const recallLogs = (world: World, machines: readonly Machine[]): void => {
  for (const machine of machines)
    for (const container of machine.runtime?.containers ?? []) {
      const { startedMs, state } = container
      if (state !== 'running' || startedMs === undefined) continue
      const { chatter, greeting } = serviceOf(container.service)
      const self = { machine, unit: undefined, container }
      const span = { fromMs: Math.max(startedMs, world.nowMs - LOGGED_MS), toMs: world.nowMs }
      writeLog({ container, machine }, startedMs, greeting?.(world, self) ?? [])
      writeLog({ container, machine }, world.nowMs, chatter?.(world, self, span) ?? [])
    }
}
