import type { GroupDriver } from '../world/container.ts'
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

/** The path of a pod's control group; systemd nests it by the dashes of its name. */
export const podGroup = (pod: KubeObject, driver: GroupDriver): string => {
  const quality = qosOf(pod)
  const above = quality === 'Guaranteed' ? [] : [quality.toLowerCase()]
  if (driver === 'cgroupfs') return ['/kubepods', ...above, `pod${uidOf(pod)}`].join('/')
  const prefix = ['kubepods', ...above].join('-')
  const folder = above.length === 0 ? '' : `/${prefix}.slice`
  return `/kubepods.slice${folder}/${prefix}-pod${uidOf(pod).replaceAll('-', '_')}.slice`
}
