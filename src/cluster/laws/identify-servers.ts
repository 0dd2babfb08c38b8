import { minorOf } from '../kube/minor-version.ts'
import { hashOf } from '../kube/pod.ts'
import { getObject, putObject, touchObject } from '../kube/store.ts'
import { isoMicroOf, msOf } from '../kube/times.ts'
import { type ApiServer, apiServers, isWritable } from '../relations/api-server.ts'
import { shownMs } from '../relations/clock.ts'
import { base32Digest } from '../text/base32-digest.ts'
import { uuidOf } from '../text/uuid-of.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

/** The first releases in which servers keep such leases, and in which these are called as they are now. */
const HAS_IDENTITY = 26
const HAS_SHORT_NAME = 27
const RENEW_MS = 10_000
const LEASE_SECONDS = 3_600
const NAME_DIGITS = 26

const identify = (world: World, { machine, startedMs = 0 }: ApiServer): void => {
  const prefix = minorOf(world) < HAS_SHORT_NAME ? 'kube-apiserver' : 'apiserver'
  const name = `${prefix}-${base32Digest(machine.name).slice(0, NAME_DIGITS).toLowerCase()}`
  const lease = getObject(world.kube, { kind: 'Lease', namespace: 'kube-system', name })
  const holderIdentity = `${name}_${uuidOf(hashOf(`${name}/${startedMs}`, 32))}`
  const isHeld = lease?.spec.holderIdentity === holderIdentity
  if (isHeld && world.nowMs - msOf(lease?.spec.renewTime) < RENEW_MS) return
  const spec = {
    holderIdentity,
    leaseDurationSeconds: LEASE_SECONDS,
    renewTime: isoMicroOf(shownMs(machine, world.nowMs)),
  }
  if (lease !== undefined) {
    touchObject(world, Object.assign(lease, { spec }))
    return
  }
  putObject(world, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      labels: {
        'apiserver.kubernetes.io/identity': 'kube-apiserver',
        'kubernetes.io/hostname': machine.name,
      },
      name,
      namespace: 'kube-system',
    },
    spec,
  })
}

/** Each API server renews a lease that tells of it, as long as writes are taken. */
export const identifyServers: Law = world => {
  if (minorOf(world) < HAS_IDENTITY || !isWritable(world)) return
  for (const server of apiServers(world)) identify(world, server)
}
