import { getObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { mapRows, rowsText } from './describe-parts.ts'

const backendText = (world: World, ingress: KubeObject, { service }: KubeValue): string => {
  const { namespace } = ingress.metadata
  const title = `${service?.name}:${service?.port?.number ?? service?.port?.name}`
  const found = getObject(world.kube, { kind: 'Service', namespace, name: service?.name })
  const endpoints = getObject(world.kube, { kind: 'Endpoints', namespace, name: service?.name })
  if (found === undefined || endpoints === undefined)
    return `${title} (<error: endpoints "${service?.name}" not found>)`
  const wanted = found.spec?.ports?.find(
    (port: KubeValue) => port.port === service.port?.number || port.name === service.port?.name,
  )
  const addresses = ((endpoints.subsets ?? []) as readonly KubeValue[]).flatMap(subset =>
    (subset.ports ?? [])
      .filter((port: KubeValue) => (port.name ?? '') === (wanted?.name ?? ''))
      .flatMap((port: KubeValue) =>
        (subset.addresses ?? []).map((address: KubeValue) => `${address.ip}:${port.port}`),
      ),
  )
  return `${title} (${addresses.join(',')})`
}

const ruleText = (world: World, ingress: KubeObject, { host, http }: KubeValue): string =>
  `  ${host ?? '*'}\t\n${(http?.paths ?? [])
    .map((one: KubeValue) => `    \t${one.path ?? ''} \t${backendText(world, ingress, one.backend)}\n`)
    .join('')}`

/** An ingress as `kubectl describe` has it, without its events. */
export const describeIngress = (world: World, ingress: KubeObject): string => {
  const { metadata, spec, status } = ingress
  const addresses = ((status?.loadBalancer?.ingress ?? []) as readonly KubeValue[]).map(one => one.ip)
  const head = rowsText([
    ['Name', metadata.name],
    ...mapRows('Labels', metadata.labels),
    ['Namespace', metadata.namespace ?? ''],
    ['Address', addresses.join(',')],
    ['Ingress Class', spec?.ingressClassName ?? '<none>'],
    [
      'Default backend',
      spec?.defaultBackend === undefined ? '<default>' : backendText(world, ingress, spec.defaultBackend),
    ],
  ])
  const secured = ((spec?.tls ?? []) as readonly KubeValue[])
    .map(one => `  ${one.secretName ?? 'SNI routes'} terminates ${(one.hosts ?? []).join(',')}\n`)
    .join('')
  const rules = ((spec?.rules ?? []) as readonly KubeValue[])
    .map(rule => ruleText(world, ingress, rule))
    .join('')
  return [
    head,
    secured === '' ? '' : `TLS:\n${secured}`,
    `Rules:\n  Host\tPath\tBackends\n  ----\t----\t--------\n${rules}`,
    rowsText(mapRows('Annotations', metadata.annotations, ': ')),
  ].join('')
}
