import { numberOf } from '../../kube/quantity.ts'
import { listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeStore, KubeValue } from '../../world/kube-object.ts'

const limitsFor = (store: KubeStore, namespace: string | undefined): readonly KubeValue[] =>
  listObjects(store, 'LimitRange', namespace)
    .flatMap(range => range.spec?.limits ?? [])
    .filter((limit: KubeValue) => limit.type === 'Container')

/** A pod's specification with the requests and limits that the namespace gives to containers without their own. */
export const withDefaults = (store: KubeStore, namespace: string | undefined, spec: KubeValue): KubeValue => {
  const ranges = limitsFor(store, namespace)
  if (ranges.length === 0) return spec
  const complete = (container: KubeValue): KubeValue => {
    const { requests, limits } = container.resources ?? {}
    const given = Object.assign({}, ...ranges.map(range => range.default ?? {}))
    const asked = Object.assign({}, ...ranges.map(range => range.defaultRequest ?? range.default ?? {}))
    return {
      ...container,
      resources: { limits: { ...given, ...limits }, requests: { ...asked, ...limits, ...requests } },
    }
  }
  return { ...spec, containers: spec.containers.map(complete) }
}

/** Why a namespace's limits do not let a pod in. */
export const limitProblem = (store: KubeStore, pod: KubeObject): string | undefined => {
  const problems = limitsFor(store, pod.metadata.namespace).flatMap(range =>
    (pod.spec?.containers ?? []).flatMap(({ resources }: KubeValue) => [
      ...Object.entries(range.max ?? {}).flatMap(([name, most]) => {
        const limit = resources?.limits?.[name]
        return numberOf(limit) > numberOf(String(most))
          ? [`maximum ${name} usage per Container is ${most}, but limit is ${limit}`]
          : []
      }),
      ...Object.entries(range.min ?? {}).flatMap(([name, least]) => {
        const request = resources?.requests?.[name]
        return request !== undefined && numberOf(request) < numberOf(String(least))
          ? [`minimum ${name} usage per Container is ${least}, but request is ${request}`]
          : []
      }),
    ]),
  )
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0]
}
