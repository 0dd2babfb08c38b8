import { getObject, listObjects } from '../kube/store.ts'
import type { World } from '../world/world.ts'

/** The certificate of the cluster's authority as pods are given it: from the map in kube-system, in older clusters from any token. */
export const clusterAuthority = ({ kube }: Pick<World, 'kube'>): string | undefined => {
  const map = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-root-ca.crt' }
  const token = () =>
    listObjects(kube, 'Secret').find(({ type }) => type === 'kubernetes.io/service-account-token')
  const encoded = token()?.data?.['ca.crt']
  return getObject(kube, map)?.data?.['ca.crt'] ?? (encoded === undefined ? undefined : atob(encoded))
}
