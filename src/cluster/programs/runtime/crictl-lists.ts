import { manifestDigestOf, repoDigestsOf } from '../../relations/image-names.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { Container, ContainerRuntime, Image, Sandbox } from '../../world/container.ts'
import type { CrictlArguments } from './crictl-arguments.ts'

const WIDTH = 20
const SHORT_ID = 13

/** Rows as crictl sets them: columns twenty wide, wider where a cell wants it. */
export const crictlTable = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? WIDTH, cell.length + 1)
  return rows
    .map(
      row =>
        `${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? WIDTH))).join('')}\n`,
    )
    .join('')
}

const plural = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`

/** The time since a point as Docker and crictl say it: `45 seconds ago`, `About a minute ago`, `2 days ago`. */
export const agoText = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second ago'
  if (seconds < 60) return `${plural(seconds, 'second')} ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute ago'
  if (minutes < 60) return `${minutes} minutes ago`
  const hours = Math.round(seconds / 3600)
  if (hours === 1) return 'About an hour ago'
  if (hours < 48) return `${hours} hours ago`
  const days = Math.floor(hours / 24)
  if (days < 14) return `${days} days ago`
  return days < 60 ? `${Math.floor(days / 7)} weeks ago` : `${Math.floor(days / 30)} months ago`
}

const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, SHORT_ID)

const stateNames = { created: 'Created', running: 'Running', exited: 'Exited' } as const

/** Containers, the newest first, chosen by crictl's flags. */
const chosen = (runtime: ContainerRuntime, { flags, words }: CrictlArguments): readonly Container[] => {
  const state = flags.get('state')?.toLowerCase()
  const isAll = flags.has('all') || state !== undefined || flags.has('latest') || flags.has('last')
  const name = flags.get('name')
  const pod = flags.get('pod')
  const image = flags.get('image')
  const id = flags.get('id') ?? words[0]
  const matching = [...runtime.containers]
    .filter(c => isAll || c.state === 'running')
    .filter(c => state === undefined || c.state === state)
    .filter(c => name === undefined || new RegExp(name).test(c.name))
    .filter(c => pod === undefined || c.sandboxId.startsWith(pod))
    .filter(c => image === undefined || c.image.includes(image) || short(c.imageId).startsWith(image))
    .filter(c => id === undefined || c.id.startsWith(id))
    .sort((a, b) => b.createdMs - a.createdMs)
  const last = flags.has('latest') ? 1 : Number(flags.get('last') ?? 0)
  return last > 0 ? matching.slice(0, last) : matching
}

const containerJson = (runtime: ContainerRuntime, c: Container) => ({
  id: c.id,
  podSandboxId: c.sandboxId,
  metadata: { name: c.name, attempt: c.attempt },
  image: { image: c.imageId, annotations: {} },
  imageRef: c.imageId,
  state: `CONTAINER_${c.state.toUpperCase()}`,
  createdAt: String(c.createdMs * 1_000_000),
  labels: {
    'io.kubernetes.container.name': c.name,
    'io.kubernetes.pod.name': c.podName,
    'io.kubernetes.pod.namespace': c.namespace,
    'io.kubernetes.pod.uid': runtime.sandboxes.find(({ id }) => id === c.sandboxId)?.kubeUid ?? '',
  },
  annotations: { 'io.kubernetes.container.restartCount': String(c.attempt) },
})

/** `crictl ps`. */
export const listContainers = ({ world }: Call, runtime: ContainerRuntime, args: CrictlArguments): Reply => {
  const containers = chosen(runtime, args)
  if (args.flags.has('quiet')) return { stdout: containers.map(c => `${c.id}\n`).join('') }
  if (args.flags.get('output') === 'json')
    return {
      stdout: `${JSON.stringify({ containers: containers.map(c => containerJson(runtime, c)) }, undefined, 2)}\n`,
    }
  const rows = containers.map(c => [
    short(c.id),
    short(c.imageId),
    agoText(world.nowMs - c.createdMs),
    stateNames[c.state],
    c.name,
    String(c.attempt),
    short(c.sandboxId),
    c.podName,
  ])
  return {
    stdout: crictlTable([
      ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD'],
      ...rows,
    ]),
  }
}

const podState = (sandbox: Sandbox): string => (sandbox.state === 'ready' ? 'Ready' : 'NotReady')

/** `crictl pods`. */
export const listPods = (
  { world }: Call,
  runtime: ContainerRuntime,
  { flags, words }: CrictlArguments,
): Reply => {
  const name = flags.get('name')
  const state = flags.get('state')?.toLowerCase()
  const id = flags.get('id') ?? words[0]
  const pods = [...runtime.sandboxes]
    .filter(s => name === undefined || new RegExp(name).test(s.name))
    .filter(s => flags.get('namespace') === undefined || s.namespace === flags.get('namespace'))
    .filter(s => state === undefined || s.state === (state === 'ready' ? 'ready' : 'not-ready'))
    .filter(s => id === undefined || s.id.startsWith(id))
    .sort((a, b) => b.createdMs - a.createdMs)
  if (flags.has('quiet')) return { stdout: pods.map(s => `${s.id}\n`).join('') }
  if (flags.get('output') === 'json')
    return {
      stdout: `${JSON.stringify({ items: pods.map(s => ({ id: s.id, metadata: { name: s.name, uid: s.kubeUid, namespace: s.namespace, attempt: s.attempt }, state: s.state === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY', createdAt: String(s.createdMs * 1_000_000), labels: s.labels, annotations: {}, runtimeHandler: '' })) }, undefined, 2)}\n`,
    }
  const rows = pods.map(s => [
    short(s.id),
    agoText(world.nowMs - s.createdMs),
    podState(s),
    s.name,
    s.namespace,
    String(s.attempt),
    '(default)',
  ])
  return {
    stdout: crictlTable([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...rows]),
  }
}

/** Bytes in powers of a thousand, as crictl and docker print sizes. */
export const sizeText = (bytes: number, digits = 3): string => {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let at = 0
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000
    at += 1
  }
  return `${Number(value.toPrecision(digits))}${units[at]}`
}

const imageRows = (
  { id, tags, sizeBytes }: Image,
  flags: CrictlArguments['flags'],
): readonly (readonly string[])[] => {
  const shown = flags.has('no-trunc') ? (name: string) => name : short
  return tags.map(tag => {
    const at = tag.lastIndexOf(':')
    const digest = flags.has('digests') ? [shown(manifestDigestOf(id))] : []
    return [tag.slice(0, at), tag.slice(at + 1), ...digest, shown(id), sizeText(sizeBytes)]
  })
}

/** `crictl images`. */
export const listImages = (runtime: ContainerRuntime, { flags, words }: CrictlArguments): Reply => {
  const images = [...runtime.images]
    .filter(i => words[0] === undefined || i.tags.some(t => t.includes(words[0] ?? '')))
    .sort((a, b) => ((a.tags[0] ?? '') < (b.tags[0] ?? '') ? -1 : 1))
  if (flags.has('quiet')) return { stdout: images.map(i => `${i.id}\n`).join('') }
  if (flags.get('output') === 'json')
    return {
      stdout: `${JSON.stringify({ images: images.map(i => ({ id: i.id, repoTags: i.tags, repoDigests: repoDigestsOf(i), size: String(i.sizeBytes), uid: null, username: '', spec: null, pinned: i.isPinned })) }, undefined, 2)}\n`,
    }
  const head = ['IMAGE', 'TAG', ...(flags.has('digests') ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE']
  return { stdout: crictlTable([head, ...images.flatMap(image => imageRows(image, flags))]) }
}
