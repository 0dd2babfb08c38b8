import { manifestDigestOf, repoDigestsOf } from '../../relations/image-names.ts'
import { processesOf } from '../../relations/processes.ts'
import { runtimeProblem } from '../../relations/runtime-problem.ts'
import { pauseImageOf } from '../../relations/runtime-settings.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import type { ContainerRuntime } from '../../world/container.ts'

const columns = (rows: readonly (readonly string[])[], gap: number): string => {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length + gap)
  return rows.map(row => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('')}\n`).join('')
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`

const images = (runtime: ContainerRuntime, isQuiet: boolean): string => {
  const all = runtime.images
    .flatMap(i =>
      [...i.tags, ...repoDigestsOf(i), i.id].map(name => [
        name,
        'application/vnd.oci.image.index.v1+json',
        manifestDigestOf(i.id),
        mebibytes(i.sizeBytes),
        'linux/amd64',
        `io.cri-containerd.image=managed${i.isPinned ? ',io.cri-containerd.pinned=pinned' : ''}`,
      ]),
    )
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  if (isQuiet) return all.map(row => `${row[0]}\n`).join('')
  return columns([['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'], ...all], 1)
}

/** Whatever has an id, by it as containerd keeps its names: containers, and the sandboxes that hold their namespaces. */
const heldBy = (
  { machine }: Call,
  runtime: ContainerRuntime,
): readonly (readonly [id: string, image: string])[] =>
  [
    ...runtime.containers.map(({ id, image }) => [id, image] as const),
    ...runtime.sandboxes.map(({ id }) => [id, pauseImageOf(machine)] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1))

/** The first processes of what runs. */
const tasksOf = ({ world, machine }: Call, runtime: ContainerRuntime): readonly (readonly string[])[] => {
  if (runtime.containers.length + runtime.sandboxes.length === 0) return []
  const pauses = processesOf(world, machine).filter(({ kind }) => kind === 'pause')
  return [
    ...runtime.containers.filter(({ state }) => state === 'running').map(({ id, pid }) => [id, pid] as const),
    ...pauses.map(({ sandboxId = '', pid }) => [sandboxId, pid] as const),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, pid]) => [id, String(pid), 'RUNNING'])
}

const list = (
  call: Call,
  runtime: ContainerRuntime,
  [what = '', action = 'ls', ...rest]: readonly string[],
): Reply => {
  if (!/^(ls|list)$/.test(action)) return { stderr: `ctr: unknown command "${action}"\n`, exit: 1 }
  const isQuiet = rest.includes('-q')
  if (/^(i|images?)$/.test(what)) return { stdout: images(runtime, isQuiet) }
  if (/^(c|containers?)$/.test(what))
    return {
      stdout: isQuiet
        ? heldBy(call, runtime)
            .map(([id]) => `${id}\n`)
            .join('')
        : columns(
            [
              ['CONTAINER', 'IMAGE', 'RUNTIME'],
              ...heldBy(call, runtime).map(([id, image]) => [id, image, 'io.containerd.runc.v2']),
            ],
            4,
          ),
    }
  if (/^(t|tasks?)$/.test(what))
    return {
      stdout: columns([['TASK', 'PID', 'STATUS'], ...tasksOf(call, runtime)], 4),
    }
  if (/^(ns|namespaces?)$/.test(what)) return { stdout: 'NAME   LABELS \nk8s.io        \n' }
  if (/^plugins?$/.test(what))
    return {
      stdout: `TYPE                                  ID                       PLATFORMS      STATUS    \nio.containerd.snapshotter.v1          overlayfs                linux/amd64    ok        \nio.containerd.grpc.v1                 cri                      linux/amd64    ok        \n`,
    }
  return { stderr: `ctr: '${what}' is not known on ${call.machine.name}\n`, exit: 1 }
}

/** ctr(1), containerd's own client. */
export const ctr: Program = {
  names: ['ctr'],
  isInstalled: ({ machine, container }) => container === undefined && machine.runtime?.kind === 'containerd',
  run: call => {
    const { runtime } = call.machine
    const words = call.args.filter(
      (word, at) =>
        !/^(-n|--namespace|-a|--address)$/.test(word) &&
        !/^(-n|--namespace|-a|--address)$/.test(call.args[at - 1] ?? '') &&
        !/^--(namespace|address)=/.test(word),
    )
    const at = call.args.findIndex(word => word === '-n' || word === '--namespace')
    const joined = call.args.find(word => word.startsWith('--namespace='))?.slice('--namespace='.length)
    const named = at === -1 ? (joined ?? call.env.CONTAINERD_NAMESPACE) : call.args[at + 1]
    if (runtime === undefined || runtimeProblem(call.machine) !== undefined)
      return {
        stderr:
          'ctr: failed to dial "/run/containerd/containerd.sock": connection error: desc = "transport: error while dialing: dial unix:///run/containerd/containerd.sock: timeout"\n',
        exit: 1,
        tookMs: 10_000,
      }
    if (words[0] === 'version')
      return {
        stdout: `Client:\n  Version:  v${runtime.version}\n  Revision: 7c3aca7a610df76212171d200ca3811ff6096eb8\n  Go version: go1.20.13\n\nServer:\n  Version:  v${runtime.version}\n  Revision: 7c3aca7a610df76212171d200ca3811ff6096eb8\n  UUID: fc1414b0-9170-405b-a5f5-447e1935300a\n`,
      }
    const isOurs = named === 'k8s.io' || /^(ns|namespaces?|plugins?)$/.test(words[0] ?? '')
    return list(call, isOurs ? runtime : { ...runtime, images: [], containers: [], sandboxes: [] }, words)
  },
}
