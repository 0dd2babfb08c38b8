import type { EtcdMember } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import type { Fault, FaultParameters } from './fault.ts'
import { machineOf, numberOf, textOf } from './parameters.ts'

const memberOf = (world: World, parameters: FaultParameters): EtcdMember => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const member = world.etcd.members.find(candidate => candidate.machine === machine.name)
  if (member === undefined) throw new RangeError(`no etcd member runs on ${machine.name}`)
  return member
}

/** An etcd member whose writes to disk take long. */
export const slowEtcd: Fault = (world, parameters) => {
  memberOf(world, parameters).fsyncMs = numberOf(parameters, 'fsyncMs')
}

/** An etcd member whose data is damaged. */
export const damageEtcd: Fault = (world, parameters) => {
  memberOf(world, parameters).isCorrupt = true
}

/** An etcd whose backend has grown: `sizeMiB`, of which `inUseMiB` are live. */
export const growEtcd: Fault = (world, parameters) => {
  const member = memberOf(world, parameters)
  member.sizeBytes = numberOf(parameters, 'sizeMiB') * 1024 ** 2
  member.inUseBytes = numberOf(parameters, 'inUseMiB') * 1024 ** 2
}

/** An API server with so much to do that requests take `factor` times as long. */
export const loadApiServer: Fault = (world, parameters) => {
  world.kube.loadFactor = numberOf(parameters, 'factor')
}
