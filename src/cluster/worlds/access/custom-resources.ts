import type { NewObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import type { WorldName } from '../../world/world.ts'
import { type CustomGroup, customGroups } from './custom-kinds.ts'

/** The plural of a kind as its definition has it. */
const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`
  return /(s|x|ch)$/.test(lower) ? `${lower}es` : `${lower}s`
}

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
