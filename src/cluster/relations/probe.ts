import { nodeAt } from '../files/file-tree.ts'
import { deliver } from '../network/deliver.ts'
import { serviceOf } from '../services/services.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { inStep } from './in-step.ts'
import { insideOf } from './inside.ts'
import { isStopped } from './stopped.ts'

/** A container of a pod that is probed. */
export type Probed = {
  readonly machine: Machine
  readonly pod: KubeObject
  readonly container: Container
  readonly spec: KubeValue
}

/** The number of a port that a probe or a service names. */
export const portNumber = (spec: KubeValue, port: unknown): number =>
  typeof port === 'number' || /^\d+$/.test(String(port))
    ? Number(port)
    : (spec.ports?.find((p: { name?: string }) => p.name === port)?.containerPort ?? 0)

/** The ports that a container listens on: its service's own, or those that its specification declares. */
export const portsOf = (world: World, { machine, container, spec }: Probed): readonly number[] => {
  const listens = serviceOf(container.service).listens
  return listens === undefined
    ? (spec?.ports ?? []).map((p: { containerPort: number }) => p.containerPort)
    : listens(world, { machine, unit: undefined, container }).map(l => l.port)
}

const sandboxOf = ({ machine, container }: Probed): Sandbox | undefined =>
  machine.runtime?.sandboxes.find(s => s.id === container.sandboxId)

const addressOf = (probed: Probed): string => sandboxOf(probed)?.address ?? '127.0.0.1'

/** What a kubelet meets on the way to a pod of its own machine. */
const wayTo = (world: World, probed: Probed): 'open' | 'lost' | 'refused' => {
  const sandbox = sandboxOf(probed)
  const { address } = sandbox ?? {}
  if (address === undefined || sandbox?.isHostNetwork === true) return 'open'
  return inStep(world, `probe/${address}`, () => {
    const delivery = deliver(world, { from: probed.machine, address, protocol: 'tcp', port: 0 })
    if (delivery.kind === 'delivered') return 'open'
    return delivery.kind === 'lost' ? 'lost' : 'refused'
  })
}

const httpProblem = (world: World, probed: Probed, get: KubeValue): string | undefined => {
  const port = portNumber(probed.spec, get.port)
  const path: string = get.path ?? '/'
  const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${get.host ?? addressOf(probed)}:${port}${path.startsWith('/') ? path : `/${path}`}`
  const way = wayTo(world, probed)
  if (way === 'refused' || (way === 'open' && !portsOf(world, probed).includes(port)))
    return `Get "${url}": dial tcp ${get.host ?? addressOf(probed)}:${port}: connect: connection refused`
  if (way === 'lost' || isStopped(probed.machine, probed.container.pid))
    return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  const self = { machine: probed.machine, unit: undefined, container: probed.container }
  const status = serviceOf(probed.container.service).answers?.(world, self, { port, path })?.status ?? 200
  return status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`
}

const execProblem = (world: World, probed: Probed, command: readonly string[]): string | undefined => {
  const line = command.join(' ')
  if (isStopped(probed.machine, probed.container.pid)) return `command "${line}" timed out`
  if (/(^|\s)(exit [1-9]\d*|false)\s*$/.test(line)) return ''
  const file = /(?:cat|test -f|ls) (\/\S+)\s*$/.exec(line)?.[1]
  if (file !== undefined)
    return nodeAt(insideOf(world, probed.machine, probed.container).files, file) === undefined
      ? `cat: can't open '${file}': No such file or directory\n`
      : undefined
  const self = { machine: probed.machine, unit: undefined, container: probed.container }
  const answer = serviceOf(probed.container.service).answers?.(world, self, { port: 0, path: line })
  return answer === undefined || answer.status < 400 ? undefined : answer.body
}

/** A probe that asks by gRPC, which only what keeps a cluster answers. */
const grpcProblem = (
  world: World,
  probed: Probed,
  { grpc, timeoutSeconds = 1 }: KubeValue,
): string | undefined => {
  const at = `${addressOf(probed)}:${grpc.port}`
  const way = wayTo(world, probed)
  if (way === 'refused' || (way === 'open' && !portsOf(world, probed).includes(grpc.port)))
    return `error: failed to connect service at "${at}": connection error: desc = "transport: Error while dialing: dial tcp ${at}: connect: connection refused"`
  return way === 'open' && probed.container.service === 'etcd'
    ? undefined
    : `timeout: failed to connect service "${at}" within ${timeoutSeconds}s: context deadline exceeded`
}

/** What a probe of a running container finds wrong; `undefined` when it passes. */
export const probeProblem = (world: World, probed: Probed, probe: KubeValue): string | undefined => {
  if (probe.httpGet !== undefined) return httpProblem(world, probed, probe.httpGet)
  if (probe.exec !== undefined) return execProblem(world, probed, probe.exec.command ?? [])
  if (probe.grpc !== undefined) return grpcProblem(world, probed, probe)
  const port = portNumber(probed.spec, probe.tcpSocket?.port)
  const way = wayTo(world, probed)
  if (way === 'lost') return `dial tcp ${addressOf(probed)}:${port}: i/o timeout`
  return way === 'open' && portsOf(world, probed).includes(port)
    ? undefined
    : `dial tcp ${addressOf(probed)}:${port}: connect: connection refused`
}
