import { getObject } from '../kube/store.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { hasAddress } from './find-machine.ts'
import { flagsInText } from './flags.ts'
import { k3sOptions } from './k3s/k3s-units.ts'
import { isStarved, isStopped } from './stopped.ts'

/** A place where containers run: a machine, or Gravity's Planet on it. `host` is the machine itself. */
export type ClusterHost = { readonly machine: Machine; readonly host: Machine }

/** Every place of the world that has a container runtime, in the order of the machines. */
export const clusterHosts = (world: World): readonly ClusterHost[] =>
  [...world.machines.values()].flatMap(host => {
    const machine = host.runtime === undefined ? host.planet : host
    return machine?.runtime === undefined ? [] : [{ machine, host }]
  })

const kubeletServices = new Set(['kubelet', 'k3s', 'k3s-agent'])

/** The unit whose process is a machine's kubelet. */
export const kubeletUnitOf = (machine: Machine): Unit | undefined => {
  for (const unit of machine.units.values()) if (kubeletServices.has(unit.service)) return unit
  return undefined
}

const toldNodeName = (machine: Machine, unit: Unit): string | undefined =>
  unit.service.startsWith('k3s')
    ? (k3sOptions(machine, unit, 'node-name')[0] ?? unit.environment.K3S_NODE_NAME)
    : flagsInText(unit.execStart)['hostname-override']

/** The name under which a machine's kubelet registers its node: what its settings say, else what the machine was called when it started. */
export const nodeNameOf = (machine: Machine): string => {
  const unit = kubeletUnitOf(machine)
  const told = unit === undefined ? undefined : toldNodeName(machine, unit)
  return told ?? (unit?.hostname ?? machine.name).toLowerCase()
}

/** The place behind a node's name: whose kubelet goes by it, else the machine that has the address of the node. */
export const hostOfNode = (world: World, nodeName: string): ClusterHost | undefined => {
  const hosts = clusterHosts(world)
  const own = hosts.find(({ machine }) => nodeNameOf(machine) === nodeName)
  if (own !== undefined) return own
  const addresses: readonly KubeValue[] =
    getObject(world.kube, { kind: 'Node', name: nodeName })?.status?.addresses ?? []
  return hosts.find(({ host }) => addresses.some(({ address }) => hasAddress(host, address)))
}

/** Whether a unit's process runs on a machine that has power, and is not stopped by a signal. */
export const isUnitRunning = (machine: Machine, name: string): boolean => {
  const unit = machine.units.get(name)
  return (
    machine.isPowered &&
    unit !== undefined &&
    unit.active === 'active' &&
    unit.sub === 'running' &&
    !isStopped(machine, unit.mainPid) &&
    !isStarved(unit)
  )
}
