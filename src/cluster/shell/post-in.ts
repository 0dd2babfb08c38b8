import { userNamed } from '../relations/accounts.ts'
import type { ClusterHost } from '../relations/cluster-hosts.ts'
import { insideOf } from '../relations/inside.ts'
import type { Container } from '../world/container.ts'
import type { World } from '../world/world.ts'
import type { Post } from './program.ts'

/** The inside of a container as a place where commands run. */
export const postIn = (world: World, { machine, host }: ClusterHost, container: Container): Post => {
  const inside = insideOf(world, machine, container)
  return { machine: inside, host, container, user: userNamed(inside, container.user ?? '0') }
}
