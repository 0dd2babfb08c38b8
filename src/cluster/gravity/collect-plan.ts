import type { GravityPhase } from '../world/platforms.ts'
import { phase, planRoot } from './phases.ts'

type Server = { readonly name: string; readonly address: string }

/** The plan of Gravity's garbage collection: images of the registries, packages, journals of boots long gone. */
export const collectPlan = (servers: readonly Server[]): GravityPhase => {
  const onEach = (root: string, what: string, isInTurn: 'in turn' | 'at once'): readonly GravityPhase[] =>
    servers.map(({ name, address }, at) =>
      phase({
        id: `${root}/${name}`,
        description: `${what} on node "${name}"`,
        node: address,
        requires: at > 0 && isInTurn === 'in turn' ? [`${root}/${servers[at - 1]?.name}`] : [],
      }),
    )
  return planRoot([
    phase({
      id: '/registry',
      description: 'Prune unused docker images',
      phases: onEach('/registry', 'Prune unused docker images', 'in turn'),
    }),
    phase({
      id: '/packages',
      description: 'Prune unused packages',
      phases: [
        phase({ id: '/packages/cluster', description: 'Prune unused cluster packages' }),
        ...onEach('/packages', 'Prune unused packages', 'at once'),
      ],
    }),
    phase({
      id: '/journal',
      description: 'Prune obsolete systemd journal directories',
      phases: onEach('/journal', 'Prune journal directories', 'at once'),
    }),
  ])
}
