import { containerSpecs, uidOf } from '../../kube/pod.ts'
import { numberOf } from '../../kube/quantity.ts'
import { containersOf } from '../../relations/pods.ts'
import type { Shortage } from '../../relations/pressures.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'

const BLOCK = 4096
const MIB = 1024 ** 2
/** What a container's own layer holds that has written nothing. */
const LAYER = 40_960
/** The length of a time, a stream and a flag before each line of a log. */
const LOG_HEAD = 45

type Use = { readonly name: string; readonly usedBytes: number; readonly asked: string }

const inBlocks = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK

const measures: Readonly<Record<string, (container: Container) => number>> = {
  memory: ({ memoryBytes }) => memoryBytes,
  'ephemeral-storage': ({ log }) => log.reduce((sum, { text }) => sum + text.length + LOG_HEAD, LAYER),
}

/** What each running container of a pod takes of a resource, and what it asked for; nothing where no container can ask. */
const usesOf = ({ machine }: Kubelet, pod: KubeObject, resource: string): readonly Use[] => {
  const measure = measures[resource]
  if (measure === undefined) return []
  return containersOf(machine, uidOf(pod))
    .filter(({ state }) => state === 'running')
    .map(container => {
      const spec = containerSpecs(pod).find(each => each.name === container.name)
      const asked: string = spec?.resources?.requests?.[resource] ?? '0'
      return { name: container.name, usedBytes: inBlocks(measure(container)), asked }
    })
}

const overAsked = ({ usedBytes, asked }: Use): number => usedBytes - numberOf(asked)

/** By how many bytes a pod takes more of a resource than it asked for. */
export const excessOf = (kubelet: Kubelet, pod: KubeObject, resource: string): number =>
  usesOf(kubelet, pod, resource).reduce((sum, use) => sum + overAsked(use), 0)

const bytesText = (bytes: number): string =>
  bytes % MIB === 0 ? `${bytes / MIB}Mi` : `${Math.round(bytes / 1024)}Ki`

/** What a kubelet says of a pod that it throws off: what ran out, and which containers take more than they asked for. */
export const evictionMessage = (
  kubelet: Kubelet,
  { resource, least, available }: Shortage,
  pod: KubeObject,
): string => {
  const told = `The node was low on resource: ${resource}. Threshold quantity: ${least}, available: ${available}. `
  const greedy = usesOf(kubelet, pod, resource)
    .filter(use => overAsked(use) > 0)
    .map(
      use =>
        `Container ${use.name} was using ${bytesText(use.usedBytes)}, request is ${use.asked}, has larger consumption of ${resource}. `,
    )
  return told + greedy.join('')
}
