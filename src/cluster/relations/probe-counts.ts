import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { firstProbeMs } from './probe-times.ts'

/** How often a probe of a container was made since the kubelet runs, by its outcome. */
type ProbeCounts = { readonly failed: number; readonly successful: number }

/** Where it is kept how often a kubelet's probe of a container failed, that of its pod before it too. */
export const failuresKey = (
  kind: string,
  { unit, container }: { readonly unit: Unit; readonly container: Container },
): string => `${kind}-failed/${unit.mainPid}/${container.namespace}/${container.podName}/${container.name}`

/** Counts a probe that failed. */
export const countFailure = ({ runtime }: Machine, key: string): void => {
  if (runtime !== undefined) runtime.timers[key] = (runtime.timers[key] ?? 0) + 1
}

/** The outcomes of a probe so far: it is made once in each period. */
export const probeCounts = (
  { nowMs, kube: { version } }: World,
  machine: Machine,
  { kind, probe, unit, container }: { kind: string; probe: KubeValue; unit: Unit; container: Container },
): ProbeCounts => {
  const { periodSeconds = 10 } = probe
  const timers = machine.runtime?.timers ?? {}
  const failed = timers[failuresKey(kind, { unit, container })] ?? 0
  const cameUpMs = timers[`started/${container.id}`]
  if (container.state !== 'running') return { failed, successful: 0 }
  // The probe of the start passes once, and the others begin then.
  if (kind === 'startup') return { failed, successful: cameUpMs === undefined ? 0 : 1 }
  const firstMs = firstProbeMs(kind, { machine, container, probe, version })
  const beginsMs = Math.max(firstMs, cameUpMs ?? 0, unit.startedMs ?? 0)
  const made = nowMs < beginsMs ? 0 : Math.floor((nowMs - beginsMs) / (periodSeconds * 1_000)) + 1
  return { failed, successful: Math.max(0, made - failed) }
}
