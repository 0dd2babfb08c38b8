import { chanceSuffix } from '../../chance.ts'
import { getObject, putObject } from '../../kube/store.ts'
import { admitPod } from '../../relations/admission/admit-pod.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
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
    command: ['sleep', 'infinity'],
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
  if (!isIn) endAttached(client, pod, reply.exit ?? 0)
  return { ...reply, stdout: `${said}${reply.stdout ?? ''}` }
}

/** In a running pod the debugger shares the network of the container that is asked for. */
const debugPod = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const target = client.args.flags.get('target')
  const flags = new Map(client.args.flags)
  if (target !== undefined) flags.set('container', target)
  const found = containerAsked({ ...client, args: { ...client.args, flags } }, pod)
  if (!('container' in found)) return found
  const said =
    target === undefined
      ? ''
      : `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`
  const words = client.args.rest.length === 0 ? ['/bin/sh'] : client.args.rest
  const reply = await runInside(client, {
    post: postIn(client, found.place, found.container),
    words,
    isInteractive: client.args.flags.has('tty'),
  })
  return {
    ...reply,
    stdout: `${said}Defaulting debug container name to debugger-${chanceSuffix(client.call.world)}.\n${reply.stdout ?? ''}`,
  }
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
