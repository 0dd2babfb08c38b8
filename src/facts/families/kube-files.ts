import { combine, type Located, listFact, nothing, singleFact } from '../parsed.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { at, isObject, lineOf, textAt } from './json-value.ts'
import { readKubeconfig, readKubeletConfig } from './kube-config.ts'
import { kubeFacts } from './kube-rows.ts'
import { kubectlObject, readKubeObjects } from './kubectl-object.ts'
import { shows } from './shown-files.ts'
import { readStaticPod } from './static-pod.ts'
import { readPart, type YamlPart, yamlComplaint, yamlParts } from './yaml-parts.ts'

type Document = YamlPart & { readonly value: unknown }

const isKind =
  (kind: string) =>
  (document: Document): boolean =>
    textAt(document.value, 'kind') === kind

// A Pod without a status (kubeadm writes an empty one) is one that is asked for, not one that is.
const isManifest = (document: Document): boolean =>
  isKind('Pod')(document) && Object.keys(at(document.value, 'status') ?? {}).length === 0

const rowOf = (document: Document): Located<FactValue> => ({
  line: document.line + lineOf(document.text, ' name: ') - 1,
  value: readStaticPod(document.value),
})

const kubeletFact = (documents: readonly Document[], asked: string): Parsed => {
  const document =
    documents.find(isKind('KubeletConfiguration')) ??
    documents.find(({ value }) => asked === 'kubelet' && isObject(value))
  if (document === undefined) return nothing
  const value = readKubeletConfig(document.value)
  return isObject(value) && Object.keys(value).length > 0
    ? singleFact('kubeletConfig', { line: document.line, value })
    : nothing
}

const kubeconfigFact = (documents: readonly Document[]): Parsed => {
  const document = documents.find(isKind('Config'))
  return document === undefined
    ? nothing
    : singleFact('kubeconfig', { line: document.line, value: readKubeconfig(document.value) })
}

const kubeletPath = /\/kubelet\/config(?:\.yaml)?$|kubelet-config\.yaml$/

const isRead = (document: Document): boolean =>
  isManifest(document) || isKind('KubeletConfiguration')(document) || isKind('Config')(document)

const otherObjects = (documents: readonly Document[]): Parsed => {
  const rows = documents
    .filter(document => document.value !== undefined && !isRead(document))
    .flatMap(document =>
      readKubeObjects(document.text).map(row => ({ ...row, line: document.line + row.line - 1 })),
    )
  return rows.length === 0 ? nothing : kubeFacts(rows)
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const parts = yamlParts(stdout)
  const documents = parts.map(part => ({ ...part, value: readPart(part) }))
  const manifests = documents.filter(isManifest)
  const read = combine([
    manifests.length === 0 ? nothing : listFact('staticPods', manifests.map(rowOf)),
    kubeletFact(documents, shows(argv, kubeletPath) ? 'kubelet' : 'other'),
    kubeconfigFact(documents),
    otherObjects(documents),
  ])
  return combine([read, yamlComplaint(documents.filter(({ value }) => value === undefined))])
}

/**
 * Files of a cluster in YAML: static Pod manifests, the kubelet's configuration, kubeconfigs, manifests of other objects; several
 * shown one after another too. One that does not parse is complained of, with the line.
 */
export const kubeFiles: Parser = {
  name: 'kube-files',
  gives: [...new Set(['staticPods', 'kubeletConfig', 'kubeconfig', ...kubectlObject.gives])],
  recognises: argv =>
    shows(
      argv,
      /\/kubernetes\/manifests\/|\/pod-manifests\/|kubelet\/config\.yaml$|\/kubernetes\/[\w-]+\.conf$|\.kube\/config$|\.kubeconfig$|k3s\.yaml$/,
    ),
  recognisesText: text => /^apiVersion: \S/m.test(text) && /^kind: \S/m.test(text),
  parse,
}
