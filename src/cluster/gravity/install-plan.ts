import type { GravityPhase } from '../world/platforms.ts'
import { phase, planRoot } from './phases.ts'
import type { PlanServer } from './upgrade-plan.ts'
import { releaseOf } from './versions.ts'

/** What an install plan is made from. */
export type InstallOrder = {
  readonly servers: readonly PlanServer[]
  readonly version: string
  readonly appName: string
}

const perNode = (
  { servers }: InstallOrder,
  {
    id,
    requires,
    title,
    describe,
  }: { id: string; requires: readonly string[]; title: string; describe: (name: string) => string },
): GravityPhase =>
  phase({
    id,
    description: title,
    requires,
    phases: servers.map(({ name, address }) =>
      phase({ id: `${id}/${name}`, description: describe(name), node: address }),
    ),
  })

const systemSoftware = ({ servers, version }: InstallOrder): GravityPhase => {
  const { planet, teleport } = releaseOf(version)
  return phase({
    id: '/masters',
    description: 'Install system software on master nodes',
    requires: ['/pull'],
    phases: servers.map(({ name, address }) =>
      phase({
        id: `/masters/${name}`,
        description: `Install system software on master node ${name}`,
        phases: [
          phase({
            id: `/masters/${name}/teleport`,
            description: `Install system package teleport:${teleport} on master node ${name}`,
            node: address,
          }),
          phase({
            id: `/masters/${name}/planet`,
            description: `Install system package planet:${planet} on master node ${name}`,
            node: address,
            requires: [`/masters/${name}/teleport`],
          }),
        ],
      }),
    ),
  })
}

const runtime = (): GravityPhase => {
  const apps = ['dns-app', 'logging-app', 'monitoring-app', 'tiller-app', 'site', 'kubernetes']
  return phase({
    id: '/runtime',
    description: 'Install system applications',
    requires: ['/rbac'],
    phases: apps.map((app, index) =>
      phase({
        id: `/runtime/${app}`,
        description: `Install system application ${app}`,
        requires: index === 0 ? [] : [`/runtime/${apps[index - 1]}`],
      }),
    ),
  })
}

/** The plan of an installation, phase by phase. */
export const installPlan = (order: InstallOrder): GravityPhase =>
  planRoot([
    phase({ id: '/checks', description: 'Execute preflight checks' }),
    phase({ id: '/configure', description: 'Configure packages for all nodes', requires: ['/checks'] }),
    perNode(order, {
      id: '/bootstrap',
      requires: ['/checks'],
      title: 'Bootstrap all nodes',
      describe: name => `Bootstrap master node ${name}`,
    }),
    perNode(order, {
      id: '/pull',
      requires: ['/configure', '/bootstrap'],
      title: 'Pull configured packages',
      describe: name => `Pull packages on master node ${name}`,
    }),
    systemSoftware(order),
    phase({ id: '/wait', description: 'Wait for Kubernetes to become available', requires: ['/masters'] }),
    phase({ id: '/rbac', description: 'Bootstrap Kubernetes roles and PSPs', requires: ['/wait'] }),
    phase({ id: '/coredns', description: 'Configure CoreDNS', requires: ['/wait'] }),
    phase({
      id: '/system-resources',
      description: 'Create system Kubernetes resources',
      requires: ['/rbac'],
    }),
    perNode(order, {
      id: '/export',
      requires: ['/wait'],
      title: 'Export applications layers to Docker registries',
      describe: name => `Populate Docker registry on master node ${name}`,
    }),
    runtime(),
    phase({
      id: '/app',
      description: 'Install application',
      requires: ['/runtime'],
      phases: [phase({ id: `/app/${order.appName}`, description: `Install application ${order.appName}` })],
    }),
    phase({ id: '/election', description: 'Enable cluster leader elections', requires: ['/app'] }),
  ])
