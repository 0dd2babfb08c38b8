import { readImageName } from '../../kube/known-images.ts'
import { findImage } from '../../relations/image-pull.ts'
import type { Kubelet } from '../kubelet.ts'
import { runtimeSays } from './runtime-says.ts'

type At = Pick<Kubelet, 'world' | 'machine'>

/** Why an image could not be pulled, as a runtime answers it. */
export const pullError = (problem: string): string =>
  `rpc error: code = ${problem.endsWith(': not found') ? 'NotFound' : 'Unknown'} desc = ${problem}`

/** Lets a containerd tell that it was asked for an image. */
export const sayPullBegun = (at: At, image: string): void =>
  runtimeSays(at, 'info', { text: `PullImage "${image}"` })

/** Lets a containerd tell that it has got an image. */
export const sayPulled = (at: At, image: string): void =>
  runtimeSays(at, 'info', {
    text: `PullImage "${image}" returns image reference "${findImage(at.machine, image)?.id}"`,
  })

/** Lets a containerd tell why it has not got an image. */
export const sayPullFailed = (at: At, image: string, problem: string): void => {
  if (problem.endsWith(': not found'))
    runtimeSays(at, 'info', {
      text: 'trying next host - response was http.StatusNotFound',
      more: `host=${readImageName(image).registry}`,
    })
  runtimeSays(at, 'error', {
    text: `PullImage "${image}" failed`,
    more: `error=${JSON.stringify(pullError(problem))}`,
  })
}
