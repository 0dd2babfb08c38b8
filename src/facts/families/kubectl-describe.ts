import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { readDescribedEvents } from './kube-described-events.ts'
import { readDescribedNode } from './kube-described-node.ts'
import { type DescribedRow, describedReaders } from './kube-described-others.ts'
import { readDescribedPod } from './kube-described-pod.ts'
import { type Description, descriptionsIn, sectionOf, titled } from './kube-description.ts'
import { kindNamed } from './kube-kinds.ts'
import { kubeRefusal } from './kube-refusal.ts'
import { type KubeRow, kubeFacts } from './kube-rows.ts'
import { type KubectlCommand, kubectlCommand, requestedKinds, requestedName } from './kubectl-command.ts'

const has = (description: Description, ...titles: readonly string[]): boolean =>
  titles.every(title => sectionOf(description, title) !== undefined)

// What only one kind of object has; a fragment may show it without the rest.
const factBySections = (description: Description): string | undefined => {
  if (has(description, 'Unschedulable') || has(description, 'Allocated resources')) return 'nodes'
  if (has(description, 'Containers') && has(description, 'Node')) return 'pods'
  if (has(description, 'Session Affinity') || has(description, 'Endpoints', 'Type')) return 'services'
  return has(description, 'Replicas', 'StrategyType') ? 'deployments' : undefined
}

const factOf = (description: Description, command: KubectlCommand | undefined): string | undefined =>
  (command === undefined ? undefined : kindNamed(requestedKinds(command)[0] ?? '')?.fact) ??
  factBySections(description)

const describedRows = (description: Description, fact: string | undefined): readonly DescribedRow[] => {
  if (fact === 'nodes') return [{ fact, value: readDescribedNode(description) }]
  if (fact === 'pods') return [{ fact, value: readDescribedPod(description) }]
  return describedReaders[fact ?? '']?.(description) ?? []
}

// Of other kinds a description says at least that the object is there.
const otherRow = (description: Description, command: KubectlCommand | undefined): readonly DescribedRow[] => {
  const kind = command === undefined ? undefined : requestedKinds(command)[0]
  if (kind === undefined || description.name === undefined || factOf(description, command) !== undefined)
    return []
  const value = record({ kind, namespace: titled(description, 'Namespace'), name: description.name })
  return [{ fact: 'resources', value }]
}

const isEmpty = (value: FactValue): boolean =>
  typeof value === 'object' && Object.keys(value ?? {}).length < 2

const words: Readonly<Record<string, string>> = {
  claims: 'persistentvolumeclaim',
  volumes: 'persistentvolume',
}

const objectOf = (
  description: Description,
  fact: string | undefined,
  command: KubectlCommand | undefined,
): string | undefined => {
  const name = description.name ?? (command === undefined ? undefined : requestedName(command))
  if (name === undefined || fact === undefined) return undefined
  return `${words[fact] ?? fact.toLowerCase().replace(/s$/, '')}/${name}`
}

const eventsOf = (
  description: Description,
  command: KubectlCommand | undefined,
): readonly Located<FactValue>[] => {
  const fact = factOf(description, command)
  const namespace = titled(description, 'Namespace') ?? (fact === 'nodes' ? undefined : command?.namespace)
  const body = sectionOf(description, 'Events')?.body ?? []
  return readDescribedEvents(body, objectOf(description, fact, command)).map(row =>
    namespace === undefined ? row : { ...row, value: { namespace, ...(row.value as object) } },
  )
}

const fragment = (command: KubectlCommand | undefined, lines: readonly TextLine[]) => {
  const fact = command === undefined ? undefined : kindNamed(requestedKinds(command)[0] ?? '')?.fact
  const nameless = { name: undefined, line: 1, sections: [] }
  return readDescribedEvents(lines, objectOf(nameless, fact, command))
}

// A fragment without its beginning is about the object that the command names.
const named = (
  descriptions: readonly Description[],
  command: KubectlCommand | undefined,
): readonly Description[] => {
  const [first] = descriptions
  const name = command === undefined ? undefined : requestedName(command)
  return first !== undefined && descriptions.length === 1 && first.name === undefined
    ? [{ ...first, name }]
    : descriptions
}

const parse = (input: ParserInput): Parsed => {
  const command = kubectlCommand(input.argv)
  const lines = linesOf(input.stdout)
  const descriptions = named(descriptionsIn(lines), command)
  const rows: readonly KubeRow[] = descriptions.flatMap(description =>
    [...describedRows(description, factOf(description, command)), ...otherRow(description, command)]
      .filter(row => !isEmpty(row.value))
      .map(row => ({ ...row, line: description.line })),
  )
  const told = descriptions.flatMap(description => eventsOf(description, command))
  const events = told.length > 0 ? told : fragment(command, lines)
  const saysNoEvents = descriptions.some(description => sectionOf(description, 'Events')?.value === '<none>')
  return combine([
    rows.length === 0 ? nothing : kubeFacts(rows),
    events.length > 0 || saysNoEvents ? listFact('events', events) : nothing,
    kubeRefusal(input),
  ])
}

/**
 * Objects as `kubectl describe` tells them: nodes, pods, services, claims, volumes, deployments, daemon sets, and the events below any
 * object; several objects at once and fragments that grep left.
 */
export const kubectlDescribe: Parser = {
  name: 'kubectl-describe',
  gives: [
    'nodes',
    'pods',
    'services',
    'endpoints',
    'claims',
    'volumes',
    'deployments',
    'daemonSets',
    'events',
    'resources',
  ],
  recognises: argv => kubectlCommand(argv)?.verb === 'describe',
  recognisesText: text =>
    (/^Name: +\S/m.test(text) && /^(?:Labels|Annotations|Events|Conditions|Containers):/m.test(text)) ||
    /^Events:\s*\n\s+(?:Type\s+Reason|FirstSeen)\s/m.test(text) ||
    /^Conditions:\s*\n\s+Type\s+Status\s/m.test(text),
  parse,
}
