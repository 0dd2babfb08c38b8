import { record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue } from '../types.ts'
import {
  type Description,
  detailOf,
  instantOf,
  itemsOf,
  labelsIn,
  sectionOf,
  titled,
} from './kube-description.ts'
import { amountsOf } from './kube-object-parts.ts'

const date = String.raw`\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}`
const conditionPattern = new RegExp(
  String.raw`^\s+(\w+)\s+(True|False|Unknown)\s+(${date})\s+(?:(${date})\s+)?(\S+)\s+(.*)$`,
)

const conditionsOf = (lines: readonly TextLine[]): readonly FactValue[] =>
  lines.flatMap(({ text }) => {
    const match = conditionPattern.exec(text)
    if (match === null) return []
    const [, kind, status, heartbeat, changed, reason, message = ''] = match
    return record({
      kind,
      status,
      reason,
      message: message.trim(),
      changedAt: instantOf(changed),
      heartbeatAt: instantOf(heartbeat),
    })
  })

const taintsOf = (description: Description): readonly FactValue[] =>
  itemsOf(description, 'Taints').flatMap(item => {
    const match = /^([^=:\s]+)(?:=([^:]*))?:(\w+)$/.exec(item)
    return match === null ? [] : [record({ key: match[1], value: match[2] || undefined, effect: match[3] })]
  })

const amountsIn = (description: Description, title: string): FactValue | undefined => {
  const section = sectionOf(description, title)
  if (section === undefined) return undefined
  return amountsOf(
    Object.fromEntries(
      section.body.flatMap(({ text }) => {
        const match = /^\s+([\w./-]+):\s+(\S+)$/.exec(text)
        return match === null ? [] : [[match[1], match[2]]]
      }),
    ),
  )
}

// `  memory   15870Mi (101%)   31210Mi (199%)` below "Allocated resources".
const sharesOf = (description: Description) => {
  const rows = sectionOf(description, 'Allocated resources')?.body.flatMap(({ text }) => {
    const match = /^\s+([a-z][\w./-]*)\s+\S+ \((\d+)%\)\s+\S+ \((\d+)%\)/.exec(text)
    return match === null ? [] : [[match[1] ?? '', Number(match[2]), Number(match[3])] as const]
  })
  if (rows === undefined || rows.length === 0) return {}
  return {
    requestedPercent: Object.fromEntries(rows.map(([name, requested]) => [name, requested])),
    limitPercent: Object.fromEntries(rows.map(([name, , limit]) => [name, limit])),
  }
}

const rolePrefix = 'node-role.kubernetes.io/'

const rolesOf = (description: Description): readonly string[] | undefined => {
  if (sectionOf(description, 'Roles') === undefined) return undefined
  const roles = titled(description, 'Roles')?.split(',') ?? []
  const labelled = Object.keys(labelsIn(itemsOf(description, 'Labels')) ?? {})
    .filter(label => label.startsWith(rolePrefix))
    .map(label => label.slice(rolePrefix.length))
  return [...new Set([...roles, ...labelled])]
}

const statusOf = (ready: string | undefined, cordoned: boolean): string | undefined =>
  ready === undefined
    ? undefined
    : `${ready === 'True' ? 'Ready' : 'NotReady'}${cordoned ? ',SchedulingDisabled' : ''}`

/** A description of a node as the row that a listing has for it, with conditions, taints and amounts. */
export const readDescribedNode = (description: Description): FactValue => {
  const conditions = conditionsOf(sectionOf(description, 'Conditions')?.body ?? [])
  const readiness = conditions.find(condition => (condition as { kind?: FactValue }).kind === 'Ready')
  const ready = readiness === undefined ? undefined : String((readiness as { status?: FactValue }).status)
  const unschedulable = titled(description, 'Unschedulable')
  const addresses = sectionOf(description, 'Addresses')?.body ?? []
  const system = sectionOf(description, 'System Info')?.body ?? []
  return record({
    name: description.name,
    status: statusOf(ready, unschedulable === 'true'),
    ready: ready === undefined ? undefined : ready === 'True',
    schedulable: unschedulable === undefined ? undefined : unschedulable === 'false',
    roles: rolesOf(description),
    createdAt: instantOf(titled(description, 'CreationTimestamp')),
    labels: labelsIn(itemsOf(description, 'Labels')),
    taints: sectionOf(description, 'Taints') === undefined ? undefined : taintsOf(description),
    conditions: conditions.length === 0 ? undefined : conditions,
    internalIP: detailOf(addresses, 'InternalIP'),
    externalIP: detailOf(addresses, 'ExternalIP'),
    podCIDR: titled(description, 'PodCIDR'),
    version: detailOf(system, 'Kubelet Version'),
    osImage: detailOf(system, 'OS Image'),
    kernel: detailOf(system, 'Kernel Version'),
    runtime: detailOf(system, 'Container Runtime Version'),
    capacity: amountsIn(description, 'Capacity'),
    allocatable: amountsIn(description, 'Allocatable'),
    ...sharesOf(description),
  })
}
