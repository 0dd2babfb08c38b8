import { recordEvent } from '../kube/events.ts'
import { type NewObject, putObject, touchObject } from '../kube/store.ts'
import { isoMicroOf, isoOf, msOf } from '../kube/times.ts'
import {
  COMES_UP_MS,
  type Component,
  componentsOf,
  type Elected,
  isAble,
  isElected,
  LEADER_NOTE,
  leaseOf,
  lockKind,
} from '../relations/components.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const LEASE_MS = 15_000

type Holding = { readonly identity: string; readonly acquireTime: string; readonly transitions: number }

/** The object that says who leads: a lease, in older clusters endpoints with a note. */
const lockObject = (
  world: World,
  name: Elected,
  { identity, acquireTime, transitions }: Holding,
): NewObject => {
  const metadata = { name, namespace: 'kube-system' }
  const times = { acquireTime, renewTime: isoMicroOf(world.nowMs) }
  const held = { holderIdentity: identity, leaseDurationSeconds: LEASE_MS / 1000 }
  if (lockKind(world) === 'Lease')
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata,
      spec: { ...held, ...times, leaseTransitions: transitions },
    }
  const seconds = {
    acquireTime: isoOf(msOf(acquireTime)),
    renewTime: isoOf(world.nowMs),
    leaderTransitions: transitions,
  }
  const note = JSON.stringify({ ...held, ...seconds })
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, annotations: { [LEADER_NOTE]: note } },
    subsets: [],
  }
}

/** Writes into the object that says who leads since when, how often that has changed, and that it is so now. */
export const holdLock = (world: World, name: Elected, holding: Holding): void => {
  const { lease } = leaseOf(world, name)
  if (lease === undefined) return
  const { spec, metadata } = lockObject(world, name, holding)
  if (spec === undefined)
    lease.metadata.annotations = { ...lease.metadata.annotations, ...metadata.annotations }
  else lease.spec = { ...lease.spec, ...spec }
  touchObject(world, lease)
}

const elect = (world: World, name: Elected): void => {
  const { lease, holder, renewedMs, acquireTime, transitions = -1 } = leaseOf(world, name)
  const able = componentsOf(world, name).filter(
    component => isElected(component) && isAble(world, component, name),
  )
  const leader = able.find(component => component.identity === holder)
  if (leader !== undefined && lease !== undefined) {
    holdLock(world, name, {
      identity: leader.identity,
      acquireTime: acquireTime ?? isoMicroOf(world.nowMs),
      transitions,
    })
    return
  }
  const isUp = ({ startedMs }: Component): boolean => world.nowMs - startedMs >= COMES_UP_MS
  const next = lease === undefined ? able[0] : able.find(isUp)
  if (next === undefined || (lease !== undefined && world.nowMs - renewedMs < LEASE_MS)) return
  const held = { identity: next.identity, acquireTime: isoMicroOf(world.nowMs), transitions: transitions + 1 }
  const stored = putObject(world, lockObject(world, name, held))
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
