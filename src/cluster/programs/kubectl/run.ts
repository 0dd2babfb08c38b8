import { addLogLine } from '../../journal/log-lines.ts'
import { kindOf } from '../../kube/kinds.ts'
import { containerSpecs, uidOf } from '../../kube/pod.ts'
import { getObject, putObject } from '../../kube/store.ts'
import { settle } from '../../laws/advance.ts'
import { deletePod } from '../../laws/controllers/make-pod.ts'
import { endContainer } from '../../laws/pods/run-containers.ts'
import { lackProgram } from '../../laws/pods/start-pod.ts'
import { admitPod } from '../../relations/admission/admit-pod.ts'
import { invalidity } from '../../relations/admission/validity.ts'
import { type ClusterHost, hostOfNode } from '../../relations/cluster-hosts.ts'
import { containersOf, isFinished } from '../../relations/pods.ts'
import { postIn } from '../../shell/post-in.ts'
import type { Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { podSpecOf } from '../../worlds/kube/templates.ts'
import type { Client } from './client.ts'
import { containerAsked, type Lack, NO_TERMINAL, runInside } from './exec.ts'
import { yamlText } from './output.ts'
import { etcdProblem, refusalOf } from './refused-write.ts'
import { generatorWarning, runGenerator, wrappedPod } from './run-generator.ts'
import { writeObject } from './write-object.ts'
import { replyOf } from './written.ts'

const POLL_MS = 1_000
const PATIENCE_MS = 60_000

const podOf = (client: Client, name: string): KubeValue => {
  const { flags, lists, rest } = client.args
  const command = rest.length === 0 ? {} : flags.has('command') ? { command: [...rest] } : { args: [...rest] }
  const env = (lists.get('env') ?? []).map(pair => ({
    name: pair.split('=')[0],
    value: pair.slice(pair.indexOf('=') + 1),
  }))
  const labels = Object.fromEntries(
    (flags.get('labels') ?? `run=${name}`).split(',').map(pair => pair.split('=') as [string, string]),
  )
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: client.namespace, labels },
    spec: {
      containers: [
        {
          name,
          image: flags.get('image'),
          ...(flags.has('image-pull-policy') ? { imagePullPolicy: flags.get('image-pull-policy') } : {}),
          ...command,
          ...(env.length === 0 ? {} : { env }),
          ...(flags.has('stdin') ? { stdin: true, stdinOnce: true } : {}),
          ...(flags.has('tty') ? { tty: true } : {}),
          ...(flags.has('port') ? { ports: [{ containerPort: Number(flags.get('port')) }] } : {}),
        },
      ],
      restartPolicy: flags.get('restart') ?? 'Always',
      ...overrides(flags.get('overrides')),
    },
  }
}

const overrides = (text: string | undefined): KubeValue => {
  try {
    return text === undefined ? {} : (JSON.parse(text).spec ?? {})
  } catch {
    return {}
  }
}

/** Whether a pod, or the one container of it that is asked for, has come as far as somebody can attach to it. */
const isReady = ({ args }: Client, { status }: KubeObject): boolean => {
  const name = args.flags.get('container')
  if (name !== undefined)
    return status?.ephemeralContainerStatuses?.some(
      ({ name: own, state }: KubeValue) => own === name && state.waiting === undefined,
    )
  return (
    status?.conditions?.some(({ type, status }: KubeValue) => type === 'Ready' && status === 'True') === true
  )
}

/** Waits in simulated time until a pod is ready or has ended. */
const waitForPod = async (client: Client, pod: KubeObject): Promise<KubeObject | undefined> => {
  const { world, passage } = client.call
  const untilMs = Math.min(world.nowMs + PATIENCE_MS, passage.deadlineMs ?? Number.POSITIVE_INFINITY)
  while (world.nowMs < untilMs) {
    await passage.pass(POLL_MS)
    const now = getObject(world.kube, { kind: 'Pod', namespace: client.namespace, name: pod.metadata.name })
    if (now === undefined || isFinished(now) || isReady(client, now)) return now
  }
  return undefined
}

/** Waits for a pod and runs what was asked for in it, as one who is attached to it. */
export const attached = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const running = await waitForPod(client, pod)
  if (running === undefined) return { stderr: 'error: timed out waiting for the condition\n', exit: 1 }
  const { lacks, ...reply } = await runOnceUp(client, running)
  if (lacks === undefined) return reply
  const name = client.args.flags.get('container') ?? containerSpecs(running)[0]?.name
  lackProgram(client.call.world, running, { name, word: lacks })
  const ended = await waitForPod(client, running)
  if (ended === undefined) return { stderr: 'error: timed out waiting for the condition\n', exit: 1 }
  return { exit: 128 }
}

const lastOf = ({ args }: Client, { machine }: ClusterHost, pod: KubeObject): Container | undefined =>
  containersOf(machine, uidOf(pod), args.flags.get('container')).at(-1)

const runOnceUp = async (client: Client, running: KubeObject): Promise<Lack> => {
  const { rest } = client.args
  const found = containerAsked(client, running)
  if (!('container' in found)) {
    const place = hostOfNode(client.call.world, running.spec?.nodeName ?? '')
    const last = place === undefined ? undefined : lastOf(client, place, running)
    return { stdout: (last?.log ?? []).map(line => `${line.text}\n`).join(''), exit: last?.exitCode ?? 0 }
  }
  const { command } = found.container
  const words = command.length > 0 ? command : rest.length > 0 ? rest : ['/bin/sh']
  const reply = await runInside(client, {
    post: postIn(client.call.world, found.place, found.container),
    words,
    isInteractive: client.args.flags.has('tty'),
  })
  return { ...reply, stderr: (reply.stderr ?? '').replace(/command terminated with exit code \d+\n$/, '') }
}

/** A container ends with what ran in it for one who was attached, and its log holds what that printed. */
export const endAttached = (client: Client, pod: KubeObject, reply: Reply): void => {
  const { call } = client
  const place = hostOfNode(call.world, pod.spec?.nodeName ?? '')
  const container = place === undefined ? undefined : lastOf(client, place, pod)
  if (place === undefined || container?.state !== 'running') return
  const { exit: exitCode = 0 } = reply
  const atMs = call.world.nowMs
  for (const stream of ['stdout', 'stderr'] as const)
    for (const text of (reply[stream] ?? '')
      .replace(NO_TERMINAL, '')
      .split('\n')
      .filter((line, at, all) => line !== '' || at < all.length - 1))
      addLogLine({ container, machine: place.machine }, { atMs, stream, text })
  endContainer(container, { atMs, exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' })
  settle(call.world)
}

const terminatedText = ({ metadata, status }: KubeObject): string => {
  const { reason = 'Error', message = '' } = status?.containerStatuses?.[0]?.state?.terminated ?? {}
  return `pod ${metadata.namespace}/${metadata.name} terminated (${reason})\n${message === '' ? '' : `${message}\n`}`
}

/** Runs what was asked for in a new pod, which ends with it; `--rm` then takes the pod away. */
const runAttached = async (client: Client, pod: KubeObject): Promise<Reply> => {
  const { world, passage } = client.call
  const { namespace, name } = pod.metadata
  const reply = await attached(client, pod)
  const isIn = passage.hasTerminal && reply.tookMs === 300 && reply.stdout === undefined
  const left = getObject(world.kube, { kind: 'Pod', namespace, name })
  if (left !== undefined && !isIn) endAttached(client, left, reply)
  const hasBegun = left?.status?.phase !== 'Pending'
  const isOver = left?.spec?.restartPolicy === 'Never' && hasBegun && (reply.exit ?? 0) !== 0
  const stderr = `${reply.stderr ?? ''}${isOver && left !== undefined ? terminatedText(left) : ''}`
  if (!client.args.flags.has('rm') || isIn) return { ...reply, stderr }
  const last = getObject(world.kube, { kind: 'Pod', namespace, name })
  if (last !== undefined) deletePod(world, last)
  return { ...reply, stdout: `${reply.stdout ?? ''}pod "${name}" deleted\n`, stderr }
}

/** `kubectl run`. */
export const runPod = async (client: Client): Promise<Reply> => {
  const { args } = client
  const name = args.words[1]
  if (name === undefined)
    return {
      stderr: "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n",
      exit: 1,
    }
  if (!args.flags.has('image')) return { stderr: 'error: required flag(s) "image" not set\n', exit: 1 }
  const generator = runGenerator(client)
  if (generator === undefined && args.flags.has('generator'))
    return { stderr: "error: unknown flag: --generator\nSee 'kubectl run --help' for usage.\n", exit: 1 }
  const pod = podOf(client, name)
  if (generator === undefined || generator === 'run-pod/v1' || isAttaching(client))
    return runManifest(client, pod)
  const written = writeObject(client, wrappedPod(client, generator, pod), 'create')
  const reply = replyOf(client, [written])
  return { ...reply, stderr: `${generatorWarning(generator)}${reply.stderr ?? ''}` }
}

const isAttaching = ({ args: { flags } }: Client): boolean =>
  flags.has('stdin') || flags.has('attach') || flags.has('rm')

const runManifest = async (client: Client, manifest: KubeValue): Promise<Reply> => {
  const { args, call } = client
  const { name } = manifest.metadata
  if (args.flags.get('dry-run') === 'client')
    return {
      stdout: args.flags.get('output') === 'yaml' ? yamlText(manifest) : `pod/${name} created (dry run)\n`,
    }
  const refused = etcdProblem(client)
  if (refused !== undefined) return refused
  if (getObject(call.world.kube, { kind: 'Namespace', name: client.namespace }) === undefined)
    return { stderr: `Error from server (NotFound): namespaces "${client.namespace}" not found\n`, exit: 1 }
  if (getObject(call.world.kube, { kind: 'Pod', namespace: client.namespace, name }) !== undefined)
    return { stderr: `Error from server (AlreadyExists): pods "${name}" already exists\n`, exit: 1 }
  const kind = kindOf('pods')
  const barred = kind && refusalOf(client, { object: manifest, kind, verb: 'create' })
  if (barred !== undefined) return { ...barred, exit: 1 }
  const invalid = invalidity(manifest)
  if (invalid !== undefined) return { stderr: `${invalid}\n`, exit: 1 }
  const isAttached = isAttaching(client)
  const admitted = admitPod(call.world.kube, { ...manifest, spec: podSpecOf(manifest.spec) })
  const pod = putObject(call.world, admitted)
  if (!isAttached) return { stdout: `pod/${name} created\n` }
  if (containerSpecs(pod).length === 0) return { stderr: 'error: no containers\n', exit: 1 }
  return runAttached(client, pod)
}
