import { getObject, listObjects, touchObject } from '../../kube/store.ts'
import type { World } from '../../world/world.ts'
import { isPodReady } from './make-pod.ts'

const CLASS = 'traefik'
const PUBLISHED = { kind: 'Service', namespace: 'kube-system', name: 'traefik' } as const

/** Traefik gives each ingress of its class the addresses at which its own service is reached, while it runs. */
export const syncIngressAddresses = (world: World): void => {
  const ingresses = listObjects(world.kube, 'Ingress').filter(one => one.spec?.ingressClassName === CLASS)
  if (ingresses.length === 0) return
  const runs = listObjects(world.kube, 'Pod', PUBLISHED.namespace).some(
    pod => pod.spec?.containers?.[0]?.name === CLASS && isPodReady(pod),
  )
  if (!runs) return
  const loadBalancer = getObject(world.kube, PUBLISHED)?.status?.loadBalancer ?? {}
  for (const ingress of ingresses) {
    if (JSON.stringify(ingress.status?.loadBalancer ?? {}) === JSON.stringify(loadBalancer)) continue
    ingress.status = { ...ingress.status, loadBalancer: structuredClone(loadBalancer) }
    touchObject(world, ingress)
  }
}
