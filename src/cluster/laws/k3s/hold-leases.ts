import { getObject, putObject, touchObject } from '../../kube/store.ts'
import { isoMicroOf, msOf } from '../../kube/times.ts'
import { isWritable } from '../../relations/api-server.ts'
import { clusterHosts } from '../../relations/cluster-hosts.ts'
import { inStep } from '../../relations/in-step.ts'
import { uuidOf } from '../../text/uuid-of.ts'
import type { Container } from '../../world/container.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

/** A program that elects a leader among its pods: whose pods, by which lease in kube-system, and how often it is renewed. */
type Candidate = {
  readonly namespace: string
  readonly container: string
  readonly lease: string
  readonly seconds: number
  readonly renewMs: number
  readonly holder: (container: Container) => string
}

const candidates: readonly Candidate[] = [
  {
    namespace: 'cattle-system',
    container: 'rancher',
    lease: 'cattle-controllers',
    seconds: 45,
    renewMs: 2_000,
    holder: ({ podName }) => podName,
  },
  {
    namespace: 'cert-manager',
    container: 'cert-manager',
    lease: 'cert-manager-controller',
    seconds: 60,
    renewMs: 15_000,
    holder: ({ podName }) => `${podName}-external-cert-manager-controller`,
  },
  {
    namespace: 'cert-manager',
    container: 'cert-manager-cainjector',
    lease: 'cert-manager-cainjector-leader-election',
    seconds: 60,
    renewMs: 15_000,
    holder: ({ podName, id }) => `${podName}_${uuidOf(id.slice(0, 32))}`,
  },
]

const runningOf = (world: World, { namespace, container }: Candidate): readonly Container[] =>
  inStep(world, `running/${namespace}/${container}`, () =>
    clusterHosts(world).flatMap(({ machine, host }) =>
      (host.isPowered ? (machine.runtime?.containers ?? []) : []).filter(
        one => one.namespace === namespace && one.name === container && one.state === 'running',
      ),
    ),
  )

const hold = (world: World, candidate: Candidate): void => {
  const { lease: name, seconds, renewMs, holder } = candidate
  const place = { kind: 'Lease', namespace: 'kube-system', name }
  const running = runningOf(world, candidate)
  if (running.length === 0) return
  const lease = getObject(world.kube, place)
  const renewedMs = msOf(lease?.spec?.renewTime)
  if (lease !== undefined && world.nowMs - renewedMs < renewMs) return
  const known = lease?.spec?.holderIdentity
  const isHeld = lease !== undefined && running.some(one => holder(one) === known)
  if (lease !== undefined && !isHeld && world.nowMs - renewedMs < seconds * 1_000) return
  const renewTime = isoMicroOf(world.nowMs - (world.nowMs % renewMs))
  if (isHeld) {
    // In a long step it was renewed more than once.
    world.kube.revision += Math.max(0, Math.floor((world.nowMs - renewedMs) / renewMs) - 1)
    lease.spec.renewTime = renewTime
    touchObject(world, lease)
    return
  }
  const [next] = running
  const spec = {
    acquireTime: renewTime,
    holderIdentity: next === undefined ? '' : holder(next),
    leaseDurationSeconds: seconds,
    leaseTransitions: lease === undefined ? 0 : (lease.spec.leaseTransitions ?? 0) + 1,
    renewTime,
  }
  if (lease === undefined)
    putObject(world, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: 'kube-system' },
      spec,
    })
  else touchObject(world, Object.assign(lease, { spec }))
}

/** Rancher and cert-manager hold their leases for as long as they run and the API server takes writes. */
export const holdLeases: Law = world => {
  if (world.platforms.rancherHost === undefined || !isWritable(world)) return
  for (const candidate of candidates) hold(world, candidate)
}
