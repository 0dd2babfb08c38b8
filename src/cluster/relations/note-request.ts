import { addLogLine } from '../journal/log-lines.ts'
import { isLoopback } from '../network/addresses.ts'
import { stationOf } from '../network/station.ts'
import type { HttpAnswer, HttpRequest, Running } from '../services/service.ts'
import { serviceOf } from '../services/services.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { mainAddressOf } from './find-machine.ts'

/** The address from which a pod on a machine sees somebody come: over a tunnel a machine comes with its end of that. */
const seenAs = (world: World, from: Machine, target: Machine): string => {
  const { host, sandbox } = stationOf(world, from)
  if (sandbox?.address !== undefined) return sandbox.address
  const tunnel = host.interfaces.find(({ kind }) => kind === 'vxlan')?.addresses[0]?.split('/')[0]
  return host === target || tunnel === undefined ? mainAddressOf(host) : tunnel
}

/** Lets a container note a request that it has answered at an address in its log. */
export const noteRequest = (
  world: World,
  self: Running,
  {
    at,
    request,
    answer,
  }: { readonly at: string; readonly request: HttpRequest; readonly answer: HttpAnswer },
): void => {
  const { container, machine } = self
  const { notes } = serviceOf(container?.service ?? '')
  if (container === undefined || notes === undefined) return
  const isNear = isLoopback(at) || request.from === undefined
  const client = isNear ? '127.0.0.1' : seenAs(world, request.from, machine)
  const text = notes({ atMs: world.nowMs, client, request, answer })
  if (text === undefined) return
  const atMs = world.nowMs
  addLogLine({ container, machine }, { atMs, stream: 'stdout', text })
}
