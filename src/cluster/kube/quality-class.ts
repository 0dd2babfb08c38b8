import type { KubeObject } from '../world/kube-object.ts'
import { containerSpecs, initSpecs, uidOf } from './pod.ts'

/** The quality class of a pod by its requests and limits. */
export const qosOf = (pod: KubeObject): string => {
  const resources = [...containerSpecs(pod), ...initSpecs(pod)].map(spec => spec.resources ?? {})
  const hasAny = resources.some(r => Object.keys({ ...r.requests, ...r.limits }).length > 0)
  if (!hasAny) return 'BestEffort'
  const isFull = resources.every(
    r =>
      r.limits?.cpu !== undefined &&
      r.limits?.memory !== undefined &&
      (r.requests?.cpu ?? r.limits.cpu) === r.limits.cpu &&
      (r.requests?.memory ?? r.limits.memory) === r.limits.memory,
  )
  return isFull ? 'Guaranteed' : 'Burstable'
}

/** How the names of a pod's control groups begin by its quality class: `kubepods`, `kubepods-burstable`, `kubepods-besteffort`. */
export const podGroupPrefix = (pod: KubeObject, separator: '-' | '/' = '-'): string => {
  const quality = qosOf(pod)
  return quality === 'Guaranteed' ? 'kubepods' : `kubepods${separator}${quality.toLowerCase()}`
}

/** The path of a pod's control group, which systemd nests by the dashes of its name. */
export const podGroup = (pod: KubeObject): string => {
  const prefix = podGroupPrefix(pod)
  const above = prefix === 'kubepods' ? '' : `/${prefix}.slice`
  return `/kubepods.slice${above}/${prefix}-pod${uidOf(pod).replaceAll('-', '_')}.slice`
}
