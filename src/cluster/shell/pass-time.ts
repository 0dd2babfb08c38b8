import type { World } from '../world/world.ts'
import { type AlarmSetup, createAlarms } from './alarms.ts'
import { createIdleCron } from './cron.ts'
import { createJobTime } from './job-time.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { ShellSession } from './shell-session.ts'

/** Lets simulated time pass while nobody has a shell open; what machines run at times of their own is run meanwhile. */
export const passTime = (world: World, byMs: number): Promise<void> => {
  const session: AlarmSetup = {
    get jobs(): Jobs {
      return jobs
    },
    shellFor: ({ process, level }, errand) => {
      const time = createJobTime(world, { errand, process })
      const setup = { world, start: level.post, hasTerminal: false }
      return new ShellSession(setup, { jobs, time, process }, level)
    },
  }
  const jobs = createJobs(world, createAlarms(world, session, createIdleCron))
  return jobs.pass(byMs)
}
