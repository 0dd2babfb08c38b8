import { isBelow } from '../files/paths.ts'
import { specNamed } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { userOfContainer } from './container-helpers.ts'
import { isWritten, volumeKindOf } from './pod-folders.ts'

/** An errno of a container's kernel, with its words. */
export type Errno = { readonly number: number; readonly text: string }

const readOnly: Errno = { number: 30, text: 'Read-only file system' }
const denied: Errno = { number: 13, text: 'Permission denied' }

/**
 * What a program of a container meets that makes something in a folder of root's: nothing where it is root, or where a volume for everybody
 * lies there; `undefined` then.
 */
export const writingProblem = (world: World, container: Container, folder: string): Errno | undefined => {
  const { namespace, podName: name } = container
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
  const spec = pod && specNamed(pod, container.name)
  const mount = (spec?.volumeMounts ?? []).find(({ mountPath }: KubeValue) => isBelow(folder, mountPath))
  if (mount !== undefined) {
    const volume = pod?.spec?.volumes?.find((each: KubeValue) => each.name === mount.name)
    return mount.readOnly === true || isWritten(volumeKindOf(volume)) ? readOnly : undefined
  }
  if (spec?.securityContext?.readOnlyRootFilesystem === true) return readOnly
  return userOfContainer(container) === 'root' ? undefined : denied
}
