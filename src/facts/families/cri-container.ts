import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, listAt, numberAt, textAt } from './json-value.ts'

/** How many digits of an id crictl shows; rows of listings and of single containers are united by them. */
const SHOWN = 13

/** An id as listings show it. */
export const shortId = (id: string | undefined): string | undefined => id?.slice(0, SHOWN)

// Instants stand as ISO text in `inspect` and as nanoseconds in listings; zero and the year 1 mean never.
export const criInstant = (value: string | undefined): string | undefined => {
  if (value === undefined || value === '0' || value.startsWith('0001-')) return undefined
  if (!/^\d+$/.test(value)) return value
  const milliseconds = Number(value.slice(0, -6))
  return Number.isSafeInteger(milliseconds) && milliseconds < 8e15
    ? new Date(milliseconds).toISOString()
    : undefined
}

const word = (state: string | undefined): string | undefined =>
  state?.replace(/^(?:CONTAINER|SANDBOX)_/, '').toLowerCase()

const label = (status: unknown, name: string): string | undefined =>
  textAt(status, 'labels', `io.kubernetes.${name}`)

const restartsOf = (status: unknown): number | undefined =>
  numberAt(status, 'annotations', 'io.kubernetes.container.restartCount')

/** A container as `crictl inspect` and `crictl ps -o json` tell it. Exit code and end are those of a container that has ended. */
export const readCriContainer = (status: unknown, info?: unknown): FactValue => {
  const state = word(textAt(status, 'state'))
  const ended = state === 'exited'
  const memory = numberAt(status, 'resources', 'linux', 'memoryLimitInBytes')
  return record({
    id: shortId(textAt(status, 'id')),
    name: textAt(status, 'metadata', 'name'),
    image: textAt(status, 'image', 'userSpecifiedImage') || textAt(status, 'image', 'image'),
    state,
    attempt: numberAt(status, 'metadata', 'attempt'),
    podId: shortId(textAt(status, 'podSandboxId') ?? textAt(info, 'sandboxID')),
    pod: label(status, 'pod.name'),
    namespace: label(status, 'pod.namespace'),
    createdAt: criInstant(textAt(status, 'createdAt')),
    startedAt: criInstant(textAt(status, 'startedAt')),
    finishedAt: criInstant(textAt(status, 'finishedAt')),
    exitCode: ended ? numberAt(status, 'exitCode') : undefined,
    reason: textAt(status, 'reason'),
    message: textAt(status, 'message'),
    restarts: restartsOf(status),
    pid: numberAt(info, 'pid') || undefined,
    memoryLimit: memory === 0 ? undefined : memory,
    logPath: textAt(status, 'logPath'),
  })
}

/** A pod's sandbox as `crictl inspectp` and `crictl pods -o json` tell it. */
export const readCriSandbox = (status: unknown): FactValue =>
  record({
    id: shortId(textAt(status, 'id')),
    name: textAt(status, 'metadata', 'name'),
    namespace: textAt(status, 'metadata', 'namespace'),
    state: word(textAt(status, 'state')),
    attempt: numberAt(status, 'metadata', 'attempt'),
    createdAt: criInstant(textAt(status, 'createdAt')),
    ip: textAt(status, 'network', 'ip'),
    runtime: textAt(status, 'runtimeHandler'),
  })

/** An image as `crictl images -o json` tells it, one row a name. */
export const readCriImages = (image: unknown): readonly FactValue[] => {
  const names = listAt(image, 'repoTags').filter(tag => typeof tag === 'string')
  return (names.length === 0 ? ['<none>'] : names).map(name => {
    const colon = name.lastIndexOf(':')
    return record({
      id: shortId(textAt(image, 'id')?.replace(/^sha256:/, '')),
      image: name === '<none>' ? undefined : name.slice(0, colon),
      tag: name === '<none>' ? undefined : name.slice(colon + 1),
      size: numberAt(image, 'size'),
      pinned: at(image, 'pinned') === true ? true : undefined,
    })
  })
}
