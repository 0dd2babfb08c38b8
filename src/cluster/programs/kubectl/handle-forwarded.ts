import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { klog } from '../../kube/times.ts'
import { isLoopback } from '../../network/addresses.ts'
import { hostOfNode } from '../../relations/cluster-hosts.ts'
import { connect } from '../../relations/connect.ts'
import { sandboxOf } from '../../relations/pods.ts'
import type { Following } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Flow } from '../../world/network.ts'
import type { Client } from './client.ts'

/** A local port, and the one of the pod that it leads to. */
export type Pair = { readonly local: number; readonly remote: number }

/** The first release that ends when the pod does not take a connection. */
const ENDS_WITH_POD = 23

/** What is said of a connection that the pod's side did not take. */
const refusedText = (client: Client, pod: KubeObject, { local, remote }: Pair): string => {
  const { world } = client.call
  const place = hostOfNode(world, pod.spec?.nodeName ?? '')
  const sandbox = place && sandboxOf(place.machine, uidOf(pod))?.id
  const dials = `failed to connect to localhost:${remote} inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:${remote}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `
  const text = `an error occurred forwarding ${local} -> ${remote}: error forwarding port ${remote} to pod ${sandbox}, uid : failed to execute portforward in network namespace "/var/run/netns/cni-${uidOf(pod)}": ${dials}`
  return `${klog('E', { atMs: world.nowMs, pid: client.call.passage.process?.pid ?? 0, source: 'portforward.go:409' }, text)}\n`
}

/** Tells of the connections that somebody makes to the local ports, and ends where the pod does not take one. */
export const handling = (client: Client, pod: KubeObject, pairs: readonly Pair[]): Following => {
  const { world, host } = client.call
  let toldMs = world.nowMs
  let isLost = false
  const pairOf = ({ atMs, legs: [first] }: Flow): Pair | undefined =>
    atMs > toldMs && first?.machine === host.name && isLoopback(first.destination.address)
      ? pairs.find(({ local }) => local === first.destination.port)
      : undefined
  const isRefused = ({ local: port }: Pair): boolean => {
    const reached = connect(world, { from: host, address: '127.0.0.1', port, protocol: 'tcp' })
    return reached.kind !== 'open' || reached.held?.forward !== undefined
  }
  return {
    next: () => {
      const handled = (world.fabric.flows ?? []).flatMap(flow => pairOf(flow) ?? [])
      toldMs = world.nowMs
      const refused = handled.find(isRefused)
      isLost = refused !== undefined && minorOf(world) >= ENDS_WITH_POD
      return [
        ...handled.map(({ local }) => `Handling connection for ${local}\n`),
        ...(refused === undefined ? [] : [refusedText(client, pod, refused)]),
        ...(isLost ? ['error: lost connection to pod\n'] : []),
      ].join('')
    },
    isOver: () => isLost,
  }
}
