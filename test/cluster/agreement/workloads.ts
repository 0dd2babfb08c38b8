import type { Desk, Relation } from './desk.ts'
import { isTrue, keyOf, type Meta, type Pod, quantityOf } from './objects.ts'
import { itemsOf, jsonOf, linesOf, rowsOf, sorted, textOf } from './read.ts'

type Workload = {
  readonly metadata: Meta & { readonly generation?: number }
  readonly spec: {
    readonly replicas?: number
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> }
  }
  readonly status: Readonly<Record<string, number | undefined>>
}

const isOwned = (pod: { readonly metadata: Meta }, owner: { readonly metadata: Meta }): boolean =>
  pod.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false

const isCounted = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined && !['Failed', 'Succeeded'].includes(status.phase)

/** Whether a controller manager is at work, so that counts follow pods. */
const isManaged = async (desk: Desk): Promise<boolean> => {
  type Lease = { readonly spec: { readonly renewTime?: string } }
  const lease = await jsonOf<Lease>(desk, 'kubectl get lease kube-controller-manager -n kube-system -o json')
  const now = Number((await textOf(desk, 'date +%s')) ?? '')
  return lease !== undefined && now - Date.parse(lease.spec.renewTime ?? '') / 1000 < 20
}

const countsAgree: Relation = {
  name: 'workloads count the pods that they own',
  where: 'cluster',
  check: async desk => {
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    if (!pods || !(await isManaged(desk))) return
    const sets = (await itemsOf<Workload>(desk, 'replicasets -A')) ?? []
    const owned = (owner: Workload): readonly Pod[] =>
      pods.filter(pod => isOwned(pod, owner) && isCounted(pod))
    const ready = (list: readonly Pod[]): number =>
      list.filter(({ status }) => isTrue(status.conditions, 'Ready')).length
    for (const set of sets) {
      const own = owned(set)
      desk.same(`replicas of rs ${keyOf(set)}`, { status: set.status['replicas'] ?? 0, pods: own.length })
      desk.same(`ready of rs ${keyOf(set)}`, { status: set.status['readyReplicas'] ?? 0, pods: ready(own) })
    }
    for (const deployment of (await itemsOf<Workload>(desk, 'deployments -A')) ?? []) {
      const own = sets.filter(set => isOwned(set, deployment)).flatMap(owned)
      desk.same(`replicas of deploy ${keyOf(deployment)}`, {
        status: deployment.status['replicas'] ?? 0,
        pods: own.length,
      })
      desk.same(`ready of deploy ${keyOf(deployment)}`, {
        status: deployment.status['readyReplicas'] ?? 0,
        pods: ready(own),
      })
    }
    for (const set of (await itemsOf<Workload>(desk, 'statefulsets -A')) ?? []) {
      desk.same(`replicas of sts ${keyOf(set)}`, {
        status: set.status['replicas'] ?? 0,
        pods: owned(set).length,
      })
      desk.same(`ready of sts ${keyOf(set)}`, {
        status: set.status['readyReplicas'] ?? 0,
        pods: ready(owned(set)),
      })
    }
    for (const set of (await itemsOf<Workload>(desk, 'daemonsets -A')) ?? []) {
      const astray = Number(set.status['numberMisscheduled'] ?? 0)
      desk.same(`current of ds ${keyOf(set)}`, {
        status: Number(set.status['currentNumberScheduled'] ?? 0) + astray,
        pods: owned(set).length,
      })
      // What runs where it would not be put today is counted apart, ready or not.
      if (astray > 0) continue
      desk.same(`ready of ds ${keyOf(set)}`, {
        status: set.status['numberReady'] ?? 0,
        pods: ready(owned(set)),
      })
    }
    for (const pod of pods)
      for (const { kind, name, uid } of pod.metadata.ownerReferences ?? [])
        if (kind === 'ReplicaSet')
          desk.holds(
            sets.some(({ metadata }) => metadata.uid === uid),
            `${keyOf(pod)} is owned by the ReplicaSet ${name} | get rs has none`,
          )
  },
}

const tablesAgree: Relation = {
  name: 'the tables of workloads show what their JSON holds',
  where: 'cluster',
  check: async desk => {
    for (const [kind, readyField] of [
      ['deployments', 'readyReplicas'],
      ['statefulsets', 'readyReplicas'],
    ] as const) {
      const items = await itemsOf<Workload>(desk, `${kind} -A`)
      const rows = new Map(
        rowsOf((await textOf(desk, `kubectl get ${kind} -A --no-headers`)) ?? '').map(row => [
          `${row[0]}/${row[1]}`,
          row,
        ]),
      )
      for (const item of items ?? [])
        desk.same(`${kind} ${keyOf(item)}`, {
          json: `${item.status[readyField] ?? 0}/${item.spec.replicas ?? 1}`,
          table: rows.get(keyOf(item))?.[2],
        })
    }
  },
}

const jobsAgree: Relation = {
  name: 'jobs count their pods, and cron jobs know their jobs',
  where: 'cluster',
  check: async desk => {
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    if (!pods || !(await isManaged(desk))) return
    for (const job of (await itemsOf<Workload>(desk, 'jobs -A')) ?? []) {
      const own = pods.filter(pod => isOwned(pod, job))
      const done = own.filter(({ status }) => status.phase === 'Succeeded').length
      // What was counted stays when a pod is removed.
      desk.holds(
        (job.status['succeeded'] ?? 0) >= done,
        `job ${keyOf(job)} has ${job.status['succeeded']} that succeeded | its pods: ${done}`,
      )
      desk.same(`active of job ${keyOf(job)}`, {
        status: job.status['active'] ?? 0,
        pods: own.filter(pod => isCounted(pod)).length,
      })
    }
  },
}

type Claim = {
  readonly metadata: Meta
  readonly spec: { readonly volumeName?: string }
  readonly status: { readonly phase: string }
}
type Volume = {
  readonly metadata: Meta
  readonly spec: { readonly claimRef?: { readonly namespace: string; readonly name: string } }
  readonly status: { readonly phase: string }
}

const claimsAgree: Relation = {
  name: 'a claim that is bound and its volume name each other',
  where: 'cluster',
  check: async desk => {
    const claims = (await itemsOf<Claim>(desk, 'pvc -A')) ?? []
    const volumes = (await itemsOf<Volume>(desk, 'pv')) ?? []
    for (const claim of claims) {
      const volume = volumes.find(({ metadata }) => metadata.name === claim.spec.volumeName)
      if (claim.status.phase !== 'Bound') continue
      desk.same(`volume of ${keyOf(claim)}`, {
        pvc: keyOf(claim),
        pv: volume?.spec.claimRef && `${volume.spec.claimRef.namespace}/${volume.spec.claimRef.name}`,
      })
      desk.same(`phase of ${keyOf(claim)}`, { pvc: claim.status.phase, pv: volume?.status.phase })
    }
    for (const { metadata, spec, status } of volumes)
      if (status.phase === 'Bound')
        desk.holds(
          claims.some(claim => claim.spec.volumeName === metadata.name),
          `pv ${metadata.name} is Bound to ${spec.claimRef?.name} | get pvc has none`,
        )
  },
}

const topAgrees: Relation = {
  name: 'kubectl top and the metrics API tell the same',
  where: 'cluster',
  check: async desk => {
    type Usage = {
      readonly metadata: Meta
      readonly usage: { readonly cpu: string; readonly memory: string }
    }
    const raw = await jsonOf<{ readonly items: readonly Usage[] }>(
      desk,
      'kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes',
    )
    const top = await textOf(desk, 'kubectl top nodes --no-headers')
    if (!raw || top === undefined) return
    const rows = new Map(rowsOf(top).map(([name = '', ...cells]) => [name, cells]))
    desk.same('nodes', {
      raw: sorted(raw.items.map(keyOf)),
      top: sorted([...rows.keys()].filter(name => rows.get(name)?.[0] !== '<unknown>')),
    })
    for (const { metadata, usage } of raw.items) {
      const memory = rows.get(metadata.name)?.[2]
      desk.holds(
        Math.abs(quantityOf(memory) - quantityOf(usage.memory)) < 64 * 1024 ** 2,
        `top: ${metadata.name} ${memory} | metrics: ${usage.memory}`,
      )
    }
    const pods = (await itemsOf<Pod>(desk, 'pods -A')) ?? []
    const names = new Map(pods.map(pod => [keyOf(pod), pod]))
    for (const line of linesOf((await textOf(desk, 'kubectl top pods -A --no-headers')) ?? '')) {
      const [namespace, name] = line.split(/\s+/)
      desk.holds(names.has(`${namespace}/${name}`), `top: ${line} | get pods has none`)
    }
  },
}

/** Relations about workloads, claims and metrics. */
export const workloadRelations: readonly Relation[] = [
  countsAgree,
  tablesAgree,
  jobsAgree,
  claimsAgree,
  topAgrees,
]
export { isManaged }
