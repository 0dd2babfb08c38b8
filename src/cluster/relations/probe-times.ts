import { minorIn } from '../kube/minor-version.ts'
import { hashOf } from '../kube/pod.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'

const SECOND_MS = 1_000
/** How long a kubelet takes to see that a container runs, at least and at most. */
const SEES_MS = { least: 400, most: 1_300 }

/** The first release whose kubelet asks whether a container is ready as soon as it sees that it runs. */
const ASKS_AT_ONCE = 22

type Asked = {
  readonly machine: Machine
  readonly container: Container
  readonly probe: KubeValue
  /** Of the kubelet. */
  readonly version: string
}

/** When a kubelet sees that a container runs. */
export const seenMs = ({ id, startedMs, createdMs }: Container): number =>
  (startedMs ?? createdMs) +
  SEES_MS.least +
  (Number.parseInt(hashOf(`seen ${id}`, 4), 16) % (SEES_MS.most - SEES_MS.least))

/**
 * When a kubelet first makes a probe of a container: each period from when it took the pod on, and not before the delay. Newer ones make the
 * first of readiness as soon as the container is seen to run.
 */
export const firstProbeMs = (kind: string, { machine, container, probe, version }: Asked): number => {
  const { initialDelaySeconds = 0, periodSeconds = 10 } = probe
  const startedMs = container.startedMs ?? container.createdMs
  if (kind === 'readiness' && initialDelaySeconds === 0 && minorIn(version) >= ASKS_AT_ONCE)
    return seenMs(container)
  const sandbox = machine.runtime?.sandboxes.find(({ id }) => id === container.sandboxId)
  const fromMs = (sandbox?.createdMs ?? startedMs) - SECOND_MS / 4
  const periodMs = periodSeconds * SECOND_MS
  const allowedMs = startedMs + initialDelaySeconds * SECOND_MS
  return fromMs + Math.ceil((allowedMs - fromMs) / periodMs) * periodMs
}
