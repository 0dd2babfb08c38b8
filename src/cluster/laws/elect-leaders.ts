import { recordEvent } from '../kube/events.ts'
import { putObject, touchObject } from '../kube/store.ts'
import { isoMicroOf } from '../kube/times.ts'
import {
  COMES_UP_MS,
  type Component,
  componentsOf,
  type Elected,
  isAble,
  isElected,
  leaseOf,
} from '../relations/components.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const LEASE_MS = 15_000

const elect = (world: World, name: Elected): void => {
  const { lease, holder, renewedMs } = leaseOf(world, name)
  const able = componentsOf(world, name).filter(
    component => isElected(component) && isAble(world, component, name),
  )
  const leader = able.find(component => component.identity === holder)
  if (leader !== undefined && lease !== undefined) {
    lease.spec.renewTime = isoMicroOf(world.nowMs)
    touchObject(world, lease)
    return
  }
  const isUp = ({ startedMs }: Component): boolean => world.nowMs - startedMs >= COMES_UP_MS
  const next = lease === undefined ? able[0] : able.find(isUp)
  if (next === undefined || (lease !== undefined && world.nowMs - renewedMs < LEASE_MS)) return
  const stored = putObject(world, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      acquireTime: isoMicroOf(world.nowMs),
      holderIdentity: next.identity,
      leaseDurationSeconds: LEASE_MS / 1000,
      leaseTransitions: (lease?.spec?.leaseTransitions ?? -1) + 1,
      renewTime: isoMicroOf(world.nowMs),
    },
  })
  recordEvent(world, {
    about: stored,
    type: 'Normal',
    reason: 'LeaderElection',
    message: `${next.identity} became leader`,
    source: name,
  })
}

/** The controller manager and the scheduler hold their leases, or take them when nobody has renewed them for 15 s. */
export const electLeaders: Law = world => {
  elect(world, 'kube-controller-manager')
  elect(world, 'kube-scheduler')
}
