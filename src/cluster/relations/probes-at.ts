import { containerSpecs, uidOf } from '../kube/pod.ts'
import type { Container } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { clusterHosts, isUnitRunning, kubeletUnitOf, nodeNameOf } from './cluster-hosts.ts'
import { mainAddressOf } from './find-machine.ts'
import { reasonOf } from './http-head.ts'
import { type Ends, endingOf, handshakeOf, refusalOf, synOf } from './packets.ts'
import { containersOf, podsOn } from './pods.ts'
import { portNumber, probeProblem } from './probe.ts'
import { firstProbeMs } from './probe-times.ts'

/** A container with its pod and specification. */
export type ProbedPart = {
  readonly machine: Machine
  readonly pod: KubeObject
  readonly spec: KubeValue
  readonly container: Container
}

const SECOND_MS = 1_000
const FIRST_PORT = 32_768
const PORTS = 28_000

/** When a probe of a kind was last told to fail, or was first to be made: it is made anew in each period from there. */
const phaseOf = (
  { kube: { version } }: World,
  { machine, container }: ProbedPart,
  { kind, probe }: { readonly kind: string; readonly probe: KubeValue },
): number =>
  machine.runtime?.timers[`${kind}-told/${container.id}`] ??
  firstProbeMs(kind, { machine, container, probe, version })

/** Whether a probe is made within the second that ends now. */
const isMade = ({ nowMs }: World, phaseMs: number, { periodSeconds = 10 }: KubeValue): boolean =>
  nowMs >= phaseMs && (nowMs - phaseMs) % (periodSeconds * SECOND_MS) < SECOND_MS

const ANSWER_BYTES = 138

/** What is asked and answered by HTTP, and the end of that. */
const exchange = (ends: Ends, { path = '/' }: KubeValue, problem: string): readonly string[] => {
  const { from, to } = ends
  const request = `GET ${path} HTTP/1.1`
  const status = Number(/statuscode: (\d+)/.exec(problem)?.[1] ?? 200)
  const host = to.replace(/\.(\d+)$/, ':$1')
  const bytes =
    `${request}\r\nHost: ${host}\r\nUser-Agent: kube-probe/1.28\r\nAccept: */*\r\nConnection: close\r\n\r\n`
      .length
  const isNamed = /\.(80|8080)$/.test(to)
  return [
    `IP ${from} > ${to}: Flags [P.], seq 1:${bytes + 1}, ack 1, win 502, length ${bytes}${isNamed ? `: HTTP: ${request}` : ''}`,
    `IP ${to} > ${from}: Flags [P.], seq 1:${ANSWER_BYTES + 1}, ack ${bytes + 1}, win 509, length ${ANSWER_BYTES}${isNamed ? `: HTTP: HTTP/1.1 ${status} ${reasonOf(status)}` : ''}`,
    ...endingOf(ends, bytes, ANSWER_BYTES),
  ]
}

const packetsOf = (
  world: World,
  part: ProbedPart,
  { kind, ends }: { kind: string; ends: Ends },
): readonly string[] => {
  const probe = part.spec[kind]
  const problem = probeProblem(world, part, probe) ?? ''
  if (/connection refused/.test(problem)) return [synOf(ends), refusalOf(ends)]
  if (/timeout|deadline/.test(problem)) return [synOf(ends)]
  const rest = probe.httpGet === undefined ? endingOf(ends, 0, 0) : exchange(ends, probe.httpGet, problem)
  return [...handshakeOf(ends), ...rest]
}

/** The containers of a machine's pods, the last one of each name. */
export const partsOn = (world: World, machine: Machine): readonly ProbedPart[] =>
  podsOn(world.kube, nodeNameOf(machine)).flatMap(pod =>
    containerSpecs(pod).flatMap(spec =>
      containersOf(machine, uidOf(pod), spec.name)
        .slice(-1)
        .map(container => ({ machine, pod, spec, container })),
    ),
  )

/** The packets of the probes that a machine's kubelet makes of its pods within a second, where each pod has an interface of its own there. */
export const probesAt = (world: World, host: Machine): readonly string[] => {
  const place = clusterHosts(world).find(each => each.host === host)
  const unit = place && kubeletUnitOf(place.machine)
  if (place === undefined || unit === undefined || !isUnitRunning(place.machine, unit.name)) return []
  const { machine } = place
  return partsOn(world, machine).flatMap(part => {
    const address = machine.runtime?.sandboxes.find(({ id }) => id === part.container.sandboxId)?.address
    if (part.container.state !== 'running' || address === undefined) return []
    if (!host.routes.some(({ to }) => to === address)) return []
    return ['livenessProbe', 'readinessProbe'].flatMap((kind, place) => {
      const probe = part.spec[kind]
      const port = portNumber(part.spec, (probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc)?.port)
      if (
        port === 0 ||
        !isMade(world, phaseOf(world, part, { kind: kind.slice(0, -'Probe'.length), probe }), probe)
      )
        return []
      const own =
        FIRST_PORT +
        ((Math.floor(world.nowMs / SECOND_MS) * 197 + part.container.pid * 11 + place * 41) % PORTS)
      const ends = {
        from: `${mainAddressOf(host)}.${own}`,
        to: `${address}.${port}`,
        sequence: 1_000_000_000 + own * 31_337,
      }
      return packetsOf(world, part, { kind, ends })
    })
  })
}
