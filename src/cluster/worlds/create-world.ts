import type { World, WorldName } from '../world/world.ts'

/** What makes two worlds of one kind differ. `nowMs` is the simulated present. */
export type WorldSetup = { readonly seed: number; readonly nowMs: number }

/** A world with its fabric and no machines. */
export const createWorld = (name: WorldName, { seed, nowMs }: WorldSetup): World => ({
  name,
  seed,
  chanceState: seed,
  nowMs,
  settledMs: nowMs,
  settledRevision: 0,
  machines: new Map(),
  handles: {},
  home: 'workstation',
  fabric: {
    hasInternet: true,
    cutLinks: [],
    pathMtu: 1500,
    lossPercent: 0,
    gateway: '10.0.4.1',
    subnet: '10.0.4.0/24',
    liveResolvers: ['10.0.4.2'],
    records: {},
    outside: [],
    exports: ['/export/path', '/export/data'],
  },
  kube: {
    version: 'v1.28.9',
    objects: new Map(),
    revision: 1,
    loadFactor: 1,
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    clusterDns: '10.96.0.10',
  },
  etcd: {
    members: [],
    alarms: [],
    leaderId: undefined,
    leaderSinceMs: nowMs,
    revision: 1,
    compactedRevision: 0,
  },
  platforms: { rafay: undefined, gravity: undefined, rancherHost: undefined, proxies: {} },
})
