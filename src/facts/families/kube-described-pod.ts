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

const indentOf = (text: string): number => text.length - text.trimStart().length

/** Lines below the one that begins with a key, as far as they are indented deeper. */
const below = (lines: readonly TextLine[], key: string): readonly TextLine[] => {
  const start = lines.findIndex(line => line.text.trim().startsWith(`${key}:`))
  const head = lines[start]
  if (head === undefined) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => indentOf(line.text) <= indentOf(head.text))
  return end < 0 ? rest : rest.slice(0, end)
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const containerOf = (name: string, lines: readonly TextLine[]): FactValue => {
  const state = below(lines, 'State')
  const last = below(lines, 'Last State')
  const ready = detailOf(lines, 'Ready')
  return record({
    name,
    image: detailOf(lines, 'Image'),
    state: detailOf(lines, 'State')?.toLowerCase(),
    reason: detailOf(state, 'Reason'),
    message: detailOf(state, 'Message'),
    exitCode: numberOf(detailOf(state, 'Exit Code')),
    ready: ready === undefined ? undefined : ready === 'True',
    restarts: numberOf(detailOf(lines, 'Restart Count')),
    startedAt: instantOf(detailOf(state, 'Started')),
    lastState: detailOf(lines, 'Last State')?.toLowerCase(),
    lastReason: detailOf(last, 'Reason'),
    lastExitCode: numberOf(detailOf(last, 'Exit Code')),
    lastFinishedAt: instantOf(detailOf(last, 'Finished')),
  })
}

const containersIn = (lines: readonly TextLine[]): readonly FactValue[] => {
  const starts = lines.flatMap((line, index) => (/^ {2}\S+:$/.test(line.text) ? [index] : []))
  return starts.map((start, index) => {
    const name = (lines[start]?.text ?? '').trim().slice(0, -1)
    return containerOf(name, lines.slice(start + 1, starts[index + 1]))
  })
}

const initContainers = (description: Description): readonly FactValue[] =>
  containersIn(sectionOf(description, 'Init Containers')?.body ?? []).map(container => ({
    ...(container as Readonly<Record<string, FactValue>>),
    init: true,
  }))

const conditionsOf = (description: Description): readonly FactValue[] | undefined => {
  const conditions = (sectionOf(description, 'Conditions')?.body ?? []).flatMap(({ text }) => {
    const match = /^\s+(\S+)\s+(True|False|Unknown)\s*$/.exec(text)
    return match === null ? [] : [{ kind: match[1] ?? '', status: match[2] ?? '' }]
  })
  return conditions.length === 0 ? undefined : conditions
}

type Container = {
  readonly state?: FactValue
  readonly reason?: FactValue
  readonly ready?: FactValue
  readonly restarts?: FactValue
}

const countsOf = (containers: readonly Container[]) =>
  containers.length === 0
    ? {}
    : {
        ready: containers.filter(container => container.ready === true).length,
        total: containers.length,
        restarts: containers.reduce((sum, container) => sum + Number(container.restarts ?? 0), 0),
      }

// `Terminating (lasts 5m)` stands in place of the phase.
const phaseOf = (description: Description): string | undefined => {
  const status = titled(description, 'Status')
  return status?.startsWith('Terminating') ? undefined : status
}

// A listing shows why a container waits or ended instead of the phase.
const statusOf = (description: Description, containers: readonly Container[]): FactValue | undefined => {
  const phase = phaseOf(description)
  if (titled(description, 'Status')?.startsWith('Terminating')) return 'Terminating'
  const reason = containers.find(container => container.state !== 'running' && container.reason !== undefined)
  return titled(description, 'Reason') ?? reason?.reason ?? phase
}

/** A description of a pod as the row that a listing has for it, with its conditions and containers. */
export const readDescribedPod = (description: Description): FactValue => {
  const main = containersIn(sectionOf(description, 'Containers')?.body ?? [])
  const containers = [...initContainers(description), ...main]
  return record({
    namespace: titled(description, 'Namespace'),
    name: description.name,
    ...countsOf(main as readonly Container[]),
    status: statusOf(description, main as readonly Container[]),
    phase: phaseOf(description),
    reason: titled(description, 'Reason'),
    message: titled(description, 'Message'),
    ip: titled(description, 'IP'),
    node: titled(description, 'Node')?.split('/')[0],
    owner: titled(description, 'Controlled By'),
    qosClass: titled(description, 'QoS Class'),
    startedAt: instantOf(titled(description, 'Start Time')),
    labels: labelsIn(itemsOf(description, 'Labels')),
    nodeSelector: labelsIn(itemsOf(description, 'Node-Selectors')),
    conditions: conditionsOf(description),
    containers: containers.length === 0 ? undefined : containers,
  })
}
