import type { KubeValue } from './kube-object.ts'

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
  kind: 'install' | 'upgrade' | 'expand' | 'shrink' | 'garbage_collect'
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

/** A resource of a Gravity cluster: a user, a forwarder of logs and the like. */
export type GravityResource = { kind: string; name: string; spec: KubeValue }

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
  /** What somebody has set of the cluster through `gravity resource`. */
  resources?: GravityResource[]
  /** The machine whose gravity-site leads; the name leader.telekube.local points to it. */
  leader: string | undefined
}

/** A server of a backend as HAProxy's checks found it. */
export type ProxyServer = {
  isUp: boolean
  /** Checks in a row that said the opposite of its state. */
  streak: number
  /** `L4OK`, `L4CON`, `L4TOUT`, `L7OK`, `L7STS`, `L6RSP` … */
  check: string
  code: number | undefined
  info: string
  durationMs: number
  failedChecks: number
  timesDown: number
  changedMs: number
  downMs: number
}

/** What somebody has set of a server through HAProxy's socket; gone with the worker. */
export type ServerSetting = {
  admin?: 'maint' | 'drain' | undefined
  weight?: number
  address?: string
  port?: number
}

/** What an HAProxy has read when it was started or reloaded last, and how its servers are, by `backend/server`. */
export type ProxyState = {
  startedMs: number
  /** When its present worker read the settings. */
  readMs: number
  settings: string
  checkedMs: number
  servers: Record<string, ProxyServer>
  /** What its log is to be told of since it was written last. */
  news: { atMs: number; text: string }[]
  /** What was set through its socket, by `backend/server`. */
  set?: Record<string, ServerSetting>
}

/** What runs around Kubernetes in a world; absent where a world has none of it. */
export type Platforms = {
  rafay: Rafay | undefined
  gravity: Gravity | undefined
  /** Host name under which Rancher is reached through HAProxy. */
  rancherHost: string | undefined
  /** What each HAProxy that runs has read and found, by the name of its machine. */
  proxies: Record<string, ProxyState>
  /** What Helm's charts that people know of here make by themselves, by the chart's name. */
  charts?: Record<string, { chart: string; appVersion: string; objects: readonly KubeValue[] }>
  /** The files that a server of k3s has applied since its start, as they were, and when it looked last. */
  manifests?: { startedMs: number; lookedMs: number; texts: Record<string, string> }
}
