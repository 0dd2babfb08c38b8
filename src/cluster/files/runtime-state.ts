import { PAUSE_BEFORE } from '../relations/container-processes.ts'
import { runtimeStateOf } from '../relations/runtime-folders.ts'
import { socketsMadeMs } from '../relations/unix-sockets.ts'
import type { Container, ContainerRuntime, Sandbox } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { FileView } from './views.ts'

const TASKS = 'io.containerd.runtime.v2.task'
const PODS = 'io.containerd.grpc.v1.cri'

/** Something that a shim runs: a pod's sandbox or a container of it. */
type Task = { readonly id: string; readonly sandboxId: string; readonly pid: number; readonly madeMs: number }

const isRunning = (container: Container): boolean => container.state === 'running'

const sandboxTask = ({ id, firstPid = 0, createdMs }: Sandbox): Task => ({
  id,
  sandboxId: id,
  pid: firstPid - PAUSE_BEFORE,
  madeMs: createdMs,
})

const containerTask = ({ id, sandboxId, pid, startedMs, createdMs }: Container): Task => ({
  id,
  sandboxId,
  pid,
  madeMs: startedMs ?? createdMs,
})

const tasksOf = ({ sandboxes, containers }: ContainerRuntime): readonly Task[] => [
  ...sandboxes.filter(({ state }) => state === 'ready').map(sandboxTask),
  ...containers.filter(isRunning).map(containerTask),
]

/** The containerd whose state lies in a folder. */
const runtimeAt = ({ runtime, isPowered }: Machine, folder: string): ContainerRuntime | undefined =>
  isPowered && runtime?.kind === 'containerd' && runtimeStateOf(runtime) === folder ? runtime : undefined

const taskTexts = (folder: string, { id, sandboxId, pid }: Task): readonly (readonly [string, string])[] => {
  const own = `${folder}/${TASKS}/k8s.io/${id}`
  return [
    [`${own}/address`, `unix:///run/containerd/s/${sandboxId}`],
    [`${own}/init.pid`, String(pid)],
    [`${own}/log.json`, ''],
    [`${own}/rootfs/`, ''],
    [`${own}/runtime`, 'io.containerd.runc.v2'],
    ...(id === sandboxId ? [[`${folder}/${PODS}/sandboxes/${id}/shm/`, ''] as const] : []),
  ]
}

const textsOf = (machine: Machine, folder: string): ReadonlyMap<string, string> => {
  const runtime = runtimeAt(machine, folder)
  if (runtime === undefined) return new Map()
  return new Map([
    [`${folder}/${PODS}/`, ''],
    [`${folder}/${TASKS}/k8s.io/`, ''],
    ...tasksOf(runtime).flatMap(task => taskTexts(folder, task)),
  ])
}

const changedMs = (machine: Machine, folder: string, path: string): number => {
  const runtime = runtimeAt(machine, folder)
  if (runtime === undefined || path === folder) return socketsMadeMs(machine) ?? machine.bootedMs
  const tasks = tasksOf(runtime)
  const [task] = tasks.filter(({ id }) => path.includes(id))
  return task?.madeMs ?? Math.max(machine.bootedMs, ...tasks.map(({ madeMs }) => madeMs))
}

const stateIn = (folder: string): FileView => ({
  folder,
  modes: { file: { mode: 0o644 }, folder: { mode: 0o711 } },
  list: ({ machine }) => [...textsOf(machine, folder).keys()],
  read: ({ machine }, path) => textsOf(machine, folder).get(path) ?? '',
  changedMs: ({ machine }, path) => changedMs(machine, folder, path),
})

/** What containerd keeps of the pods and containers that run, below /run: where their memory and their roots are mounted. */
export const runtimeStates: readonly FileView[] = ['/run/containerd', '/run/k3s/containerd'].map(stateIn)
