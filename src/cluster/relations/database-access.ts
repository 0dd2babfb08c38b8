import type { World } from '../world/world.ts'
import { inStep } from './in-step.ts'
import { runningContainers } from './pods.ts'

type Environment = Readonly<Record<string, string>>

/** The passwords that the databases which run were started with. */
const passwords = (world: World): readonly (string | undefined)[] =>
  inStep(world, 'database-passwords', () =>
    runningContainers(world, 'postgres').map(({ container }) => container.environment.POSTGRES_PASSWORD),
  )

/** Whether a program with this environment has a password for its database that none that runs was started with. */
export const isTurnedAway = (world: World, { DATABASE_PASSWORD: password }: Environment): boolean => {
  const known = passwords(world)
  return password !== undefined && known.length > 0 && !known.includes(password)
}

/** Whether one of the programs that run is turned away by its database. */
export const hasTurnedAway = (world: World): boolean =>
  runningContainers(world, 'app-worker').some(({ container }) => isTurnedAway(world, container.environment))
