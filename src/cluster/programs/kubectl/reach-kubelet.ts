import { writeJournal } from '../../journal/write-journal.ts'
import { klog } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import { type ClusterHost, hostOfNode, isUnitRunning, kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import { connect } from '../../relations/connect.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { lacksServing } from '../../relations/kubelet-serving.ts'
import { kubeletRuntimeProblem } from '../../relations/runtime-problem.ts'
import { type KubeletRefusal, kubeletRefusal } from '../../relations/server-clients.ts'
import { isMute } from '../../relations/stopped.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Client } from './client.ts'

/** Why the API server gets nothing from a kubelet. A `refusal` is the kubelet's own answer. */
export type Unreached = {
  readonly problem: string
  readonly tookMs: number
  readonly refusal?: KubeletRefusal | undefined
}

/** With which verb a kubelet has a request for one of its paths looked up: what opens a stream is created. */
const verbOf = (path: string): string => (/^(exec|attach|portForward|run)\b/.test(path) ? 'create' : 'get')

const noteRefusal = (client: Client, machine: Machine, { log }: KubeletRefusal): void => {
  if (log === undefined) return
  const atMs = client.call.world.nowMs
  const unit = kubeletUnitOf(machine)
  const pid = unit?.mainPid ?? 0
  const message = klog('E', { atMs: shownMs(machine, atMs), pid, source: 'server.go:310' }, log)
  writeJournal(machine, { atMs, unit: unit?.name, pid, identifier: 'kubelet', message })
}

const refused = (client: Client, { machine }: ClusterHost, path: string): Unreached | undefined => {
  const { answer, call } = client
  const refusal = kubeletRefusal(call.world, answer.server, { machine, verb: verbOf(path) })
  if (refusal === undefined) return undefined
  noteRefusal(client, machine, refusal)
  return { problem: refusal.body, tookMs: 20, refusal }
}

/** The kubelet of a pod's node as the API server reaches it, or why not in its words. */
export const reachKubelet = (client: Client, pod: KubeObject, path: string): ClusterHost | Unreached => {
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
  return refused(client, place, path) ?? place
}

const NOT_LET_IN = 'the server has asked for the client to provide credentials'

/** What kubectl says of a kubelet that did not give a pod's log or a path of its own. `what` names the thing asked for, such as ` ( pods/log web)`. */
export const unreadText = ({ problem, refusal }: Unreached, what = ''): string => {
  switch (refusal?.status) {
    case 401:
      return `error: You must be logged in to the server (${NOT_LET_IN}${what})\n`
    case 403:
      return `Error from server (Forbidden): ${problem}${what}\n`
    case 500:
      return `Error from server (InternalError): Internal error occurred: ${problem}\n`
    default:
      return `Error from server: ${problem}\n`
  }
}

/** What kubectl says of a stream to a pod that its kubelet did not open, without what stands in front of it. */
export const unopenedText = ({ problem, refusal }: Unreached): string =>
  refusal === undefined
    ? `error dialing backend: ${problem.replace(/^Get "[^"]*": /, '')}`
    : `unable to upgrade connection: ${problem}`

/** What kubectl says of a path of a kubelet that the API server passed on and the kubelet refused. */
export const unproxiedText = (unreached: Unreached): string =>
  unreached.refusal?.status === 500
    ? `Error from server (InternalError): an error on the server ("${unreached.problem}") has prevented the request from succeeding\n`
    : unreadText(unreached)
