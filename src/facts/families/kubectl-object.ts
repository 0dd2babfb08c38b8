import { combine, complain, nothing } from '../parsed.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { bareDocument } from './bare-document.ts'
import { readCorefile } from './corefile.ts'
import { at, isObject, listAt, parseJson, parseYaml, textAt } from './json-value.ts'
import { kindNamed } from './kube-kinds.ts'
import { readNodeObject } from './kube-node-object.ts'
import { objectFacts, readOtherObject } from './kube-objects.ts'
import { readPodObject } from './kube-pod-object.ts'
import { kubeRefusal } from './kube-refusal.ts'
import { type KubeRow, kubeFacts } from './kube-rows.ts'
import { type KubectlCommand, kubectlCommand, requestedKinds, requestedName } from './kubectl-command.ts'

const objectsIn = (document: unknown): readonly unknown[] => {
  if (!isObject(document) || textAt(document, 'kind') === undefined) return []
  const kind = textAt(document, 'kind') ?? ''
  if (!Array.isArray(at(document, 'items'))) return [document]
  const itemKind = kind === 'List' ? {} : { kind: kind.replace(/List$/, '') }
  return listAt(document, 'items').map(item => (isObject(item) ? { ...itemKind, ...item } : item))
}

const readObject = (object: unknown): Omit<KubeRow, 'line'> => {
  const kind = textAt(object, 'kind')
  if (kind === 'Pod') return { fact: 'pods', value: readPodObject(object) }
  return kind === 'Node' ? { fact: 'nodes', value: readNodeObject(object) } : readOtherObject(object)
}

// The name of an object, found again in the text, tells its line; objects stand there in the same order.
const locate = (text: string, objects: readonly unknown[]): readonly number[] => {
  let offset = 0
  let line = 1
  return objects.map(object => {
    const name = textAt(object, 'metadata', 'name')
    if (name === undefined) return line
    const found = [`"name": "${name}"`, `"name":"${name}"`, ` name: ${name}\n`]
      .map(phrase => text.indexOf(phrase, offset))
      .filter(index => index >= 0)
    if (found.length === 0) return line
    const next = Math.min(...found)
    line += text.slice(offset, next).split('\n').length - 1
    offset = next
    return line
  })
}

/** Objects of a text in YAML or JSON, lists and several documents included, as rows with their lines. */
export const readKubeObjects = (text: string): readonly KubeRow[] => {
  const objects = text.includes('kind') ? parseYaml(text).flatMap(objectsIn) : []
  const lines = locate(text, objects)
  return objects.map((object, index) => ({ ...readObject(object), line: lines[index] ?? 1 }))
}

const apiKinds: Readonly<Record<string, string>> = {
  pods: 'Pod',
  nodes: 'Node',
  services: 'Service',
  endpoints: 'Endpoints',
  deployments: 'Deployment',
  daemonSets: 'DaemonSet',
  statefulSets: 'StatefulSet',
  claims: 'PersistentVolumeClaim',
  volumes: 'PersistentVolume',
  configMaps: 'ConfigMap',
}

const nested = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)

// `-o jsonpath={.status.podIP}` prints one member of one object: put back where it came from, it is read like the whole.
const memberRows = (command: KubectlCommand, text: string): readonly KubeRow[] => {
  const path = /^jsonpath=\{?\.?((?:\w+\.)*\w+)\}?$/.exec(command.output ?? '')?.[1]?.split('.')
  const fact = kindNamed(requestedKinds(command)[0] ?? '')?.fact ?? ''
  const name = requestedName(command)
  const kind = apiKinds[fact]
  if (path === undefined || name === undefined || kind === undefined) return []
  const value = parseJson(text) ?? text.trim()
  const namespace = fact === 'nodes' ? undefined : command.namespace
  const object = nested(path, value) as Readonly<Record<string, unknown>>
  return [{ ...readObject({ ...object, kind, metadata: { name, namespace } }), line: 1 }]
}

const askedFacts = (command: KubectlCommand): readonly string[] =>
  requestedKinds(command).flatMap(kind => kindNamed(kind)?.fact ?? [])

// A ConfigMap may carry a Corefile, which is then read too.
const corefiles = (rows: readonly KubeRow[]): readonly Parsed[] =>
  rows
    .map(row => textAt(row.value, 'data', 'Corefile'))
    .flatMap(text => (text === undefined ? [] : [{ ...readCorefile(text), lines: new Map() }]))

const parse = (input: ParserInput): Parsed => {
  const command = kubectlCommand(input.argv)
  if (input.stdout.trim() === '') return kubeRefusal(input)
  if (command?.output?.startsWith('jsonpath')) {
    const rows = memberRows(command, input.stdout)
    return rows.length === 0
      ? complain('E_FACTS_NOT_UNDERSTOOD', 'Which object these values belong to cannot be told')
      : kubeFacts(rows)
  }
  const rows = readKubeObjects(bareDocument(input.stdout))
  const none = rows.length === 0 && /^[ \t]*"?items"?: \[\]/m.test(input.stdout)
  const asked = none && command !== undefined ? askedFacts(command) : []
  return combine([
    rows.length + asked.length === 0 ? nothing : kubeFacts(rows, asked),
    ...corefiles(rows),
    kubeRefusal(input),
  ])
}

/** Kubernetes objects in full: `kubectl get -o json|yaml`, and one member of an object with `-o jsonpath={.path}`. */
export const kubectlObject: Parser = {
  name: 'kubectl-object',
  gives: [...new Set(['pods', 'nodes', 'resources', 'dnsZones', ...objectFacts])],
  recognises: argv => {
    const command = kubectlCommand(argv)
    return command?.verb === 'get' && /^(?:json|yaml)/.test(command.output ?? '')
  },
  recognisesText: text =>
    /^\s*\{[\s\S]{0,4000}"apiVersion"[\s\S]*"kind"/.test(text.slice(0, 100_000)) &&
    /"(?:status|items)"/.test(text),
  parse,
}
