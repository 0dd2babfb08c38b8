import { fitsSelector, readSelector } from '../../kube/labels.ts'
import { allSpecs, containerSpecs, uidOf } from '../../kube/pod.ts'
import { listObjects } from '../../kube/store.ts'
import { nanoIsoOf } from '../../kube/times.ts'
import { hostOfNode } from '../../relations/cluster-hosts.ts'
import { containersOf, isFinished } from '../../relations/pods.ts'
import { watchProblem } from '../../relations/resource-limits.ts'
import type { Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import type { LogLine } from '../../world/journal-entry.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import type { Client } from './client.ts'
import { podsOwnedBy } from './columns.ts'
import { defaultedText } from './default-container.ts'
import { findTarget, isTarget, podBehind } from './find-target.ts'
import { noneFound } from './none-found.ts'
import { reachKubelet, unreadText } from './reach-kubelet.ts'

const lineText = (client: Client, line: LogLine): string =>
  client.args.flags.has('timestamps') ? `${nanoIsoOf(line.shownMs ?? line.atMs)} ${line.text}` : line.text

const tailOf = ({ args: { flags } }: Client): number =>
  Number(flags.get('tail') ?? (flags.has('selector') ? 10 : -1))

const chosenLines = (client: Client, { log }: Container): readonly LogLine[] => {
  const since = durationOf(client.args, 'since') ?? 0
  const recent = since === 0 ? log : log.filter(line => line.atMs >= client.call.world.nowMs - since)
  const tail = tailOf(client)
  return tail < 0 ? recent : recent.slice(Math.max(0, recent.length - tail))
}

const waitingText = (pod: KubeObject, name: string): string => {
  const status = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ].find((s: KubeValue) => s.name === name)
  if (status === undefined && isFinished(pod))
    return `Error from server (BadRequest): container "${name}" in pod "${pod.metadata.name}" is not available\n`
  const reason: string = status?.state?.waiting?.reason ?? 'ContainerCreating'
  const why =
    reason === 'ErrImagePull'
      ? "image can't be pulled"
      : reason === 'ImagePullBackOff'
        ? 'trying and failing to pull image'
        : reason
  return `Error from server (BadRequest): container "${name}" in pod "${pod.metadata.name}" is waiting to start: ${why}\n`
}

/** The name of a container that has ended and that its runtime no longer has. */
const lostId = (pod: KubeObject, name: string): string | undefined =>
  pod.status?.containerStatuses?.find((s: KubeValue) => s.name === name)?.state?.terminated?.containerID

type Source = { readonly container: Container; readonly prefix: string }

const containerNames = (client: Client, pod: KubeObject): readonly string[] => {
  const { flags } = client.args
  const names = containerSpecs(pod).map(spec => spec.name)
  const all = allSpecs(pod).map(spec => spec.name)
  const asked = flags.get('container') ?? client.args.words[2]
  if (asked !== undefined) return all.includes(asked) ? [asked] : [`?${asked}`]
  return flags.get('all-containers') === 'true' ? all : names.slice(0, 1)
}

/** What the API server asks a kubelet for beside the container: the options of `PodLogOptions` that are set, by name. */
const queryOf = (client: Client): string => {
  const { args } = client
  const isOn = (flag: string): boolean => args.flags.get(flag) === 'true'
  const sinceMs = durationOf(args, 'since') ?? 0
  const tail = tailOf(client)
  const options = [
    ...(isOn('follow') ? ['follow=true'] : []),
    ...(isOn('previous') ? ['previous=true'] : []),
    ...(sinceMs > 0 ? [`sinceSeconds=${Math.ceil(sinceMs / 1_000)}`] : []),
    ...(tail < 0 ? [] : [`tailLines=${tail}`]),
    ...(isOn('timestamps') ? ['timestamps=true'] : []),
  ]
  return options.length === 0 ? '' : `?${options.join('&')}`
}

/** The containers whose logs of a pod are asked for, or why there are none. */
const sourcesOf = (client: Client, pod: KubeObject): readonly Source[] | Reply => {
  if (pod.spec?.nodeName === undefined)
    return {
      stderr: `Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned\n`,
      exit: 1,
    }
  const found: Source[] = []
  for (const name of containerNames(client, pod)) {
    if (name.startsWith('?'))
      return {
        stderr: `error: container ${name.slice(1)} is not valid for pod ${pod.metadata.name}\n`,
        exit: 1,
      }
    const path = `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${name}${queryOf(client)}`
    const place = reachKubelet(client, pod, path)
    if ('problem' in place)
      return {
        stderr: unreadText(place, ` ( pods/log ${pod.metadata.name})`),
        exit: 1,
        tookMs: place.tookMs,
      }
    const all = containersOf(place.machine, uidOf(pod), name)
    const isPrevious = client.args.flags.has('previous')
    const container = isPrevious
      ? all.filter(c => c.state === 'exited' && (c !== all.at(-1) || all.length === 1)).at(-1)
      : all.at(-1)
    if (container === undefined && isPrevious)
      return {
        stderr: `Error from server (BadRequest): previous terminated container "${name}" in pod "${pod.metadata.name}" not found\n`,
        exit: 1,
      }
    if (container === undefined) {
      const lost = lostId(pod, name)
      return lost === undefined
        ? { stderr: waitingText(pod, name), exit: 1 }
        : { stdout: `unable to retrieve container logs for ${lost}` }
    }
    found.push({
      container,
      prefix: client.args.flags.has('prefix') ? `[pod/${pod.metadata.name}/${name}] ` : '',
    })
  }
  return found
}

const podsAsked = (client: Client): readonly KubeObject[] | Reply => {
  const { words, flags } = client.args
  const { world } = client.call
  const selector = flags.get('selector')
  if (selector !== undefined) {
    const labels = readSelector(selector)
    const pods = listObjects(world.kube, 'Pod', client.namespace).filter(p =>
      fitsSelector(p.metadata.labels, labels),
    )
    return pods.length > 0 ? pods : { stderr: noneFound(client, true) }
  }
  const target = words[1]
  if (target === undefined)
    return {
      stderr:
        "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples\n",
      exit: 1,
    }
  const found = findTarget(client, target)
  if (!isTarget(found)) return found
  const pod = podBehind(client, found)
  return 'metadata' in pod ? [pod] : pod
}

const isReply = (value: readonly unknown[] | Reply): value is Reply => !Array.isArray(value)

const defaulted = (client: Client, pod: KubeObject): string => {
  const { flags, words } = client.args
  const isChosen = flags.has('container') || flags.has('all-containers') || words[2] !== undefined
  return isChosen ? '' : defaultedText(pod)
}

/** Which pod kubectl looks at where an object has several. */
const chosen = (client: Client, pod: KubeObject): string => {
  const found = findTarget(client, client.args.words[1] ?? '')
  if (!isTarget(found) || found.kind.kind === 'Pod') return ''
  const all = podsOwnedBy(client.call.world, found.object).length
  return all < 2 ? '' : `Found ${all} pods, using pod/${pod.metadata.name}\n`
}

/** What kubectl says of its choices before it asks for any log. */
const announced = (client: Client, pods: readonly KubeObject[]): string => {
  const [pod] = pods
  const owned = pod === undefined || client.args.flags.has('selector') ? '' : chosen(client, pod)
  return owned + pods.map(one => defaulted(client, one)).join('')
}

/** `kubectl logs`. */
export const showLogs = (client: Client): Reply => {
  const pods = podsAsked(client)
  if (isReply(pods)) return pods
  const stderr = announced(client, pods)
  const sources: Source[] = []
  for (const pod of pods) {
    const found = sourcesOf(client, pod)
    if (isReply(found)) return { stdout: '', ...found, stderr: stderr + (found.stderr ?? '') }
    sources.push(...found)
  }
  const text = (source: Source, lines: readonly LogLine[]): string =>
    lines.map(line => `${source.prefix}${lineText(client, line)}\n`).join('')
  const stdout = sources.map(source => text(source, chosenLines(client, source.container))).join('')
  if (client.args.flags.get('follow') !== 'true')
    return { stdout, stderr, tookMs: client.answer.latencyMs * 2 }
  const watchless = pods.some(pod => {
    const place = hostOfNode(client.call.world, pod.spec?.nodeName ?? '')
    return place !== undefined && watchProblem(place.host) !== undefined
  })
  if (watchless) return { stdout: `${stdout}failed to create fsnotify watcher: too many open files`, stderr }
  const seen = new Map(sources.map(({ container }) => [container, container.log.at(-1)]))
  return {
    stdout,
    stderr,
    follow: {
      next: () =>
        sources
          .map(source => {
            const { log } = source.container
            const last = seen.get(source.container)
            const fresh = last === undefined ? log : log.slice(log.lastIndexOf(last) + 1)
            seen.set(source.container, log.at(-1))
            return text(source, fresh)
          })
          .join(''),
      isOver: () => sources.every(({ container }) => container.state !== 'running'),
    },
  }
}
