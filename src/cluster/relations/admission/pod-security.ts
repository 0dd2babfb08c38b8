import { minorOf } from '../../kube/minor-version.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The first minor release that holds pods to the level of their namespace without being told to. */
const HAS_LEVELS = 23

/** The label of a namespace that names the level to which it holds its pods. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce'

type Finding = readonly [what: string, why: string]

const named = (kind: string, names: readonly string[]): string =>
  `${kind}${names.length === 1 ? '' : 's'} ${names.map(name => `"${name}"`).join(', ')}`

type Look = {
  readonly spec: KubeValue
  readonly containers: readonly KubeValue[]
  /** A finding about the containers for which something holds; none where it holds for none. */
  readonly about: (holds: (container: KubeValue) => boolean, what: string, must: string) => readonly Finding[]
}

const lookAt = (spec: KubeValue): Look => {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])]
  return {
    spec,
    containers,
    about: (holds, what, must) => {
      const names = containers.filter(holds).map(({ name }) => name)
      return names.length === 0 ? [] : [[what, must.replace('CONTAINER', named('container', names))]]
    },
  }
}

const usualCapabilities = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
)

const added = ({ securityContext }: KubeValue): readonly string[] => securityContext?.capabilities?.add ?? []

/** What the level `baseline` has against a pod. */
const baseline = ({ spec, containers, about }: Look): readonly Finding[] => {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter(key => spec[key] === true)
  const paths = (spec.volumes ?? []).filter((v: KubeValue) => v.hostPath !== undefined)
  const odd = [...new Set(containers.flatMap(added).filter(name => !usualCapabilities.has(name)))]
  return [
    ...about(
      one => added(one).some(name => odd.includes(name)),
      'non-default capabilities',
      `CONTAINER must not include ${odd.map(name => `"${name}"`).join(', ')} in securityContext.capabilities.add`,
    ),
    ...(shared.length === 0
      ? []
      : [['host namespaces', shared.map(key => `${key}=true`).join(', ')] as const]),
    ...(paths.length === 0
      ? []
      : [
          [
            'hostPath volumes',
            named(
              'volume',
              paths.map((v: KubeValue) => v.name),
            ),
          ] as const,
        ]),
    ...about(
      one => (one.ports ?? []).some((p: KubeValue) => p.hostPort > 0),
      'hostPort',
      `CONTAINER uses hostPort ${containers.flatMap(one => (one.ports ?? []).flatMap((p: KubeValue) => (p.hostPort > 0 ? [p.hostPort] : []))).join(', ')}`,
    ),
    ...about(
      one => one.securityContext?.privileged === true,
      'privileged',
      'CONTAINER must not set securityContext.privileged=true',
    ),
  ]
}

/** What the level `restricted` has against a pod beyond that. */
const restricted = ({ spec, about }: Look): readonly Finding[] => {
  const pod = spec.securityContext ?? {}
  return [
    ...about(
      one => one.securityContext?.allowPrivilegeEscalation !== false,
      'allowPrivilegeEscalation != false',
      'CONTAINER must set securityContext.allowPrivilegeEscalation=false',
    ),
    ...about(
      one => one.securityContext?.capabilities?.drop?.includes('ALL') !== true,
      'unrestricted capabilities',
      'CONTAINER must set securityContext.capabilities.drop=["ALL"]',
    ),
    ...about(
      one => (one.securityContext?.runAsNonRoot ?? pod.runAsNonRoot) !== true,
      'runAsNonRoot != true',
      'pod or CONTAINER must set securityContext.runAsNonRoot=true',
    ),
    ...about(
      one =>
        !/^(RuntimeDefault|Localhost)$/.test(
          (one.securityContext?.seccompProfile ?? pod.seccompProfile)?.type ?? '',
        ),
      'seccompProfile',
      'pod or CONTAINER must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
    ),
  ]
}

const findingsOf = (
  world: World,
  labels: Readonly<Record<string, string>>,
  pod: KubeObject,
): readonly Finding[] => {
  const level = labels[ENFORCE]
  if (minorOf(world) < HAS_LEVELS || (level !== 'baseline' && level !== 'restricted')) return []
  const look = lookAt(pod.spec ?? {})
  return [...baseline(look), ...(level === 'restricted' ? restricted(look) : [])]
}

/** What the API server warns of when a namespace gets a level: the pods that are in it and would not get in, those with the same faults in one line. */
export const levelWarnings = (world: World, { metadata }: KubeObject): string => {
  const { name, labels = {} } = metadata
  const pods = new Map<string, string[]>()
  for (const pod of listObjects(world.kube, 'Pod', name).toSorted((a, b) =>
    a.metadata.name < b.metadata.name ? -1 : 1,
  )) {
    const faults = findingsOf(world, labels, pod)
      .map(([what]) => what)
      .join(', ')
    if (faults !== '') pods.set(faults, [...(pods.get(faults) ?? []), pod.metadata.name])
  }
  if (pods.size === 0) return ''
  const lines = [...pods].map(([faults, [first, ...others]]) => {
    const more =
      others.length === 0 ? '' : ` (and ${others.length} other pod${others.length === 1 ? '' : 's'})`
    return `Warning: ${first}${more}: ${faults}\n`
  })
  return `Warning: existing pods in namespace "${name}" violate the new PodSecurity enforce level "${labels[ENFORCE]}:${labels[`${ENFORCE}-version`] ?? 'latest'}"\n${lines.join('')}`
}

/** Why a pod does not get into a namespace that enforces a level of security; `undefined` where it does. */
export const securityProblem = (world: World, pod: KubeObject): string | undefined => {
  const { namespace = '' } = pod.metadata
  const labels = getObject(world.kube, { kind: 'Namespace', name: namespace })?.metadata.labels ?? {}
  const found = findingsOf(world, labels, pod)
  if (found.length === 0) return undefined
  const level = labels[ENFORCE]
  const version = labels[`${ENFORCE}-version`] ?? 'latest'
  return `violates PodSecurity "${level}:${version}": ${found.map(([what, why]) => `${what} (${why})`).join(', ')}`
}
