import { binaryText } from '../../gravity/binary.ts'
import { shownMs } from '../../relations/clock.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { gravityNodes } from '../../relations/gravity-probes.ts'
import type { World } from '../../world/world.ts'
import { repeating, tcp } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'

const siteStamp = (world: World, self: Running): string =>
  new Date(shownMs(self.machine, self.container?.startedMs ?? world.nowMs)).toISOString()

const isLeader = (world: World, self: Running): boolean =>
  world.platforms.gravity?.leader === self.machine.name

/** What the agents report of the nodes. */
const statusText = (world: World, { machine }: Running): string => {
  const host = [...world.machines.values()].find(({ name }) => name === machine.name)
  const bad = host === undefined ? [] : gravityNodes(world, host).filter(({ status }) => status !== 'healthy')
  return bad.length === 0
    ? 'INFO [PROCESS]   Cluster status is active, agents report all nodes.'
    : `WARN [PROCESS]   Cluster status is degraded, agents report ${bad.map(({ name, status }) => `${name} ${status}`).join(', ')}.`
}

const STATUS_MS = 120_000

/** gravity-site: the cluster's controller. Each answers; only the leader is ready. */
export const gravitySite: Service = {
  listens: () => [tcp(3009), tcp(3007), tcp(3010)],
  secures: (_world, self, port) =>
    port === 3009
      ? {
          certificate: {
            commonName: 'gravity-site.kube-system.svc.cluster.local',
            organizations: ['Gravitational'],
            issuer: 'gravity-site',
            issuerKeyId: 'gravity-site',
            keyId: 'gravity-site',
            serial: '01',
            notBeforeMs: self.container?.createdMs ?? 0,
            notAfterMs: (self.container?.createdMs ?? 0) + 10 * 31_536_000_000,
            dnsNames: ['gravity-site.kube-system.svc.cluster.local', 'leader.telekube.local'],
            addresses: [mainAddressOf(self.machine)],
            isAuthority: false,
          },
          clientAuthorities: undefined,
        }
      : undefined,
  greeting: (world, self) => [
    {
      text: `${siteStamp(world, self)} INFO [PROCESS]   Process ID: ${mainAddressOf(self.machine)}. process/process.go:118`,
    },
    {
      text: `${siteStamp(world, self)} INFO [PROCESS]   Starting HTTPS listener on 0.0.0.0:3009. process/process.go:1611`,
    },
  ],
  chatter: (world, self, span) =>
    repeating({ ...span, phaseMs: (self.container?.startedMs ?? 0) % STATUS_MS }, STATUS_MS, atMs =>
      isLeader(world, self)
        ? `${new Date(atMs).toISOString()} ${statusText(world, self)} process/status.go:74`
        : `${new Date(atMs).toISOString()} INFO [PROCESS]   Standing by, the leader is ${world.platforms.gravity?.leader ?? 'unknown'}. process/leader.go:52`,
    ),
  answers: (world, self, { path }) => {
    if (path.startsWith('/healthz'))
      return {
        status: 200,
        body: '{"info":"service is up and running","status":"ok"}',
        contentType: 'application/json',
      }
    if (path.startsWith('/readyz'))
      return isLeader(world, self)
        ? { status: 200, body: '{"status":"ok"}', contentType: 'application/json' }
        : {
            status: 503,
            body: '{"info":"service is on standby","status":"standby"}',
            contentType: 'application/json',
          }
    if (path.startsWith('/portal/v1/gravity'))
      return {
        status: 200,
        body: binaryText(world.platforms.gravity?.version ?? ''),
        contentType: 'application/octet-stream',
      }
    return { status: 404, body: '404 page not found\n' }
  },
}
