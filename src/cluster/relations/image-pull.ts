import { fullImageName, hasTag, knownImage, readImageName } from '../kube/known-images.ts'
import { letsIn } from '../network/registry-login.ts'
import type { Image } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { proxyFailure } from './go-proxy.ts'
import { hostAddressOf } from './host-address.ts'

const apiHosts: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' }
const SPARE_BYTES = 4096

/** Whether a runtime has an image in its store. */
export const findImage = (machine: Machine, image: string): Image | undefined =>
  machine.runtime?.images.find(
    stored => stored.tags.includes(fullImageName(image)) || stored.id.startsWith(image),
  )

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const REFERENCE = new RegExp(
  `^(?:[A-Za-z0-9.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*(?::[\\w][\\w.-]{0,127})?(?:@[a-z0-9+._-]+:[0-9a-fA-F]{32,})?$`,
)

/** Why a kubelet does not even try to get a container's image: the name of the state, and what it says. */
export type ImageRefusal = {
  readonly kind: 'ErrImageNeverPull' | 'InvalidImageName'
  readonly message: string
}

/** What keeps a kubelet from trying to get the image of a container; `undefined` where it has it or may pull it. */
export const imageRefusal = (machine: Machine, spec: KubeValue): ImageRefusal | undefined => {
  const image: string = spec.image
  if (!REFERENCE.test(image)) {
    const why = REFERENCE.test(image.toLowerCase()) ? ': repository name must be lowercase' : ''
    return {
      kind: 'InvalidImageName',
      message: `Failed to apply default image tag "${image}": couldn't parse image reference "${image}": invalid reference format${why}`,
    }
  }
  return spec.imagePullPolicy === 'Never' && findImage(machine, image) === undefined
    ? {
        kind: 'ErrImageNeverPull',
        message: `Container image "${image}" is not present with pull policy of Never`,
      }
    : undefined
}

/** The way to a registry, or what stands in it, in Go's words. */
const dialProblem = (world: World, machine: Machine, host: string): string | undefined => {
  const environment = machine.units.get(machine.runtime?.unit ?? '')?.environment
  const byProxy = proxyFailure(world, machine, { environment, to: { scheme: 'https', host } })
  if (byProxy !== undefined) return byProxy.text
  const found = hostAddressOf(world, machine, host)
  if (found.kind === 'failed') return `dial tcp: lookup ${host}${found.text}`
  const dialed = connect(world, { from: machine, address: found.address, port: 443, protocol: 'tcp' })
  const dial = `dial tcp ${found.address}:443:`
  switch (dialed.kind) {
    case 'open':
      return undefined
    case 'refused':
      return `${dial} connect: connection refused`
    case 'timeout':
      return `${dial} i/o timeout`
    case 'no-route':
      return `${dial} connect: no route to host`
    case 'unreachable-network':
      return `${dial} connect: network is unreachable`
    case 'black-hole':
      return `${dial} connect: invalid argument`
  }
}

/** What stands in the way of pulling an image with a name and a password; `undefined` when it can be pulled. The text is containerd's. */
export const pullProblem = (
  world: World,
  machine: Machine,
  { image, login }: { readonly image: string; readonly login?: string | undefined },
): string | undefined => {
  const { registry, repository, tag } = readImageName(image)
  const full = fullImageName(image)
  const host = apiHosts[registry] ?? registry
  const resolving = `failed to pull and unpack image "${full}": failed to resolve reference "${full}":`
  const dialing = dialProblem(world, machine, host)
  const asked = `https://${host}/v2/${repository}/manifests/${tag}`
  if (dialing !== undefined) return `${resolving} failed to do request: Head "${asked}": ${dialing}`
  if (!letsIn(registry, login))
    return login === undefined
      ? `${resolving} pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`
      : `${resolving} unexpected status from HEAD request to ${asked}: 401 Unauthorized`
  if (knownImage(image) === undefined)
    return registry === 'docker.io'
      ? `${resolving} pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`
      : `${resolving} ${full}: not found`
  if (!hasTag(image)) return `${resolving} ${full}: not found`
  const store = filesystemOf(machine, '/var/lib/containerd')
  if (store === undefined) return undefined
  const { usedBytes } = filesystemUse(machine, store)
  return usedBytes + SPARE_BYTES > store.sizeBytes
    ? `failed to pull and unpack image "${full}": failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/8d3c/data: no space left on device`
    : undefined
}
