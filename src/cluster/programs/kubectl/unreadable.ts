import { isQuantity, quantityText } from '../../kube/quantity.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { fieldsOf } from './schema.ts'

/** A value that its field cannot hold: where it stands, of which type it is and of which it should be. */
export type Misfit = {
  readonly got: string
  readonly holder: string
  readonly path: string
  readonly of: string
}

const long = /^(activeDeadline|termination|toleration|startingDeadline|deletion)\w*Seconds$|^generation$/i

const gotOf = (value: KubeValue): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

const scalars: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', integer: 'number' }

type Place = { readonly holder: string; readonly path: string; readonly name: string; readonly type: string }

const mapMisfit = (value: KubeValue, { holder, path, type }: Place): Misfit | undefined => {
  if (gotOf(value) !== 'object') return { got: gotOf(value), holder, path, of: type }
  const wrong = Object.values(value).find(item => item !== null && typeof item !== 'string')
  return wrong === undefined ? undefined : { got: gotOf(wrong), holder, path, of: 'string' }
}

const misfitAt = (value: KubeValue, place: Place): Misfit | undefined => {
  const { holder, path, name, type } = place
  if (value === null || value === undefined || type === 'IntOrString' || type.endsWith('Quantity'))
    return undefined
  const got = gotOf(value)
  if (type === 'map[string]string') return mapMisfit(value, place)
  if (type.startsWith('[]')) {
    const item = type.slice(2)
    if (got !== 'array') return { got, holder, path, of: item === 'string' ? type : `[]v1.${item}` }
    return firstOf(value, (each: KubeValue) => misfitAt(each, { ...place, type: item }))
  }
  const wanted = scalars[type]
  if (wanted === undefined)
    return got === 'object' ? misfitIn(value, type, `${path}.`) : { got, holder, path, of: `v1.${type}` }
  if (got === wanted) return undefined
  return { got, holder, path, of: type === 'integer' ? (long.test(name) ? 'int64' : 'int32') : wanted }
}

const firstOf = <T>(list: readonly T[], look: (item: T) => Misfit | undefined): Misfit | undefined => {
  for (const item of list) {
    const found = look(item)
    if (found !== undefined) return found
  }
  return undefined
}

const misfitIn = (value: KubeValue, holder: string, prefix: string): Misfit | undefined =>
  firstOf(fieldsOf(holder) ?? [], ({ name, type }) =>
    misfitAt(value[name], { holder, path: `${prefix}${name}`, name, type }),
  )

const headMisfit = (object: KubeValue): Misfit | undefined => {
  const { kind } = object
  const at = (name: string, type: string): Misfit | undefined =>
    misfitAt(object[name], { holder: kind, path: name, name, type })
  return (
    at('metadata', 'ObjectMeta') ??
    (fieldsOf(`${kind}Spec`) === undefined ? undefined : at('spec', `${kind}Spec`)) ??
    (kind === 'ConfigMap' ? at('data', 'map[string]string') : undefined) ??
    (kind === 'Secret'
      ? (at('data', 'map[string]string') ?? at('stringData', 'map[string]string'))
      : undefined)
  )
}

const amountsIn = ({ spec }: KubeValue): readonly KubeValue[] => {
  const containers: KubeValue = spec?.template?.spec?.containers ?? spec?.containers
  return (Array.isArray(containers) ? containers : []).flatMap(container => [
    ...Object.values(container?.resources?.limits ?? {}),
    ...Object.values(container?.resources?.requests ?? {}),
  ])
}

/** Where a text stops being base64, in Go's count; `undefined` where it is. */
const brokenBase64 = (text: string): number | undefined => {
  const bare = text.replace(/[\r\n]/g, '')
  const at = bare.search(/[^A-Za-z0-9+/=]/)
  if (at >= 0) return at
  return bare.length % 4 === 0 ? undefined : bare.length - (bare.length % 4)
}

/** What the API server says of a patch with a value that its field cannot hold. */
export const convertText = ({ got, of }: Misfit): string =>
  got === 'number' && of === 'string' ? 'cannot convert int64 to string' : `unrecognized type: ${of}`

/** Why an object cannot be read at all: a value of another type than its field's, an amount that is none, a secret that is not base64. */
export const unreadable = (
  object: KubeValue,
): { readonly text: string; readonly misfit?: Misfit } | undefined => {
  const { kind, apiVersion } = object
  const head = `${kind} in version "${String(apiVersion).split('/').at(-1)}" cannot be handled as a ${kind}: `
  const misfit = headMisfit(object)
  if (misfit !== undefined)
    return {
      text: `${head}json: cannot unmarshal ${misfit.got} into Go struct field ${misfit.holder}.${misfit.path} of type ${misfit.of}`,
      misfit,
    }
  if (amountsIn(object).some(amount => !isQuantity(String(amount)))) return { text: head + quantityText }
  const secrets: readonly unknown[] = kind === 'Secret' ? Object.values(object.data ?? {}) : []
  const broken = secrets.map(text => brokenBase64(String(text))).find(at => at !== undefined)
  return broken === undefined ? undefined : { text: `${head}illegal base64 data at input byte ${broken}` }
}
