import type { World } from '../world/world.ts'
import { createIdleCron, runForCron } from './cron.ts'
import { createJobTime } from './job-time.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { ShellSession } from './shell-session.ts'

/** Lets simulated time pass while nobody has a shell open; what cron orders meanwhile is run. */
export const passTime = (world: World, byMs: number): Promise<void> => {
  const jobs: Jobs = createJobs(
    world,
    createIdleCron(world, order => {
      const { level, process, ...text } = order
      const run = runForCron(world, order, errand => {
        const time = createJobTime(world, { errand, process })
        const setup = { world, start: level.post, hasTerminal: false }
        return new ShellSession(setup, { jobs, time, process }).runAt(level, text)
      })
      return jobs.start({ ...order, run })
    }),
  )
  return jobs.pass(byMs)
}
