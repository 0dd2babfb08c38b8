/** Metadata of a Kubernetes object, in the API's own spelling. Times are ISO 8601 in seconds, as the API gives them. */
export type KubeMetadata = {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[]
  finalizers?: string[]
  generateName?: string
  managedFields?: readonly KubeValue[]
  /** The object's path, as servers of older releases show it; it is never stored. */
  selfLink?: string
}

// biome-ignore lint/suspicious/noExplicitAny: an object of any kind, in the shape that its API documents
export type KubeValue = any

/** A Kubernetes object in the shape of its API: what `kubectl get -o json` shows is this very value. */
export type KubeObject = {
  apiVersion: string
  kind: string
  metadata: KubeMetadata
  spec?: KubeValue
  status?: KubeValue
  data?: Record<string, string>
  [field: string]: KubeValue
}

/** A change of an object by a client: who it says it is, how and when, and the changed fields as `managedFields` names them. */
export type FieldWrite = {
  manager: string
  operation: 'Apply' | 'Update'
  atMs: number
  fields: KubeValue
  /** The part of the object through which it was made. */
  part?: string
}

/** What the API server has refused a controller: since when, when last, how often, for which generation of its object, and in which words at first. */
export type Refusal = {
  readonly firstMs: number
  lastMs: number
  tries: number
  generation: number | undefined
  readonly message: string
}

/** The store behind the API server: objects by `Kind/namespace/name`, with an empty namespace for those of the cluster. */
export type KubeStore = {
  /** Version as `kubectl version` says: `v1.28.9`. */
  version: string
  objects: Map<string, KubeObject>
  revision: number
  /** When something was last written that others act upon: not what is renewed all the time. */
  stirredMs?: number
  /** How many events each source may still tell at once about an object, and since when. */
  eventLeaves?: Map<string, { left: number; sinceMs: number }>
  /** The names of events by what each tells of which object. */
  eventNames?: Map<string, string>
  /** How many events were not told since the last one that was, by its name or by what they tell. */
  eventsWithheld?: Record<string, number>
  /** What the API server has refused controllers since they last made something, by their objects' uids. */
  refusals?: Record<string, Refusal>
  /** How long the controller of daemon sets lets failed pods lie on a node, and since when: by set, generation and node. */
  failedPodWaits?: Record<string, { sinceMs: number; waitMs: number }>
  /** Set when the API server takes long or drops requests: 1 is normal, 20 hardly answers. */
  loadFactor: number
  podCidr: string
  serviceCidr: string
  clusterDns: string
  /** The keys with which tokens of service accounts were signed, each since when, in the order of time. */
  signingKeys?: { sinceMs: number; keyId: string }[]
  /** Who changed what by hand, by the objects' uids, oldest first. */
  fieldWrites?: Record<string, FieldWrite[]>
  /** Which database it is kept in, where that is not the first; the texts of databases name it. */
  database?: string
  /** What k3s keeps in its database of the keys and certificates on a server's disk, by path. */
  bootstrap?: Record<string, { text: string; mode: number }>
  /** What the other databases hold that were in use before. */
  databases?: Record<string, { revision: number; keys: number; sizeBytes: number; objects: KubeObject[] }>
}

/** An etcd member. It answers while its container or unit runs; see the relation `etcdHealthOf`. */
export type EtcdMember = {
  /** Hex id as etcdctl shows it. */
  id: string
  name: string
  machine: string
  peerUrl: string
  clientUrl: string
  dataDir: string
  version: string
  sizeBytes: number
  inUseBytes: number
  quotaBytes: number
  raftTerm: number
  raftIndex: number
  /** Milliseconds that one fsync takes. */
  fsyncMs: number
  /** What its process has lived through since its start: the term that it found, and how long its fsyncs were slow, with how many in that time. */
  life?: {
    readonly startedMs: number | undefined
    readonly fromTerm: number
    readonly slowMs: number
    readonly slowSyncs: number
  }
  isCorrupt: boolean
}

/** The etcd of a cluster. */
export type EtcdCluster = {
  members: EtcdMember[]
  /** Members that raised NOSPACE and were not disarmed. */
  alarms: { memberId: string; alarm: 'NOSPACE' | 'CORRUPT' }[]
  leaderId: string | undefined
  /** When the leader changed last, or was lost. */
  leaderSinceMs: number
  /** The leader that was lost: while there is none, and from then on where another took its place at once. */
  lostLeaderId?: string
  revision: number
  compactedRevision: number
  /** What somebody put there beside the registry, by key. */
  ownKeys?: Record<string, string>
  /** The revision to which the API server will have it compacted, and in which turn it was seen. */
  nextCompaction?: { readonly turn: number; readonly revision: number }
}
