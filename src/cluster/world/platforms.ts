/** Rafay's side of an MKS cluster: the controller and what it knows of the agents. */
export type Rafay = {
  controllerHost: string
  saltMasterHost: string
  /** Minion ids whose keys the Salt master has accepted. */
  acceptedMinions: string[]
  /** Steps of `rctl status apply`, by taskset id. */
  tasksets: { id: string; status: string; tasks: { type: string; name: string; status: string }[] }[]
}

/** A phase of a Gravity operation plan, with the phases below it. */
export type GravityPhase = {
  id: string
  description: string
  state: 'Unstarted' | 'In Progress' | 'Completed' | 'Failed' | 'Rolled Back'
  node: string | undefined
  requires: string[]
  updatedMs: number | undefined
  error: string | undefined
  phases: GravityPhase[]
}

/** An operation of Gravity. */
export type GravityOperation = {
  id: string
  kind: 'install' | 'upgrade' | 'expand' | 'shrink'
  state: string
  createdMs: number
  /** When its state last changed for good: completed or failed. */
  endedMs: number | undefined
  /** What it does to whom, in the words of `gravity status`. */
  description: string
  progress: { message: string; percent: number }
  plan: GravityPhase | undefined
  /** The version that an upgrade leads to. */
  targetVersion: string | undefined
}

/** Gravity's state. */
export type Gravity = {
  clusterName: string
  version: string
  appName: string
  appVersion: string
  joinToken: string
  advertiseAddresses: Record<string, string>
  /** Name of the planet unit by machine. */
  planetUnits: Record<string, string>
  operations: GravityOperation[]
  vxlanPort: number
  /** The machine whose gravity-site leads; the name leader.telekube.local points to it. */
  leader: string | undefined
}

/** What runs around Kubernetes in a world; absent where a world has none of it. */
export type Platforms = {
  rafay: Rafay | undefined
  gravity: Gravity | undefined
  /** Host name under which Rancher is reached through HAProxy. */
  rancherHost: string | undefined
}
