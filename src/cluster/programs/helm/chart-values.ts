import type { KubeValue } from '../../world/kube-object.ts'

const isMap = (value: KubeValue): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Values with others laid over them, map by map. */
export const mergeValues = (below: KubeValue, above: KubeValue): KubeValue => {
  const out = { ...below }
  for (const [name, value] of Object.entries(above) as [string, KubeValue][])
    out[name] = isMap(value) && isMap(out[name]) ? mergeValues(out[name], value) : value
  return out
}

const typed = (text: string): KubeValue =>
  text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text

/** The values of `--set a.b=c,d=e`. */
export const readSet = (text: string): KubeValue =>
  text.split(/(?<!\\),/).reduce<KubeValue>((all, pair) => {
    const at = pair.indexOf('=')
    const keys = pair.slice(0, at).split('.')
    const value = keys.reduceRight<KubeValue>((inner, key) => ({ [key]: inner }), typed(pair.slice(at + 1)))
    return mergeValues(all, value)
  }, {})

const tagged = (image: string, tag: string): string => `${image.replace(/:[^:/]+$/, '')}:${tag}`

const inDeployment = (object: KubeValue, values: KubeValue): void => {
  const replicas = values.replicas ?? values.replicaCount
  const tag = values.rancherImageTag ?? values.image?.tag
  const [container] = object.spec.template.spec.containers
  if (replicas !== undefined) object.spec.replicas = replicas
  if (tag !== undefined) container.image = tagged(container.image, String(tag))
  if (values.resources !== undefined)
    container.resources = mergeValues(container.resources ?? {}, values.resources)
  for (const variable of container.env ?? [])
    if (variable.name === 'CATTLE_SERVER_URL' && values.hostname !== undefined)
      variable.value = `https://${values.hostname}`
}

const inIngress = ({ spec }: KubeValue, { hostname }: KubeValue): void => {
  if (hostname === undefined) return
  for (const rule of spec.rules ?? []) rule.host = hostname
  for (const part of spec.tls ?? []) part.hosts = [hostname]
}

/** What the templates of a chart make of values: copies, spread over what most charts let people set. */
export const renderChart = (
  objects: readonly KubeValue[],
  values: KubeValue,
  mainName: string,
): readonly KubeValue[] =>
  objects.map(object => {
    const copy = structuredClone(object)
    if (copy.kind === 'Deployment' && copy.metadata.name === mainName) inDeployment(copy, values)
    if (copy.kind === 'Ingress') inIngress(copy, values)
    return copy
  })
