import { numberOf } from '../../kube/quantity.ts'
import type { KubeValue } from '../../world/kube-object.ts'

type Place = { readonly at: string; readonly policies: readonly string[] }

const quoted = (words: readonly string[]): string => words.map(word => `"${word}"`).join(', ')

const portRange = (port: KubeValue): boolean =>
  typeof port !== 'number' || (Number.isInteger(port) && port > 0 && port < 65_536)

const resourceProblems = (at: string, { limits, requests }: KubeValue): readonly string[] =>
  Object.entries(requests ?? {}).flatMap(([name, amount]) => {
    const limit = limits?.[name]
    return limit === undefined || numberOf(String(amount)) <= numberOf(String(limit))
      ? []
      : [
          `${at}.resources.requests: Invalid value: "${amount}": must be less than or equal to ${name} limit of ${limit}`,
        ]
  })

const pullPolicies = ['Always', 'IfNotPresent', 'Never']

const containerProblems = (
  at: string,
  container: KubeValue,
  volumes: ReadonlySet<string>,
): readonly string[] => [
  ...(container.name ? [] : [`${at}.name: Required value`]),
  ...(container.image ? [] : [`${at}.image: Required value`]),
  ...(container.imagePullPolicy === undefined || pullPolicies.includes(container.imagePullPolicy)
    ? []
    : [
        `${at}.imagePullPolicy: Unsupported value: "${container.imagePullPolicy}": supported values: ${quoted(pullPolicies)}`,
      ]),
  ...(container.ports ?? []).flatMap((port: KubeValue, index: number) =>
    portRange(port.containerPort)
      ? []
      : [
          `${at}.ports[${index}].containerPort: Invalid value: ${port.containerPort}: must be between 1 and 65535, inclusive`,
        ],
  ),
  ...(container.volumeMounts ?? []).flatMap((mount: KubeValue, index: number) =>
    volumes.has(mount.name) ? [] : [`${at}.volumeMounts[${index}].name: Not found: "${mount.name}"`],
  ),
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(kind =>
    probeProblems(`${at}.${kind}`, container[kind], kind === 'readinessProbe'),
  ),
  ...resourceProblems(at, container.resources ?? {}),
]

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc']

const probeProblems = (at: string, probe: KubeValue, isReadiness: boolean): readonly string[] => {
  if (probe == null) return []
  const given = handlers.filter(handler => probe[handler] != null)
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port
  return [
    ...(given.length === 0 ? [`${at}: Required value: must specify a handler type`] : []),
    ...(given.length > 1 ? [`${at}.${given[1]}: Forbidden: may not specify more than 1 handler type`] : []),
    ...(portRange(port ?? 1)
      ? []
      : [`${at}.${given[0]}.port: Invalid value: ${port}: must be between 1 and 65535, inclusive`]),
    ...[
      'initialDelaySeconds',
      'timeoutSeconds',
      'periodSeconds',
      'successThreshold',
      'failureThreshold',
    ].flatMap(field =>
      probe[field] < 0
        ? [`${at}.${field}: Invalid value: ${probe[field]}: must be greater than or equal to 0`]
        : [],
    ),
    ...(isReadiness || (probe.successThreshold ?? 1) === 1
      ? []
      : [`${at}.successThreshold: Invalid value: ${probe.successThreshold}: must be 1`]),
  ]
}

/** Names that stand twice in a list, or in it and in another. */
const duplicates = (
  at: string,
  list: readonly KubeValue[],
  others: readonly KubeValue[] = [],
): readonly string[] =>
  list.flatMap(({ name }, index) =>
    name !== undefined && [...others, ...list.slice(0, index)].some(other => other.name === name)
      ? [`${at}[${index}].name: Duplicate value: "${name}"`]
      : [],
  )

/** What is wrong in the specification of a pod, by field; `policies` are the restart policies that it may have. */
export const podProblems = (spec: KubeValue, { at, policies }: Place): readonly string[] => {
  const containers: readonly KubeValue[] = spec?.containers ?? []
  if (containers.length === 0) return [`${at}.containers: Required value`]
  const volumes = new Set<string>((spec.volumes ?? []).map(({ name }: KubeValue) => name))
  const policy = spec.restartPolicy
  const inits: readonly KubeValue[] = spec.initContainers ?? []
  return [
    ...duplicates(`${at}.volumes`, spec.volumes ?? []),
    ...containers.flatMap((one, index) => containerProblems(`${at}.containers[${index}]`, one, volumes)),
    ...duplicates(`${at}.containers`, containers),
    ...inits.flatMap((one, index) => containerProblems(`${at}.initContainers[${index}]`, one, volumes)),
    ...duplicates(`${at}.initContainers`, inits, containers),
    ...(policy === undefined || policies.includes(policy)
      ? []
      : [`${at}.restartPolicy: Unsupported value: "${policy}": supported values: ${quoted(policies)}`]),
  ]
}
