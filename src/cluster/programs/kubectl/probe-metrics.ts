import { uidOf } from '../../kube/pod.ts'
import { kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import { probeCounts } from '../../relations/probe-counts.ts'
import { type ProbedPart, partsOn } from '../../relations/probes-at.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'

const kinds = ['Liveness', 'Readiness', 'Startup'] as const

const rowsOf = (world: World, unit: Unit, { machine, pod, spec, container }: ProbedPart): readonly string[] =>
  kinds.flatMap(name => {
    const kind = name.toLowerCase()
    const probe = spec[`${kind}Probe`]
    if (probe === undefined) return []
    const { name: podName, namespace } = pod.metadata
    const labels = `container="${container.name}",namespace="${namespace}",pod="${podName}",pod_uid="${uidOf(pod)}",probe_type="${name}"`
    return Object.entries(probeCounts(world, machine, { kind, probe, unit, container }))
      .filter(([, count]) => count > 0)
      .map(([result, count]) => `prober_probe_total{${labels},result="${result}"} ${count}`)
  })

/** What a kubelet has counted of its probes. */
export const probeMetrics = (world: World, machine: Machine): string => {
  const unit = kubeletUnitOf(machine)
  const rows = unit === undefined ? [] : partsOn(world, machine).flatMap(part => rowsOf(world, unit, part))
  return [
    '# HELP prober_probe_total [ALPHA] Cumulative number of a liveness, readiness or startup probe for a container by result.',
    '# TYPE prober_probe_total counter',
    ...[...rows].sort(),
    '',
  ].join('\n')
}
