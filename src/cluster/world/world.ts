import type { EtcdCluster, KubeStore } from './kube-object.ts'
import type { Machine } from './machine.ts'
import type { Flow } from './network.ts'
import type { Platforms } from './platforms.ts'

/** The base worlds. */
export const worldNames = ['mks', 'k3s', 'gravity'] as const

/** A base world's name. */
export type WorldName = (typeof worldNames)[number]

/** A host outside the cluster that names and connections can lead to: a registry, a Rafay controller, an NFS server. */
export type OutsideHost = {
  names: string[]
  address: string
  /** Ports that answer, with what speaks there: `https`, `nfs`, `dns` … */
  ports: { protocol: 'tcp' | 'udp'; port: number; speaks: string }[]
  isUp: boolean
  /** Round trip in milliseconds. */
  latencyMs: number
  answersPing: boolean
}

/** The network between the machines and to the outside. */
export type NetworkFabric = {
  /** Whether the way from the site to the internet works. */
  hasInternet: boolean
  /** Pairs of machines between which nothing passes. */
  cutLinks: [string, string][]
  /** The largest packet that passes between machines. */
  pathMtu: number
  /** Packets lost between machines, percent. */
  lossPercent: number
  gateway: string
  subnet: string
  /** Resolvers of the site that answer DNS: addresses; those that are down are left out. */
  liveResolvers: string[]
  /** Records that the site's and the internet's resolvers give. */
  records: Record<string, string>
  outside: OutsideHost[]
  /** Paths that the site's NFS server exports. */
  exports: string[]
  /** What machines remember of connections that are over. */
  flows?: Flow[]
}

/**
 * Everything of a simulated cluster, plain data throughout: it can be compared, printed, and copied with structuredClone. Commands
 * change it and `settle` brings its consequences about. Times are milliseconds since the epoch in simulated time.
 */
export type World = {
  name: WorldName
  seed: number
  /** State of the generator of chance; see `chance`. */
  chanceState: number
  nowMs: number
  /** Up to when the laws have settled it. */
  settledMs: number
  /** The revision of the API server's store at that time. */
  settledRevision: number
  /** When the next thing comes to its end that takes a known time, so that it is seen as it does. */
  dueMs?: number
  /** By host name, in the order in which they are listed. */
  machines: Map<string, Machine>
  /** Host names by the names that do not change with the seed: `workstation`, `control-plane`, `worker-1`, `node-1` … */
  handles: Record<string, string>
  /** Name of the machine where a shell begins. */
  home: string
  fabric: NetworkFabric
  kube: KubeStore
  etcd: EtcdCluster
  platforms: Platforms
}
