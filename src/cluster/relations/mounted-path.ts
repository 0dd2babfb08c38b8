import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'

const below = (folder: string, path: string): string | undefined =>
  path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length) : undefined

/**
 * Where a path that a program names lies on its machine: for a container behind what its pod mounts there. `undefined` for what no mount
 * covers; of a container whose pod is not known, and of a unit, the path itself.
 */
export const pathOnMachine = (
  world: World,
  container: Container | undefined,
  path: string,
): string | undefined => {
  if (container === undefined) return path
  const { namespace, podName, name } = container
  const spec = getObject(world.kube, { kind: 'Pod', namespace, name: podName })?.spec
  if (spec === undefined) return path
  const mounts: readonly KubeValue[] =
    spec.containers?.find((held: KubeValue) => held.name === name)?.volumeMounts ?? []
  const [mount] = mounts
    .filter(({ mountPath }) => below(mountPath, path) !== undefined)
    .sort((a, b) => b.mountPath.length - a.mountPath.length)
  if (mount === undefined) return undefined
  const volume = spec.volumes?.find((held: KubeValue) => held.name === mount.name)
  return volume?.hostPath === undefined ? path : `${volume.hostPath.path}${below(mount.mountPath, path)}`
}
