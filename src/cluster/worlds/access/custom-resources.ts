import type { NewObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { WorldName } from '../../world/world.ts'
import { type CustomGroup, customGroups } from './custom-kinds.ts'

/** The plural of a kind as its definition has it. */
const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`
  return /(s|x|ch)$/.test(lower) ? `${lower}es` : `${lower}s`
}

/** The columns that definitions ask for: heads with their paths. */
const columns: Readonly<Record<string, string>> = {
  'Addon.k3s.cattle.io': 'Source=.spec.source Checksum=.spec.checksum',
  'HelmChart.helm.cattle.io':
    'Job=.status.jobName Chart=.spec.chart TargetNamespace=.spec.targetNamespace Version=.spec.version Repo=.spec.repo HelmVersion=.spec.helmVersion Bootstrap=.spec.bootstrap',
  'Issuer.cert-manager.io':
    'Ready=.status.conditions[?(@.type=="Ready")].status Age=.metadata.creationTimestamp',
  'Certificate.cert-manager.io':
    'Ready=.status.conditions[?(@.type=="Ready")].status Secret=.spec.secretName Age=.metadata.creationTimestamp',
}

const columnsIn = (text: string): readonly KubeValue[] =>
  text.split(' ').map(column => {
    const [name = '', jsonPath = ''] = column.split(/=(.*)/s)
    return { jsonPath, name, type: jsonPath.endsWith('Timestamp') ? 'date' : 'string' }
  })

const definition = (
  { group, version }: CustomGroup,
  { kind, scope, createdMs }: { readonly kind: string; readonly scope: string; readonly createdMs: number },
): NewObject => {
  const names = {
    kind,
    listKind: `${kind}List`,
    plural: pluralOf(kind),
    singular: kind.toLowerCase(),
  }
  const lastTransitionTime = isoOf(createdMs)
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      conversion: { strategy: 'None' },
      group,
      names,
      scope,
      versions: [
        {
          name: version,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          served: true,
          storage: true,
          ...(columns[`${kind}.${group}`] === undefined
            ? {}
            : { additionalPrinterColumns: columnsIn(columns[`${kind}.${group}`] ?? '') }),
        },
      ],
    },
    status: {
      acceptedNames: names,
      conditions: [
        {
          lastTransitionTime,
          message: 'no conflicts found',
          reason: 'NoConflicts',
          status: 'True',
          type: 'NamesAccepted',
        },
        {
          lastTransitionTime,
          message: 'the initial names have been accepted',
          reason: 'InitialNamesAccepted',
          status: 'True',
          type: 'Established',
        },
      ],
      storedVersions: [version],
    },
  }
}

/** The definitions of the kinds that a platform brings along. */
export const customDefinitions = (platform: WorldName, createdMs: number): readonly NewObject[] =>
  customGroups[platform].flatMap(group => {
    const make = (scope: string, list = '') =>
      list
        .split(' ')
        .filter(kind => kind !== '')
        .map(kind => definition(group, { kind, scope, createdMs }))
    return [...make('Cluster', group.cluster), ...make('Namespaced', group.spaced)]
  })
