import { chanceSuffix } from '../../chance.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { allSpecs, containerSpecs, ephemeralSpecs } from '../../kube/pod.ts'
import { getObject, putObject, touchObject } from '../../kube/store.ts'
import { admitPod } from '../../relations/admission/admit-pod.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { podSpecOf } from '../../worlds/kube/templates.ts'
import type { Client } from './client.ts'
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

/** Runs what was asked for in a new container, which ends with it unless somebody has gone in. */
const attachedUntilEnd = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const reply = await attached(client, pod)
  const isIn = client.call.passage.hasTerminal && reply.stdout === undefined
  if (!isIn) endAttached(client, pod, reply)
  return reply
}

const debugNode = async (client: Client, node: KubeObject): Promise<Reply> => {
  const pod = debuggerPod(client, node)
  const said = `Creating debugging pod ${pod.metadata.name} with container debugger on node ${node.metadata.name}.\n`
  if (!client.args.flags.has('stdin')) return { stdout: said }
  const reply = await attachedUntilEnd(client, pod)
  return { ...reply, stdout: `${said}${reply.stdout ?? ''}` }
}

/** The first release whose API server takes containers into pods that run. */
const ADDS_CONTAINERS = 23

const added = ({ args: { flags, rest } }: Client, name: string): KubeValue => {
  const { containers } = podSpecOf({
    containers: [
      {
        name,
        image: flags.get('image') ?? '',
        ...(flags.has('image-pull-policy') ? { imagePullPolicy: flags.get('image-pull-policy') } : {}),
        ...(rest.length === 0 ? {} : { [flags.has('arguments-only') ? 'args' : 'command']: [...rest] }),
        ...(flags.has('stdin') ? { stdin: true } : {}),
        ...(flags.has('target') ? { targetContainerName: flags.get('target') } : {}),
        ...(flags.has('tty') ? { tty: true } : {}),
      },
    ],
  })
  return containers[0]
}

const targetProblem = (pod: KubeObject, container: KubeValue): string | undefined => {
  const at = `${ephemeralSpecs(pod).length}`
  const target = container.targetContainerName
  const invalid = (field: string, text: string): string =>
    `The Pod "${pod.metadata.name}" is invalid: spec.ephemeralContainers[${at}].${field}: ${text}\n`
  if (allSpecs(pod).some(({ name }) => name === container.name))
    return invalid('name', `Duplicate value: "${container.name}"`)
  return target === undefined || containerSpecs(pod).some(({ name }) => name === target)
    ? undefined
    : invalid('targetContainerName', `Not found: "${target}"`)
}

/** A container is added to a running pod to look into it: with the tools of its own image, and the processes of another if it targets one. */
const debugPod = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const { call, args } = client
  if (minorOf(call.world) < ADDS_CONTAINERS)
    return {
      stderr:
        'error: ephemeral containers are disabled for this cluster (error from server: "the server could not find the requested resource").\n',
      exit: 1,
    }
  const target = args.flags.get('target')
  const targeting =
    target === undefined
      ? ''
      : `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`
  const own = args.flags.get('container')
  const name = own ?? `debugger-${chanceSuffix(call.world)}`
  const defaulting = own === undefined ? `Defaulting debug container name to ${name}.\n` : ''
  const said = `${targeting}${defaulting}`
  const container = added(client, name)
  const problem = targetProblem(pod, container)
  if (problem !== undefined) return { stdout: said, stderr: problem, exit: 1 }
  pod.spec = { ...pod.spec, ephemeralContainers: [...ephemeralSpecs(pod), container] }
  touchObject(call.world, pod)
  if (!args.flags.has('stdin')) return { stdout: said }
  const asking = { ...client, args: { ...args, flags: new Map([...args.flags, ['container', name]]) } }
  const reply = await attachedUntilEnd(asking, pod)
  return { ...reply, stdout: `${said}${reply.stdout ?? ''}` }
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
    ? debugPod(client, live ?? object)
    : { stderr: `error: "${object.apiVersion}, Kind=${object.kind}" not supported by debug\n`, exit: 1 }
}
