import type { Container, ContainerRuntime, Sandbox } from '../../world/container.ts'
import { containerName } from './docker-name.ts'

const PAUSE = /(?:^|\/)pause:/
const USUAL = 'k8s.gcr.io/pause:3.1'

const endOf = ({ containers }: ContainerRuntime, { id, createdMs }: Sandbox): number =>
  containers.reduce(
    (last, { sandboxId, finishedMs = 0 }) => (sandboxId === id ? Math.max(last, finishedMs) : last),
    createdMs,
  )

const pauseOf = (runtime: ContainerRuntime, sandbox: Sandbox): Container => {
  const image = runtime.images.find(({ tags }) => tags.some(tag => PAUSE.test(tag)))
  const isUp = sandbox.state === 'ready'
  return {
    id: sandbox.id,
    sandboxId: sandbox.id,
    name: 'POD',
    podName: sandbox.name,
    namespace: sandbox.namespace,
    image: image?.tags[0] ?? USUAL,
    imageId: image?.id ?? '',
    service: 'pause',
    state: isUp ? 'running' : 'exited',
    attempt: sandbox.attempt,
    createdMs: sandbox.createdMs,
    startedMs: sandbox.createdMs,
    finishedMs: isUp ? undefined : endOf(runtime, sandbox),
    exitCode: isUp ? undefined : 0,
    reason: isUp ? '' : 'Completed',
    message: '',
    pid: isUp && sandbox.firstPid !== undefined ? sandbox.firstPid - 1 : 0,
    memoryBytes: 0,
    cpuMillis: 0,
    restartDelayMs: 0,
    command: ['/pause'],
    environment: {},
    log: [],
    files: undefined,
  }
}

/** All that Docker has as containers: with those of pods, for each of these the one that holds its namespaces. */
export const dockerContainers = (runtime: ContainerRuntime): readonly Container[] => [
  ...runtime.containers,
  ...runtime.sandboxes.map(sandbox => pauseOf(runtime, sandbox)),
]

/** The pod's sandbox behind an id or a name that Docker knows as a container. */
export const findPause = (runtime: ContainerRuntime, word: string): Sandbox | undefined =>
  runtime.sandboxes.find(
    sandbox => sandbox.id.startsWith(word) || containerName(runtime, pauseOf(runtime, sandbox)) === word,
  )
