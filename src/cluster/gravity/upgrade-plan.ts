import type { GravityPhase } from '../world/platforms.ts'
import { phase, planRoot } from './phases.ts'
import { releaseOf } from './versions.ts'

/** A machine of the plan: its host name and address. */
export type PlanServer = { readonly name: string; readonly address: string }

/** What an upgrade plan is made from. */
export type UpgradeOrder = {
  readonly servers: readonly PlanServer[]
  readonly from: string
  readonly to: string
  readonly appName: string
}

const eachNode = (
  parent: string,
  servers: readonly PlanServer[],
  describe: (name: string) => string,
): GravityPhase[] =>
  servers.map(({ name, address }) =>
    phase({ id: `${parent}/${name}`, description: describe(name), node: address }),
  )

const nodeSteps = (
  server: PlanServer,
  { lead, isLead }: { lead: PlanServer; isLead: boolean },
): GravityPhase => {
  const { name, address } = server
  const base = `/masters/${name}`
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ...(isLead
      ? ([
          ['kubelet-permissions', `Add permissions to kubelet on "${name}"`, undefined],
          [`stepdown-${name}`, `Step down "${name}" as Kubernetes leader`, undefined],
        ] as const)
      : []),
    ['drain', `Drain node "${name}"`, lead.address],
    ['system-upgrade', `Update system software on node "${name}"`, address],
    ['taint', `Taint node "${name}"`, lead.address],
    ['uncordon', `Uncordon node "${name}"`, lead.address],
    ...(isLead
      ? []
      : ([['endpoints', `Wait for DNS/cluster endpoints on "${name}"`, lead.address]] as const)),
    ['untaint', `Remove taint from node "${name}"`, lead.address],
    ...(isLead ? [] : ([[`enable-${name}`, `Enable leader election on node "${name}"`, undefined]] as const)),
  ]
  return phase({
    id: base,
    description: `Update system software on master node "${name}"`,
    phases: rows.map(([step, description, node], index) =>
      phase({
        id: `${base}/${step}`,
        description,
        ...(node === undefined ? {} : { node }),
        requires: index === 0 ? [] : [`${base}/${rows[index - 1]?.[0]}`],
      }),
    ),
  })
}

const masters = (servers: readonly PlanServer[]): GravityPhase => {
  const lead = servers[0] as PlanServer
  const phases: GravityPhase[] = []
  for (const [index, server] of servers.entries()) {
    const steps = nodeSteps(server, { lead, isLead: index === 0 })
    const before = phases.at(-1)?.id
    phases.push({ ...steps, requires: before === undefined ? [] : [before] })
    if (index === 0)
      phases.push(
        phase({
          id: `/masters/elect-${server.name}`,
          description: `Make node "${server.name}" Kubernetes leader`,
          requires: [steps.id],
        }),
      )
  }
  return phase({ id: '/masters', description: 'Update master nodes', requires: ['/coredns'], phases })
}

const etcd = ({ servers, from, to }: UpgradeOrder): GravityPhase => {
  const part = (step: string, description: string, needs?: string): GravityPhase =>
    phase({
      id: `/etcd/${step}`,
      description,
      phases: servers.map(({ name, address }) =>
        phase({
          id: `/etcd/${step}/${name}`,
          description: `${step[0]?.toUpperCase()}${step.slice(1)} etcd on node "${name}"`,
          node: address,
          requires: needs === undefined ? [] : [`/etcd/${needs}/${name}`],
        }),
      ),
    })
  return phase({
    id: '/etcd',
    description: `Upgrade etcd ${releaseOf(from).etcd} to ${releaseOf(to).etcd}`,
    requires: ['/masters'],
    phases: [
      part('backup', 'Backup etcd data'),
      part('shutdown', 'Shutdown etcd cluster', 'backup'),
      part('upgrade', 'Upgrade etcd servers', 'shutdown'),
      phase({
        id: '/etcd/restore',
        description: 'Restore etcd data from backup',
        requires: ['/etcd/upgrade'],
      }),
      part('restart', 'Restart etcd servers', 'upgrade'),
    ],
  })
}

const runtime = (to: string): GravityPhase => {
  const apps = ['rbac-app', 'dns-app', 'logging-app', 'monitoring-app', 'tiller-app', 'site', 'kubernetes']
  return phase({
    id: '/runtime',
    description: 'Update application runtime',
    requires: ['/config'],
    phases: apps.map((app, index) =>
      phase({
        id: `/runtime/${app}`,
        description: `Update system application "${app}" to ${to}`,
        requires: index === 0 ? [] : [`/runtime/${apps[index - 1]}`],
      }),
    ),
  })
}

/** The plan of an upgrade, phase by phase. */
export const upgradePlan = (order: UpgradeOrder): GravityPhase => {
  const { servers, to, appName } = order
  return planRoot([
    phase({ id: '/init', description: 'Initialize update operation' }),
    phase({ id: '/checks', description: 'Run preflight checks', requires: ['/init'] }),
    phase({ id: '/pre-update', description: 'Run pre-update application hook', requires: ['/init'] }),
    phase({
      id: '/bootstrap',
      description: 'Bootstrap update operation on nodes',
      requires: ['/init'],
      phases: eachNode('/bootstrap', servers, name => `Bootstrap node "${name}"`),
    }),
    phase({ id: '/coredns', description: 'Provision CoreDNS resources', requires: ['/bootstrap'] }),
    masters(servers),
    etcd(order),
    phase({
      id: '/config',
      description: 'Update system configuration on nodes',
      requires: ['/etcd'],
      phases: eachNode('/config', servers, name => `Update system configuration on node "${name}"`),
    }),
    runtime(to),
    phase({
      id: '/migration',
      description: 'Perform system database migration',
      requires: ['/runtime'],
      phases: [phase({ id: '/migration/labels', description: 'Update node labels' })],
    }),
    phase({
      id: '/app',
      description: 'Update installed application',
      requires: ['/migration'],
      phases: [phase({ id: `/app/${appName}`, description: `Update application "${appName}" to ${to}` })],
    }),
    phase({
      id: '/gc',
      description: 'Run cleanup tasks',
      requires: ['/app'],
      phases: eachNode('/gc', servers, name => `Clean up node "${name}"`),
    }),
  ])
}
