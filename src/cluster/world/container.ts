import type { FileTree } from './file-node.ts'
import type { LogLine } from './journal-entry.ts'
import type { KubeObject } from './kube-object.ts'
import type { KeptSettings } from './unit.ts'

/** An image in a runtime's store. */
export type Image = { id: string; tags: string[]; sizeBytes: number; isPinned: boolean }

/** A pod sandbox of the runtime; `kubeUid` ties it to the Kubernetes object. */
export type Sandbox = {
  id: string
  name: string
  namespace: string
  kubeUid: string
  attempt: number
  state: 'ready' | 'not-ready'
  createdMs: number
  address: string | undefined
  isHostNetwork: boolean
  /** The pid of its first container: those of its shim and of its pause process stand before it, as long as it is ready. */
  firstPid?: number
  /** Where the control groups of its containers lie, as its runtime was told it: a path below /sys/fs/cgroup. */
  groupsPlace?: string
  /** Whether it has its interface on the machine, which is made once: false where that was taken from it at its end. */
  isWired?: boolean
  /** Whether rules lead from ports of the machine to it, once that is settled. */
  hasHostPorts?: boolean
  labels: Record<string, string>
  /** From when to when images were fetched for it. */
  pulled?: { fromMs: number; toMs: number }
  /** What its volumes of config maps and secrets held when the kubelet last looked, by the names of the maps, of secrets behind `Secret/`. */
  configs?: Record<string, Record<string, string>>
  /** What the last of them held before, oldest first, and until when. */
  pastConfigs?: { name: string; data: Record<string, string>; untilMs: number }[]
  /** When its kubelet comes to it and finds that one of them has changed. */
  refreshesMs?: number
  /** When one of them last changed. */
  refreshedMs?: number
}

/** What a store in memory holds under a key, and when that ends. */
export type StoredKey = { text: string; endsMs?: number }

/** A container of the runtime. */
export type Container = {
  id: string
  sandboxId: string
  name: string
  podName: string
  namespace: string
  image: string
  imageId: string
  /** Names the service whose conduct it has, a key of the services table: `etcd`, `kube-apiserver`, `coredns`, `app` … */
  service: string
  state: 'created' | 'running' | 'exited'
  attempt: number
  createdMs: number
  startedMs: number | undefined
  /** Its start from which on what ends it at a start alone no longer can. */
  cameUpMs?: number
  finishedMs: number | undefined
  exitCode: number | undefined
  /** Set from its end until its runtime has told of it. */
  isEndUntold?: boolean
  /** `Completed`, `Error`, `OOMKilled`, `StartError`. */
  reason: string
  message: string
  pid: number
  memoryBytes: number
  /** What its supervisor began again, by the names of its services. */
  respawned?: Record<string, { pid: number; startedMs: number }>
  /** Thousandths of a core in use. */
  cpuMillis: number
  /** How long the kubelet waits after its end before it starts the next: not for the first, then 10 s, doubled each time, 5 minutes at most. */
  restartDelayMs: number
  /** The command line with its flags, read from the pod's specification when it was made. */
  command: string[]
  environment: Record<string, string>
  /** That its command is to be run as one typed in a shell is, and whether somebody has begun to. */
  order?: 'given' | 'begun'
  /** The folder in which its command begins, where its pod says so. */
  folder?: string
  /** Whether it goes on for as long as somebody who was attached to it from its start. */
  awaitsInput?: boolean
  /** The container of its pod whose processes it sees. */
  targetName?: string
  /** What its program read when it started, where it reads that only then. */
  settings?: KeptSettings
  log: LogLine[]
  /** What a store in memory holds, by its keys. */
  keys?: Record<string, StoredKey>
  /** Its own files, made when somebody first looks inside. */
  files: FileTree | undefined
  /** Up to which change of its volumes those hold them. */
  mountedMs?: number
  /** The programs that a shell has put among its files, as on a machine. */
  offered?: Set<string>
  /** The number of the user that its pod wants it to run as. */
  user?: string
  /** How many programs were begun in it from outside. */
  execs?: number
}

/** Who manages control groups: systemd, in slices and scopes, or the program itself, in folders. */
export type GroupDriver = 'systemd' | 'cgroupfs'

/** A control group that a kubelet has made for a pod, by its path below /sys/fs/cgroup. */
export type MadeGroup = { path: string; madeMs: number }

/** The container runtime of a machine. It answers while its unit runs. */
export type ContainerRuntime = {
  kind: 'containerd' | 'docker'
  socket: string
  version: string
  unit: string
  images: Image[]
  sandboxes: Sandbox[]
  containers: Container[]
  /** Images that could not be pulled, by the pod's uid and the image: the error of the last try, when that was, and how long the next one waits. */
  pulls: Record<string, ImagePull>
  /** Images that are being fetched, by the pod's uid and the image. */
  pulling?: Record<string, PullWay>
  /** What lies in the empty volumes of pods, by the pod's uid and the volume: `UID/NAME`. They go with their pod. */
  volumes?: Record<string, FileTree>
  /** When the kubelet tries something again, or since when something fails: `sandbox/UID`, `mount/UID`, `liveness/CONTAINER` … */
  timers: Record<string, number>
  /** The control groups of pods since the machine came up, by the pods' uids and by who manages them. */
  podGroups?: Record<string, Partial<Record<GroupDriver, MadeGroup>>>
  /** Events that its kubelet could not tell the API server yet. */
  untold?: UntoldEvent[]
  overlay?: Overlay
}

/** The tunnel that the network plugin's agent has made on a machine, and the networks that it has made routes to. */
export type Overlay = { agent: string; device: string; routed: string[] }

/** An event that a kubelet tries to tell again. */
export type UntoldEvent = {
  atMs: number
  about: KubeObject
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  fieldPath?: string
}

/** A pull on its way: when it was asked for, when its turn comes, and when it is there. */
export type PullWay = { askedMs: number; beginsMs: number; endsMs: number }

/** A pull that failed. */
export type ImagePull = { error: string; atMs: number; delayMs: number }
