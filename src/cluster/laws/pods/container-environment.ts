import { numberOf } from '../../kube/quantity.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

type Environment = Record<string, string>

/** A container that is to start in its pod's sandbox. */
type Start = { readonly pod: KubeObject; readonly spec: KubeValue; readonly sandbox: Sandbox }

const decoded = (data: Readonly<Record<string, string>>): Environment =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? atob(value) : '',
    ]),
  )

/** What leads to a service, as containers that start after it are told. */
const serviceVariables = ({ metadata, spec }: KubeObject): Environment => {
  const head = metadata.name.toUpperCase().replaceAll('-', '_')
  const ports: readonly KubeValue[] = spec?.ports ?? []
  const [first] = ports
  if (!/^\d/.test(spec?.clusterIP ?? '') || first === undefined) return {}
  const variables: Environment = {
    [`${head}_SERVICE_HOST`]: spec.clusterIP,
    [`${head}_SERVICE_PORT`]: String(first.port),
  }
  const urlOf = ({ protocol = 'TCP', port }: KubeValue): string =>
    `${protocol.toLowerCase()}://${spec.clusterIP}:${port}`
  for (const { name, port } of ports)
    if (name) variables[`${head}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`] = String(port)
  variables[`${head}_PORT`] = urlOf(first)
  for (const each of ports) {
    const { protocol = 'TCP', port } = each
    const prefix = `${head}_PORT_${port}_${protocol}`
    variables[prefix] = urlOf(each)
    variables[`${prefix}_PROTO`] = protocol.toLowerCase()
    variables[`${prefix}_PORT`] = String(port)
    variables[`${prefix}_ADDR`] = spec.clusterIP
  }
  return variables
}

const linksFor = (world: World, { metadata, spec }: KubeObject): Environment => {
  const own = spec?.enableServiceLinks === false ? [] : listObjects(world.kube, 'Service', metadata.namespace)
  const api = getObject(world.kube, { kind: 'Service', namespace: 'default', name: 'kubernetes' })
  return Object.assign(
    {},
    ...own.map(serviceVariables),
    api === undefined
      ? { KUBERNETES_SERVICE_HOST: '', KUBERNETES_SERVICE_PORT: '443' }
      : serviceVariables(api),
  )
}

const fieldOf = ({ pod, sandbox }: Start, path: string): string => {
  const [, map = '', key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? []
  if (map === 'labels' || map === 'annotations') return pod.metadata[map]?.[key] ?? ''
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'spec.serviceAccountName': pod.spec?.serviceAccountName,
    'status.hostIP': pod.status?.hostIP,
    'status.podIP': sandbox.address,
    'status.podIPs': sandbox.address,
  }
  return values[path] ?? ''
}

const amountOf = (world: World, { pod, spec }: Start, { resource, divisor }: KubeValue): string => {
  const [side = '', what = ''] = String(resource).split('.')
  const node = getObject(world.kube, { kind: 'Node', name: pod.spec?.nodeName ?? '' })
  const amount =
    spec.resources?.[side]?.[what] ?? (side === 'limits' ? node?.status?.allocatable?.[what] : '0')
  const by = numberOf(String(divisor ?? '1')) || 1
  return String(Math.ceil(numberOf(String(amount ?? '0')) / by))
}

/** The variables of a container as its kubelet puts them together when it starts it; optional ones that are missing are left out. */
export const containerEnvironment = (world: World, start: Start): Environment => {
  const { pod, spec } = start
  const read = (kind: 'ConfigMap' | 'Secret', name: string): Environment => {
    const object = getObject(world.kube, { kind, namespace: pod.metadata.namespace, name })
    return kind === 'Secret' ? decoded(object?.data ?? {}) : (object?.data ?? {})
  }
  const environment = linksFor(world, pod)
  const sourced = ({ configMapKeyRef: map, secretKeyRef: secret, fieldRef, resourceFieldRef }: KubeValue) => {
    if (map) return read('ConfigMap', map.name)[map.key]
    if (secret) return read('Secret', secret.name)[secret.key]
    return fieldRef ? fieldOf(start, fieldRef.fieldPath) : amountOf(world, start, resourceFieldRef ?? {})
  }
  const expanded = (text: string): string =>
    text.replace(/\$\((\w+)\)/g, (whole, other) => environment[other] ?? whole)
  for (const { configMapRef, secretRef, prefix = '' } of spec.envFrom ?? []) {
    const found = configMapRef ? read('ConfigMap', configMapRef.name) : read('Secret', secretRef?.name ?? '')
    for (const [key, value] of Object.entries(found)) environment[`${prefix}${key}`] = value
  }
  for (const { name, value, valueFrom } of spec.env ?? []) {
    const given: string | undefined = valueFrom ? sourced(valueFrom) : expanded(String(value ?? ''))
    if (given !== undefined) environment[name] = given
  }
  return environment
}
