import { chanceHex, chanceSuffix } from '../../chance.ts'
import { imageEnvironment } from '../../kube/image-environment.ts'
import { fullImageName } from '../../kube/known-images.ts'
import { getObject, putObject } from '../../kube/store.ts'
import { admitPod } from '../../relations/admission/admit-pod.ts'
import type { ClusterHost } from '../../relations/cluster-hosts.ts'
import type { Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { podSpecOf } from '../../worlds/kube/templates.ts'
import type { Client } from './client.ts'
import { containerAsked, postIn, runInside } from './exec.ts'
import { findTarget, isTarget } from './find-target.ts'
import { writeProblem } from './refused-write.ts'
import { attached, endAttached } from './run.ts'

/** A pod on a node that sees the node's own network, processes and, below /host, its files. */
const debuggerPod = (client: Client, node: KubeObject): KubeObject => {
  const { world } = client.call
  const name = `node-debugger-${node.metadata.name}-${chanceSuffix(world)}`
  const container = {
    name: 'debugger',
    image: client.args.flags.get('image') ?? '',
    stdin: true,
    tty: client.args.flags.has('tty'),
    volumeMounts: [{ mountPath: '/host', name: 'host-root' }],
  }
  const spec = podSpecOf({
    containers: [container],
    hostIPC: true,
    hostNetwork: true,
    hostPID: true,
    nodeName: node.metadata.name,
    restartPolicy: 'Never',
    tolerations: [{ operator: 'Exists' }],
    volumes: [{ hostPath: { path: '/', type: '' }, name: 'host-root' }],
  })
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: client.namespace }, spec }
  return putObject(world, admitPod(world.kube, pod))
}

const debugNode = async (client: Client, node: KubeObject): Promise<Reply> => {
  const pod = debuggerPod(client, node)
  const said = `Creating debugging pod ${pod.metadata.name} with container debugger on node ${node.metadata.name}.\n`
  if (!client.args.flags.has('stdin')) return { stdout: said }
  const reply = await attached(client, pod)
  const isIn = client.call.passage.hasTerminal && reply.stdout === undefined
  if (!isIn) endAttached(client, pod, reply)
  return { ...reply, stdout: `${said}${reply.stdout ?? ''}` }
}

/** What stands in place of the processes of another container where none is targeted. */
const alone = ({ nowMs }: World, { machine }: ClusterHost): Partial<Container> => ({
  service: 'busybox',
  command: ['sh'],
  pid: machine.nextPid,
  createdMs: nowMs,
  startedMs: nowMs,
})

/** A container that is added to a pod to look into it: with the tools of its own image, and the processes of another if it targets one. */
const debuggerIn = (
  world: World,
  { place, container }: Found,
  { name, image, isTargeting }: Wanted,
): Container => ({
  ...container,
  ...(isTargeting ? {} : alone(world, place)),
  id: chanceHex(world, 64),
  name,
  image: fullImageName(image),
  environment: { ...container.environment, ...imageEnvironment(image) },
  log: [],
  files: undefined,
})

type Found = { readonly place: ClusterHost; readonly container: Container }

type Wanted = { readonly name: string; readonly image: string; readonly isTargeting: boolean }

/** In a running pod the debugger shares the network of the pod, and the processes of the container that it targets. */
const debugPod = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const { call, args } = client
  const target = args.flags.get('target')
  const flags = new Map(args.flags)
  if (target !== undefined) flags.set('container', target)
  const found = containerAsked({ ...client, args: { ...args, flags } }, pod)
  if (!('container' in found)) return found
  const targeting =
    target === undefined
      ? ''
      : `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`
  const own = args.flags.get('container')
  const name = own ?? `debugger-${chanceSuffix(call.world)}`
  const defaulting = own === undefined ? `Defaulting debug container name to ${name}.\n` : ''
  const image = args.flags.get('image') ?? ''
  const container = debuggerIn(call.world, found, { name, image, isTargeting: target !== undefined })
  const reply = await runInside(client, {
    post: postIn(client, found.place, container),
    words: args.rest.length === 0 ? ['/bin/sh'] : args.rest,
    isInteractive: args.flags.has('tty'),
  })
  return { ...reply, stdout: `${targeting}${defaulting}${reply.stdout ?? ''}` }
}

/** `kubectl debug node/NAME` and `kubectl debug POD`. */
export const debug = async (client: Client): Promise<Reply> => {
  const { args, call } = client
  const [, target] = args.words
  if (target === undefined) return { stderr: 'error: NAME or TYPE/NAME is required for debug\n', exit: 1 }
  if (!args.flags.has('image')) return { stderr: 'error: you must specify --image\n', exit: 1 }
  const found = findTarget(client, target)
  if (!isTarget(found)) return found
  const { kind, object } = found
  const refused =
    kind.kind === 'Node'
      ? writeProblem(client, { verb: 'create' }, [{ kind: 'Pod', metadata: {} }])
      : writeProblem(client, { verb: 'patch', part: 'ephemeralcontainers' }, [object])
  if (refused !== undefined) return refused
  const live = getObject(call.world.kube, { ...object.metadata, kind: kind.kind })
  if (kind.kind === 'Node') return debugNode(client, live ?? object)
  return kind.kind === 'Pod'
    ? debugPod(client, object)
    : { stderr: `error: "${object.apiVersion}, Kind=${object.kind}" not supported by debug\n`, exit: 1 }
}
