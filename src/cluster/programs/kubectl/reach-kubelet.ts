import { type ClusterHost, hostOfNode, isUnitRunning, kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import { connect } from '../../relations/connect.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { lacksServing } from '../../relations/kubelet-serving.ts'
import { kubeletRuntimeProblem } from '../../relations/runtime-problem.ts'
import { isMute } from '../../relations/stopped.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

/** The kubelet of a pod's node as the API server reaches it, or why not in its words. */
export const reachKubelet = (
  client: Client,
  pod: KubeObject,
  path: string,
): ClusterHost | { readonly problem: string; readonly tookMs: number } => {
  const { world } = client.call
  const place = hostOfNode(world, pod.spec?.nodeName ?? '')
  const address = place === undefined ? (pod.status?.hostIP ?? '') : mainAddressOf(place.host)
  const dialed = connect(world, { from: client.answer.server.machine, address, port: 10250, protocol: 'tcp' })
  const failed = (text: string, tookMs: number) => ({
    problem: `Get "https://${address}:10250/${path}": ${text}`,
    tookMs,
  })
  const { program, port } = client.answer.server
  // k3s dials through the tunnels that its agents hold to it.
  const isTunnelled = program?.service === 'k3s'
  const undialed = (text: string, tookMs: number) =>
    failed(
      isTunnelled
        ? `proxy error from 127.0.0.1:${port} while dialing ${address}:10250, code 502: 502 Bad Gateway`
        : `dial tcp ${address}:10250: ${text}`,
      tookMs,
    )
  if (dialed.kind === 'timeout') return undialed('i/o timeout', 30_000)
  if (dialed.kind === 'no-route') return undialed('connect: no route to host', 3_000)
  if (dialed.kind === 'unreachable-network') return undialed('connect: network is unreachable', 20)
  if (dialed.kind === 'black-hole') return undialed('connect: invalid argument', 20)
  if (dialed.kind === 'open' && isMute(dialed)) return failed('net/http: TLS handshake timeout', 10_000)
  const unit = place === undefined ? undefined : kubeletUnitOf(place.machine)
  const isUp = place !== undefined && unit !== undefined && isUnitRunning(place.machine, unit.name)
  if (dialed.kind === 'refused' || !isUp) return undialed('connect: connection refused', 20)
  if (lacksServing(place.machine)) return failed('remote error: tls: internal error', 20)
  const unanswered = kubeletRuntimeProblem(place.machine)
  if (unanswered !== undefined) return failed(unanswered, 20)
  return place
}
