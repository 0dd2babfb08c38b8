import { listObjects } from '../kube/store.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { portNumber } from '../relations/probe.ts'
import type { Sandbox } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { translateService } from './translate-service.ts'

type Place = { readonly address: string; readonly port: number }

/** A short connection that a machine's own programs or its pods have made a while ago, as the machine remembers it. */
export type UsualFlow = {
  readonly protocol: 'tcp' | 'udp'
  readonly secondsLeft: number
  readonly from: string
  readonly to: Place
  /** Who has answered: behind a service's address an endpoint. */
  readonly answered: Place
}

const DNS = 53
/** For how long a machine remembers a question that was answered once, and a connection that was closed. */
const ANSWERED_SECONDS = 30
const CLOSED_SECONDS = 120

const sandboxesOn = ({ runtime, planet }: Machine): readonly Sandbox[] =>
  [...(runtime?.sandboxes ?? []), ...(planet?.runtime?.sandboxes ?? [])].filter(
    ({ state, address }) => state === 'ready' && address !== undefined,
  )

/** The places that the kubelet of a machine probes, and from which address: what shares the machine's network it finds there. */
const probedOn = ({ kube }: World, sandboxes: readonly Sandbox[]): readonly (Place & { from?: string })[] =>
  sandboxes.flatMap(({ namespace, name, address: own = '', isHostNetwork }) => {
    const containers: readonly KubeValue[] =
      kube.objects.get(`Pod/${namespace}/${name}`)?.spec?.containers ?? []
    return containers.flatMap(container => {
      const { httpGet, tcpSocket } = container.readinessProbe ?? container.livenessProbe ?? {}
      const asked = (httpGet ?? tcpSocket)?.port
      const port = asked === undefined ? 0 : portNumber(container, asked)
      const address: string = httpGet?.host ?? own
      if (port === 0) return []
      return isHostNetwork ? [{ address, port, from: address }] : [{ address, port }]
    })
  })

const clusterDns = ({ kube }: World): string | undefined =>
  listObjects(kube, 'Service', 'kube-system').find(({ spec }) =>
    (spec?.ports as readonly KubeValue[] | undefined)?.some(({ port }) => port === DNS),
  )?.spec?.clusterIP

/** A question of one of the pods for a name, which an endpoint of the cluster's DNS has answered. */
const podQuestion = (
  host: Machine,
  { pods, dns }: { pods: readonly Sandbox[]; dns: string | undefined },
  number: number,
) => {
  const pod = pods[number % Math.max(1, pods.length)]
  if (pod?.address === undefined || dns === undefined) return undefined
  const to = { address: dns, port: DNS }
  const met = translateService(host, { ...to, protocol: 'udp', pick: number })
  return met.kind === 'endpoint'
    ? { from: pod.address, to, answered: { address: met.address, port: met.port } }
    : undefined
}

/** What a machine remembers of the short connections that come and go on it: questions for names, and probes of its pods. */
export const usualFlows = (world: World, host: Machine, count: number): readonly UsualFlow[] => {
  const sandboxes = sandboxesOn(host)
  const pods = sandboxes.filter(({ isHostNetwork }) => !isHostNetwork)
  const dns = clusterDns(world)
  const probed = probedOn(world, sandboxes)
  const own = mainAddressOf(host)
  const resolver = world.fabric.outside.find(({ ports }) => ports.some(({ port }) => port === DNS))?.address
  const name = { address: resolver ?? '127.0.0.53', port: DNS }
  return Array.from({ length: count }, (_, number): UsualFlow => {
    const left = (most: number): number => 1 + ((number * 31) % (most - 1))
    const probe = number % 3 === 1 ? probed[Math.floor(number / 3) % Math.max(1, probed.length)] : undefined
    if (probe !== undefined)
      return {
        protocol: 'tcp',
        secondsLeft: left(CLOSED_SECONDS),
        from: probe.from ?? own,
        to: probe,
        answered: probe,
      }
    const asked = number % 6 === 0 ? undefined : podQuestion(host, { pods, dns }, number)
    const own53 = { from: resolver === undefined ? '127.0.0.1' : own, to: name, answered: name }
    return { protocol: 'udp', secondsLeft: left(ANSWERED_SECONDS), ...(asked ?? own53) }
  })
}
