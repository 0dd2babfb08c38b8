import { fullImageName, readImageName } from '../../kube/known-images.ts'
import { findImage } from '../../relations/image-pull.ts'
import type { Kubelet } from '../kubelet.ts'
import { runtimeSays } from './runtime-says.ts'

const MISSING = ': not found'

type At = Pick<Kubelet, 'world' | 'machine'>

/** Why an image could not be pulled, as a runtime answers it. */
export const pullError = (problem: string): string =>
  `rpc error: code = ${problem.endsWith(MISSING) ? 'NotFound' : 'Unknown'} desc = ${problem}`

/** Lets a containerd tell that it was asked for an image. */
export const sayPullBegun = (at: At, image: string): void =>
  runtimeSays(at, 'info', { text: `PullImage "${image}"` })

/** Lets a containerd tell that a pull has come to an end, and what was read. */
const sayPullEnded = (at: At, image: string, bytes: number): void =>
  runtimeSays(at, 'info', {
    text: `stop pulling image ${fullImageName(image)}: active requests=0, bytes read=${bytes}`,
  })

/** Lets a containerd tell that it has got an image. */
export const sayPulled = (at: At, image: string): void => {
  const found = findImage(at.machine, image)
  sayPullEnded(at, image, found?.sizeBytes ?? 0)
  runtimeSays(at, 'info', { text: `PullImage "${image}" returns image reference "${found?.id}"` })
}

/** How a problem begins that a host's answer brought about. */
const RESOLVING = /^.*?failed to resolve reference "[^"]*": /

/** Lets a containerd tell why it has not got an image, and of the host that did not give it. */
export const sayPullFailed = (at: At, image: string, problem: string): void => {
  const host = `host=${readImageName(image).registry}`
  const ofHost = RESOLVING.test(problem) ? problem.replace(RESOLVING, '') : undefined
  if (problem.endsWith(MISSING))
    runtimeSays(at, 'info', { text: 'trying next host - response was http.StatusNotFound', more: host })
  else if (ofHost !== undefined && !ofHost.startsWith('unexpected status'))
    runtimeSays(at, 'info', { text: 'trying next host', more: `error=${JSON.stringify(ofHost)} ${host}` })
  runtimeSays(at, 'error', {
    text: `PullImage "${image}" failed`,
    more: `error=${JSON.stringify(pullError(problem))}`,
  })
  sayPullEnded(at, image, 0)
}
