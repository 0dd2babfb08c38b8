import { recordEvent } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { getObject } from '../../kube/store.ts'
import { proxyRefusal } from '../../relations/agent-rights.ts'
import { shownMs } from '../../relations/clock.ts'
import { clusterHosts, nodeNameOf } from '../../relations/cluster-hosts.ts'
import type { Daemon } from '../../relations/read-settings.ts'
import type { Law } from '../law.ts'
import { canProxyReachApi, proxyOf } from './proxy-of.ts'

const TOLD = 'proxyTold'
/** The first release that leaves the text of its event empty. */
const SAYS_NOTHING = 19

/** How long it tries to tell: twelve times, ten seconds apart. */
const TELLING_MS = 120_000

/** Since when it works: one within another program begins when that is up. */
const begunMs = (proxy: Daemon): number | undefined =>
  'sinceMs' in proxy && proxy.active === 'active' ? proxy.sinceMs : proxy.startedMs

/** kube-proxy tells of its node, once for each start, that it has begun. */
export const tellProxies: Law = world => {
  for (const { machine, host } of clusterHosts(world)) {
    const timers = machine.runtime?.timers ?? {}
    const proxy = host.isPowered ? proxyOf(machine) : undefined
    const startedMs = proxy?.startedMs
    if (proxy === undefined || startedMs === undefined || timers[TOLD] === startedMs) continue
    const atMs = begunMs(proxy) ?? world.nowMs
    const isForgotten = world.nowMs - atMs > TELLING_MS
    const nodeName = nodeNameOf(machine)
    const about = getObject(world.kube, { kind: 'Node', name: nodeName })
    const canTell =
      about !== undefined && proxyRefusal(world) === undefined && canProxyReachApi(world, machine)
    if (isForgotten || canTell) timers[TOLD] = startedMs
    if (isForgotten || !canTell) continue
    recordEvent(world, {
      about,
      type: 'Normal',
      reason: 'Starting',
      message: minorOf(world) < SAYS_NOTHING ? 'Starting kube-proxy.' : '',
      source: 'kube-proxy',
      host: nodeName,
      atMs: shownMs(machine, atMs),
      sinceMs: startedMs,
    })
  }
}
