import { isTurnedAway } from '../../relations/database-access.ts'
import { inStep } from '../../relations/in-step.ts'
import type { Container } from '../../world/container.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'
import { dialOut } from './dial-out.ts'

/** What a program finds when it opens a connection to a host that its environment names. */
export const dependencyProblem = (world: World, self: Running, prefix: string): string | undefined =>
  inStep(world, `needs/${self.container?.id}/${prefix}`, () => seekDependency(world, self, prefix))

/** A database takes the password that it was started with. */
const passwordProblem = (world: World, { environment }: Container): string | undefined =>
  isTurnedAway(world, environment) ? 'pq: password authentication failed for user "postgres"' : undefined

const seekDependency = (world: World, self: Running, prefix: string): string | undefined => {
  const environment = self.container?.environment ?? {}
  const host = environment[`${prefix}_HOST`]
  const port = Number(environment[`${prefix}_PORT`] ?? 0)
  if (host === undefined || self.container === undefined) return undefined
  return dialOut(world, self, { host, port }) ?? passwordProblem(world, self.container)
}
