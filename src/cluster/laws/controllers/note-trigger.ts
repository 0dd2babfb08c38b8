import { getObject, listObjects } from '../../kube/store.ts'
import { podsBehind } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const NOTE = 'endpoints.kubernetes.io/last-change-trigger-time'

const readySince = ({ status }: KubeObject): string =>
  status?.conditions?.find(({ type }: KubeValue) => type === 'Ready')?.lastTransitionTime ?? ''

/** Notes in the endpoints of a service, or in a slice of them, which change of its pods they follow; nothing where no pod that is left has changed. */
export const noteTrigger = (world: World, service: KubeObject, { metadata }: KubeObject): void => {
  const before = metadata.annotations?.[NOTE]
  const { [NOTE]: _before, ...others } = metadata.annotations ?? {}
  const times = podsBehind(world.kube, service).map(readySince)
  const latest = [...times, service.metadata.creationTimestamp ?? ''].sort().at(-1) ?? ''
  const isNews = latest !== '' && latest !== before
  const annotations = isNews ? { ...others, [NOTE]: latest } : others
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations
  else delete metadata.annotations
}

/** Notes it in all endpoints and slices that follow a selector. */
export const noteTriggers = (world: World): void => {
  for (const service of listObjects(world.kube, 'Service')) {
    if (service.spec?.selector == null) continue
    const { name, namespace } = service.metadata
    const slices = listObjects(world.kube, 'EndpointSlice', namespace).filter(
      ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name,
    )
    for (const object of [getObject(world.kube, { kind: 'Endpoints', namespace, name }), ...slices])
      if (object !== undefined) noteTrigger(world, service, object)
  }
}
