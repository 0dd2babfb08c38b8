import { uidOf } from '../../kube/pod.ts'
import type { ClusterHost } from '../../relations/cluster-hosts.ts'
import { memoryCapacity } from '../../relations/node-thresholds.ts'
import { nodeUseOf } from '../../relations/node-use.ts'
import { containerGroup } from '../../relations/pod-group.ts'
import { partsOn } from '../../relations/probes-at.ts'
import { processorTimeOf } from '../../relations/processor-time.ts'
import { uuidOf } from '../../text/uuid-of.ts'
import type { World } from '../../world/world.ts'

/** A number as Prometheus writes it: by Go's shortest `%g`. */
const goFloat = (value: number): string => {
  const [digits = '0', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  return value !== 0 && (exponent < -4 || exponent >= 6)
    ? `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
    : String(value)
}

/** One family of figures: what it is, and its rows without its name. */
type Family = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  readonly rows: readonly (readonly [labels: string, value: number])[]
}

/** A family: one of totals counts up, any other goes up and down. */
const family = (name: string, help: string, rows: Family['rows']): Family => ({
  name,
  help,
  type: name.endsWith('_total') ? 'counter' : 'gauge',
  rows,
})

const textOf = (families: readonly Family[], stampOf: (name: string) => string): string =>
  families
    .map(({ name, help, type, rows }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...rows.map(([labels, value]) => `${name}${labels} ${goFloat(value)}${stampOf(name)}`),
        '',
      ].join('\n'),
    )
    .join('')

/** What a running container has used. */
const usesOn = (world: World, { machine }: ClusterHost) =>
  partsOn(world, machine)
    .filter(({ container }) => container.state === 'running')
    .map(({ pod, container }) => {
      const { startedMs = world.nowMs, cpuMillis, memoryBytes, id } = container
      const labels = `namespace="${container.namespace}",pod="${container.podName}"`
      return {
        uid: uidOf(pod),
        labels,
        own: `container="${container.name}",${labels}`,
        traced: `container="${container.name}",id="${containerGroup(machine, container)}",image="${container.image}",name="${id}",${labels}`,
        startedS: startedMs / 1_000,
        cpuS: Math.round((cpuMillis * (world.nowMs - startedMs)) / 1_000) / 1_000,
        memoryBytes: Math.round(memoryBytes),
      }
    })

const sumsOf = (
  uses: ReturnType<typeof usesOn>,
  figureOf: (use: ReturnType<typeof usesOn>[number]) => number,
): readonly (readonly [string, number])[] => {
  const sums = new Map<string, number>()
  for (const use of uses) sums.set(use.labels, (sums.get(use.labels) ?? 0) + figureOf(use))
  return [...sums].map(([labels, value]) => [`{${labels}}`, value] as const)
}

/** `/metrics/resource` of a kubelet: what its containers, its pods and its machine use. */
export const resourceMetrics = (world: World, place: ClusterHost): string => {
  const uses = usesOn(world, place)
  const { memoryBytes } = nodeUseOf(place.host)
  const { userMs, systemMs } = processorTimeOf(world, place.host)
  const nodeS = Math.round(userMs + systemMs) / 1_000
  const families: readonly Family[] = [
    family(
      'container_cpu_usage_seconds_total',
      '[ALPHA] Cumulative cpu time consumed by the container in core-seconds',
      uses.map(({ own, cpuS }) => [`{${own}}`, cpuS]),
    ),
    family(
      'container_memory_working_set_bytes',
      '[ALPHA] Current working set of the container in bytes',
      uses.map(({ own, memoryBytes: bytes }) => [`{${own}}`, bytes]),
    ),
    family(
      'container_start_time_seconds',
      '[ALPHA] Start time of the container since unix epoch in seconds',
      uses.map(({ own, startedS }) => [`{${own}}`, startedS]),
    ),
    family(
      'node_cpu_usage_seconds_total',
      '[ALPHA] Cumulative cpu time consumed by the node in core-seconds',
      [['', nodeS]],
    ),
    family('node_memory_working_set_bytes', '[ALPHA] Current working set of the node in bytes', [
      ['', memoryBytes],
    ]),
    family(
      'pod_cpu_usage_seconds_total',
      '[ALPHA] Cumulative cpu time consumed by the pod in core-seconds',
      sumsOf(uses, ({ cpuS }) => cpuS),
    ),
    family(
      'pod_memory_working_set_bytes',
      '[ALPHA] Current working set of the pod in bytes',
      sumsOf(uses, ({ memoryBytes: bytes }) => bytes),
    ),
    family('scrape_error', '[ALPHA] 1 if there was an error while getting container metrics, 0 otherwise', [
      ['', 0],
    ]),
  ]
  return textOf(families, name =>
    name === 'container_start_time_seconds' || name === 'scrape_error' ? '' : ` ${world.nowMs}`,
  )
}

const machineLabels = ({ bootId, machineId }: ClusterHost['host']): string =>
  `{boot_id="${uuidOf(bootId)}",machine_id="${machineId}",system_uuid="${uuidOf(machineId)}"}`

/** `/metrics/cadvisor` of a kubelet: what its containers use, by their control groups. */
export const containerMetrics = (world: World, place: ClusterHost): string => {
  const uses = usesOn(world, place)
  const { host, machine } = place
  const families: readonly Family[] = [
    family(
      'cadvisor_version_info',
      "A metric with a constant '1' value labeled by kernel version, OS version, docker version, cadvisor version & cadvisor revision.",
      [
        [
          `{cadvisorRevision="",cadvisorVersion="",dockerVersion="",kernelVersion="${host.os.kernel}",osVersion="${machine.os.prettyName}"}`,
          1,
        ],
      ],
    ),
    family(
      'container_cpu_usage_seconds_total',
      'Cumulative cpu time consumed in seconds.',
      uses.map(({ traced, cpuS }) => [`{${traced.replace(',id=', ',cpu="total",id=')}}`, cpuS]),
    ),
    family(
      'container_last_seen',
      'Last time a container was seen by the exporter',
      uses.map(({ traced }) => [`{${traced}}`, Math.floor(world.nowMs / 1_000)]),
    ),
    family(
      'container_memory_working_set_bytes',
      'Current working set in bytes.',
      uses.map(({ traced, memoryBytes }) => [`{${traced}}`, memoryBytes]),
    ),
    family(
      'container_start_time_seconds',
      'Start time of the container since unix epoch in seconds.',
      uses.map(({ traced, startedS }) => [`{${traced}}`, Math.floor(startedS)]),
    ),
    family('machine_cpu_cores', 'Number of logical CPU cores.', [[machineLabels(host), host.cpu.cores]]),
    family('machine_memory_bytes', 'Amount of memory installed on the machine.', [
      [machineLabels(host), memoryCapacity(host)],
    ]),
  ]
  return textOf(families, name => (/^container_/.test(name) ? ` ${world.nowMs}` : ''))
}
