import { baseName } from '../../files/paths.ts'
import { isInImage } from '../../kube/image-programs.ts'
import { toolsOf } from '../../kube/image-tools.ts'
import { allSpecs, containerSpecs, uidOf } from '../../kube/pod.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import type { ClusterHost } from '../../relations/cluster-hosts.ts'
import { containersOf } from '../../relations/pods.ts'
import { isShell } from '../../relations/shell-line.ts'
import { runcProblem } from '../../relations/start-problem.ts'
import { postIn } from '../../shell/post-in.ts'
import type { Post, Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { defaultedText } from './default-container.ts'
import { findTarget, isTarget, podBehind } from './find-target.ts'
import { reachKubelet, unopenedText } from './reach-kubelet.ts'

/** What kubectl says of itself where it was to pass on a terminal that it has not. */
export const NO_TERMINAL = 'Unable to use a TTY - input is not a terminal or the right kind of file\n'

/** What is answered where a program that was to run in a container is not there. */
export type Lack = Reply & { readonly lacks?: string }

const notFound = (before: string, word = ''): Lack => ({
  lacks: word,
  stderr: `${before}error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "${word}": executable file not found in $PATH: unknown\n`,
  exit: 126,
})

/** Runs words inside a container: a shell with a terminal is entered, anything else is run and waited for. */
export const runInside = async (
  client: Pick<Client, 'call'>,
  { post, words, isInteractive }: { post: Post; words: readonly string[]; isInteractive: boolean },
): Promise<Lack> => {
  const { passage, stdin } = client.call
  const isPlainShell = words.length === 1 && isShell(words[0] ?? '')
  const { container, host } = post
  const isLacking =
    isPlainShell && container !== undefined && !isInImage(container.image, baseName(words[0] ?? ''))
  if (isPlainShell && isInteractive && passage.hasTerminal && !isLacking) {
    passage.enter(post)
    return { tookMs: 300 }
  }
  const missing = isInteractive && !passage.hasTerminal ? NO_TERMINAL : ''
  const carrier = host.planet?.runtime === undefined ? host : host.planet
  const lacking =
    container === undefined
      ? undefined
      : runcProblem(carrier, { doing: 'OCI runtime exec failed', id: container.id })
  if (lacking !== undefined)
    return {
      stderr: `${missing}error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: ${lacking}\n`,
      exit: 1,
    }
  const isBare = container !== undefined && toolsOf(container.image) === 'none'
  if (isLacking || (isBare && container.command[0] !== words[0])) return notFound(missing, words[0])
  const line = isPlainShell ? stdin : quoteWords(words)
  const reply = await passage.runAt(post, line, isPlainShell ? {} : { stdin })
  const stderr = `${missing}${reply.stderr ?? ''}`
  // What a shell does not find is told by the shell.
  const isOfShell = isShell(words[0] ?? '') && words.length > 1
  if (reply.exit === 127 && !isOfShell && /not found/.test(reply.stderr ?? ''))
    return notFound(missing, words[0])
  return {
    ...reply,
    stderr: `${stderr}${(reply.exit ?? 0) === 0 ? '' : `command terminated with exit code ${reply.exit}\n`}`,
    tookMs: 250,
  }
}

const podAsked = (client: Client, target: string): KubeObject | Reply => {
  const found = findTarget(client, target)
  return isTarget(found) ? podBehind(client, found) : found
}

/** The running container of a pod that a command goes to, with its place. */
export const containerAsked = (
  client: Client,
  pod: KubeObject,
): { readonly place: ClusterHost; readonly container: Container } | Reply => {
  const asked = client.args.flags.get('container') ?? containerSpecs(pod)[0]?.name ?? ''
  if (!allSpecs(pod).some(({ name }) => name === asked))
    return {
      stderr: `Error from server (BadRequest): container ${asked} is not valid for pod ${pod.metadata.name}\n`,
      exit: 1,
    }
  if (pod.spec?.nodeName === undefined)
    return {
      stderr: `Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned\n`,
      exit: 1,
    }
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
    return {
      stderr: `error: cannot exec into a container in a completed pod; current phase is ${pod.status.phase}\n`,
      exit: 1,
    }
  const place = reachKubelet(client, pod, `exec/${pod.metadata.namespace}/${pod.metadata.name}/${asked}`)
  if ('problem' in place)
    return {
      stderr: `${place.refusal === undefined ? 'Error from server' : 'error'}: ${unopenedText(place)}\n`,
      exit: 1,
      tookMs: place.tookMs,
    }
  const container = containersOf(place.machine, uidOf(pod), asked).at(-1)
  if (container?.state !== 'running')
    return { stderr: `error: unable to upgrade connection: container not found ("${asked}")\n`, exit: 1 }
  return { place, container }
}

/** `kubectl exec`. */
export const execInPod = async (client: Client): Promise<Reply> => {
  const { args, call } = client
  const [, target, ...older] = args.words
  if (target === undefined)
    return { stderr: 'error: pod, type/name or --filename must be specified\n', exit: 1 }
  const words = args.rest.length > 0 ? args.rest : older
  const pod = podAsked(client, target)
  if (!('metadata' in pod)) return pod
  if (words.length === 0)
    return { stderr: 'error: you must specify at least one command for the container\n', exit: 1 }
  const found = containerAsked(client, pod)
  if (!('container' in found)) return found
  const hint =
    args.rest.length === 0
      ? 'kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n'
      : ''
  const chosen = args.flags.has('container') ? '' : defaultedText(pod)
  const reply = await runInside(
    { call },
    { post: postIn(call.world, found.place, found.container), words, isInteractive: args.flags.has('tty') },
  )
  return { ...reply, stderr: `${hint}${chosen}${reply.stderr ?? ''}` }
}
