import { matchesPlain } from '../../kube/labels.ts'
import { containerSpecs } from '../../kube/pod.ts'
import { listObjects } from '../../kube/store.ts'
import { listenersOf } from '../../relations/listeners.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import type { Client } from './client.ts'
import { findTarget, isTarget, podBehind } from './find-target.ts'
import { handling, type Pair } from './handle-forwarded.ts'
import { reachKubelet, unopenedText } from './reach-kubelet.ts'

type Target = { readonly pod: KubeObject; readonly portOf: (port: string) => number | undefined }

const LOOPBACKS = ['127.0.0.1', '[::1]']

const FIRST_FREE_PORT = 39_411
/** How long a pod is waited for without `--pod-running-timeout`. */
const PATIENCE_MS = 60_000

const failure = (text: string): Reply => ({ stderr: `error: ${text}\n`, exit: 1 })

/** A port by its number or by the name that a container gives it. */
const podPort = (pod: KubeObject, port: string | number): number | undefined => {
  if (/^\d+$/.test(String(port))) return Number(port)
  const ports = containerSpecs(pod).flatMap(({ ports: own = [] }) => own as readonly KubeValue[])
  return ports.find(({ name }) => name === port)?.containerPort
}

const ofService = (client: Client, service: KubeObject): Target | Reply => {
  const pods = listObjects(client.call.world.kube, 'Pod', service.metadata.namespace)
  const pod = pods.find(
    candidate =>
      matchesPlain(candidate.metadata.labels, service.spec?.selector) &&
      candidate.status?.phase === 'Running',
  )
  if (pod === undefined) {
    const tookMs = durationOf(client.args, 'pod-running-timeout') ?? PATIENCE_MS
    return { ...failure('timed out waiting for the condition'), tookMs }
  }
  const portOf = (port: string): number | undefined => {
    const ports: readonly KubeValue[] = service.spec?.ports ?? []
    const found = ports.find(one => String(one.port) === port || one.name === port)
    return found === undefined ? undefined : podPort(pod, found.targetPort ?? found.port)
  }
  return { pod, portOf }
}

const targetOf = (client: Client, word: string): Target | Reply => {
  const found = findTarget(client, word)
  if (!isTarget(found)) return found
  if (found.kind.kind === 'Service') return ofService(client, found.object)
  const pod = podBehind(client, found)
  return 'metadata' in pod ? { pod, portOf: port => podPort(pod, port) } : pod
}

const isTaken = ({ call }: Client, port: number): boolean =>
  listenersOf(call.world, call.host).some(
    ({ listener }) => listener.protocol === 'tcp' && listener.port === port,
  )

const readPairs = ({ portOf }: Target, words: readonly string[]): readonly Pair[] | string => {
  const pairs: Pair[] = []
  for (const word of words) {
    const [first = '', second = first] = word.split(':')
    const remote = portOf(second)
    if (remote === undefined) return second
    pairs.push({ local: first === '' ? FIRST_FREE_PORT + pairs.length : Number(first), remote })
  }
  return pairs
}

/** `kubectl port-forward`: while it runs in the background, its local ports lead to the pod's. */
export const portForward = (client: Client): Reply => {
  const { args, call } = client
  const [, word, ...ports] = args.words
  if (word === undefined || ports.length === 0)
    return failure('TYPE/NAME and list of ports are required for port-forward')
  const target = targetOf(client, word)
  if (!('pod' in target)) return target
  const { pod } = target
  if (pod.status?.phase !== 'Running')
    return failure(
      `unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Pending'}`,
    )
  const pairs = readPairs(target, ports)
  if (typeof pairs === 'string')
    return failure(
      word.startsWith('s')
        ? `Service ${word.split('/')[1]} does not have a service port ${pairs}`
        : `Pod '${pod.metadata.name}' does not have a named port '${pairs}'`,
    )
  const place = reachKubelet(client, pod, `portForward/${pod.metadata.namespace}/${pod.metadata.name}`)
  if ('problem' in place) return failure(`error upgrading connection: ${unopenedText(place)}`)
  const taken = pairs.find(({ local }) => isTaken(client, local))
  if (taken !== undefined)
    return {
      stdout: `Unable to listen on port ${taken.local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${taken.local}: bind: address already in use]\n`,
      stderr: `error: unable to listen on any of the requested ports: [{${taken.local} ${taken.remote}}]\n`,
      exit: 1,
    }
  const { process } = call.passage
  if (process !== undefined) {
    process.listens = pairs.flatMap(({ local }) =>
      LOOPBACKS.map(address => ({ protocol: 'tcp' as const, address, port: local })),
    )
    process.forwards = pairs.map(({ local, remote }) => ({
      port: local,
      podUid: pod.metadata.uid,
      remotePort: remote,
    }))
  }
  const lines = pairs.flatMap(({ local, remote }) =>
    LOOPBACKS.map(address => `Forwarding from ${address}:${local} -> ${remote}\n`),
  )
  return { stdout: lines.join(''), exit: 1, follow: handling(client, pod, pairs) }
}
