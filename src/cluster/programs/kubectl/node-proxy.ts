import { findNode, namesAt } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { uidOf } from '../../kube/pod.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import type { ClusterHost } from '../../relations/cluster-hosts.ts'
import { evictionsOf } from '../../relations/evictions.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { kernelMemoryOf } from '../../relations/kernel-memory.ts'
import { workingSettings } from '../../relations/kubelet-defaults.ts'
import { memoryCapacity } from '../../relations/node-thresholds.ts'
import { nodeUseOf } from '../../relations/node-use.ts'
import { pageFaultsOf } from '../../relations/paging.ts'
import { containersOf } from '../../relations/pods.ts'
import { processesOf } from '../../relations/processes.ts'
import { processorTimeOf } from '../../relations/processor-time.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Client } from './client.ts'
import { refusedWish } from './forbidden.ts'
import { probeMetrics } from './probe-metrics.ts'
import { reachKubelet, unproxiedText } from './reach-kubelet.ts'

import { containerMetrics, resourceMetrics } from './usage-metrics.ts'

type Asked = { readonly world: World; readonly place: ClusterHost; readonly name: string }

const podsOn = ({ world, name }: Asked): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod').filter(({ spec }) => spec?.nodeName === name)

/** The pods of which something runs. */
const runningPods = (asked: Asked): readonly KubeObject[] =>
  podsOn(asked).filter(pod =>
    containersOf(asked.place.machine, uidOf(pod)).some(({ state }) => state === 'running'),
  )

const filesystemStats = ({ world, place }: Asked, path: string) => {
  const { host } = place
  const filesystem = filesystemOf(host, path)
  if (filesystem === undefined) return undefined
  const { usedBytes, usedInodes } = filesystemUse(host, filesystem)
  const { sizeBytes, reservedBytes, inodes } = filesystem
  return {
    time: isoOf(world.nowMs),
    availableBytes: Math.max(0, sizeBytes - reservedBytes - usedBytes),
    capacityBytes: sizeBytes,
    usedBytes,
    inodesFree: inodes - usedInodes,
    inodes,
    inodesUsed: usedInodes,
  }
}

/** What the kubelet weighs when it evicts: the figures of the node, of its filesystems and its pods. */
const summary = (asked: Asked): string => {
  const { world, place, name } = asked
  const { host } = place
  const time = isoOf(world.nowMs)
  const { cpuMillis, memoryBytes: used } = nodeUseOf(host)
  const { userMs, systemMs } = processorTimeOf(world, host)
  const kernelMemory = new Map(kernelMemoryOf(host))
  const faults = pageFaultsOf(world, host)
  const figures = {
    node: {
      nodeName: name,
      startTime: isoOf(host.bootedMs),
      cpu: {
        time,
        usageNanoCores: cpuMillis * 1_000_000,
        usageCoreNanoSeconds: Math.round(userMs + systemMs) * 1_000_000,
      },
      memory: {
        time,
        availableBytes: memoryCapacity(host) - used,
        usageBytes: used + (kernelMemory.get('Inactive(file)') ?? 0),
        workingSetBytes: used,
        rssBytes: kernelMemory.get('AnonPages') ?? 0,
        pageFaults: faults.all,
        majorPageFaults: faults.major,
      },
      fs: filesystemStats(asked, '/var/lib/kubelet'),
      runtime: { imageFs: filesystemStats(asked, '/var/lib/containerd') },
      rlimit: {
        time,
        maxpid: Number(host.sysctls.get('kernel.pid_max') ?? 4_194_304),
        curproc: processesOf(world, host).length,
      },
    },
    pods: runningPods(asked).map(pod => ({
      podRef: { name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid },
      startTime: pod.status?.startTime,
      containers: containersOf(place.machine, uidOf(pod))
        .filter(({ state }) => state === 'running')
        .map(({ name: container, cpuMillis: millis, memoryBytes }) => ({
          name: container,
          cpu: { time, usageNanoCores: millis * 1_000_000 },
          memory: { time, workingSetBytes: Math.round(memoryBytes) },
        })),
    })),
  }
  return JSON.stringify(figures, undefined, 1)
}

/** How many pods the kubelet has thrown off since its start, by what was short. */
const evictionRows = ({ place: { machine } }: Asked): readonly string[] => {
  const evictions = evictionsOf(machine)
  return evictions.length === 0
    ? []
    : [
        '# HELP kubelet_evictions [ALPHA] Cumulative number of pod evictions by eviction signal',
        '# TYPE kubelet_evictions counter',
        ...evictions.map(({ signal, count }) => `kubelet_evictions{eviction_signal="${signal}"} ${count}`),
      ]
}

const metrics = (asked: Asked): string => {
  const running = (asked.place.machine.runtime?.containers ?? []).filter(({ state }) => state === 'running')
  return [
    '# HELP kubelet_running_containers [ALPHA] Number of containers currently running',
    '# TYPE kubelet_running_containers gauge',
    `kubelet_running_containers{container_state="running"} ${running.length}`,
    '# HELP kubelet_running_pods [ALPHA] Number of pods that have a running pod sandbox',
    '# TYPE kubelet_running_pods gauge',
    `kubelet_running_pods ${new Set(running.map(({ sandboxId }) => sandboxId)).size}`,
    "# HELP kubelet_node_name [ALPHA] The node's name. The count is always 1.",
    '# TYPE kubelet_node_name gauge',
    `kubelet_node_name{node="${asked.name}"} 1`,
    ...evictionRows(asked),
    '',
  ].join('\n')
}

/** The files below /var/log as the kubelet serves them; `undefined` for what is not there. */
const logs = ({ world, place }: Asked, rest: string): string | undefined => {
  const at = { world, machine: place.host }
  const path = resolvePath('/var/log', decodeURIComponent(rest))
  const node = path.startsWith('/var/log') ? findNode(at, path, 'links') : undefined
  if (node === undefined) return undefined
  if (node.kind !== 'directory') return node.text + (sizeOf(node) > node.text.length ? '\n' : '')
  const entries = namesAt(at, path).map(name => {
    const isFolder = findNode(at, `${path}/${name}`, 'links')?.kind === 'directory'
    return `<a href="${name}${isFolder ? '/' : ''}">${name}${isFolder ? '/' : ''}</a>\n`
  })
  return `<pre>\n${entries.join('')}</pre>\n`
}

const answerTo = (asked: Asked, route: string): string | undefined => {
  const { place } = asked
  if (/^(healthz|healthz\/(ping|log|syncloop))$/.test(route)) return 'ok'
  if (route === 'stats/summary') return summary(asked)
  if (route === 'metrics/probes') return probeMetrics(asked.world, place.machine)
  if (route === 'metrics/resource') return resourceMetrics(asked.world, place)
  if (route === 'metrics/cadvisor') return containerMetrics(asked.world, place)
  if (route === 'metrics') return metrics(asked)
  if (route === 'pods' || route === 'runningpods') {
    const items = route === 'pods' ? podsOn(asked) : runningPods(asked)
    return `${JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items })}\n`
  }
  if (route === 'configz') return JSON.stringify({ kubeletconfig: workingSettings(place.machine) })
  const log = /^logs(?:\/(.*))?$/.exec(route)
  return log === null ? undefined : logs(asked, log[1] ?? '')
}

/** The node and the kubelet's path in a path such as `/api/v1/nodes/NAME/proxy/healthz`; `undefined` in any other. */
export const nodeProxyPath = (
  path: string,
): { readonly name: string; readonly route: string } | undefined => {
  const read = /^\/api\/v1\/nodes\/(?:https:)?([^/:]+)(?::10250)?\/proxy(?:\/([^?]*))?(?:\?.*)?$/.exec(path)
  return read === null ? undefined : { name: read[1] ?? '', route: read[2] ?? '' }
}

/** What a node's kubelet answers through the API server. */
export const askNode = (
  client: Client,
  { name, route }: { readonly name: string; readonly route: string },
): Reply => {
  const { world } = client.call
  const refused = refusedWish(client, { verb: 'get', resource: 'nodes/proxy', name })
  if (refused !== undefined) return { stderr: `Error from server (Forbidden): ${refused}\n`, exit: 1 }
  const node = getObject(world.kube, { kind: 'Node', name })
  if (node === undefined)
    return { stderr: `Error from server (NotFound): nodes "${name}" not found\n`, exit: 1 }
  const place = reachKubelet(client, { ...node, spec: { nodeName: name } }, route)
  if ('problem' in place && place.refusal !== undefined)
    return { stderr: unproxiedText(place), exit: 1, tookMs: place.tookMs }
  if ('problem' in place) {
    const why = place.problem.replace(/^Get "[^"]*": /, '')
    return {
      stderr: `Error from server (ServiceUnavailable): error trying to reach service: ${why}\n`,
      exit: 1,
      tookMs: place.tookMs,
    }
  }
  const answer = answerTo({ world, place, name }, route)
  return answer === undefined
    ? { stderr: 'Error from server (NotFound): the server could not find the requested resource\n', exit: 1 }
    : { stdout: answer }
}
