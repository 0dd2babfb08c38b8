import { minorOf } from '../../kube/minor-version.ts'
import type { World } from '../../world/world.ts'
import type { Misfit } from './unreadable.ts'

/** The first minor release in which the API server looks at fields, and kubectl no more. */
const IS_STRICT = 25

const groups: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  DaemonSet: 'apps',
  StatefulSet: 'apps',
  ReplicaSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  Ingress: 'networking',
}

/** Whether kubectl looks at the fields of manifests itself. */
export const looksItself = (world: World): boolean => minorOf(world) < IS_STRICT

/** A type's name in the document that describes the API. */
export const modelOf = (type: string): string =>
  `io.k8s.api.${groups[type.replace(/Spec$/, '')] ?? 'core'}.v1.${type}`

/** How kubectl refuses a manifest for what it found in it. */
export const olderRefusal = (file: string, errors: readonly string[]): string => {
  const all = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`
  return `error: error validating "${file}": error validating data: ${all}; if you choose to ignore these errors, turn validation off with --validate=false\n`
}

const named: Readonly<Record<string, string>> = {
  number: 'integer',
  bool: 'boolean',
  object: 'map',
  int32: 'integer',
  int64: 'integer',
}

/** What kubectl says of a value of another type than its field's. */
export const olderMisfit = (kind: string, { got, holder, path, of }: Misfit): string => {
  const name = path.split('.').at(-1) ?? ''
  const wanted = of.startsWith('[]') ? 'array' : of.startsWith('map') || of.startsWith('v1.') ? 'map' : of
  return `ValidationError(${kind}.${path}): invalid type for ${modelOf(holder)}.${name}: got "${named[got] ?? got}", expected "${named[wanted] ?? wanted}"`
}
