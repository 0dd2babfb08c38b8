import type { World } from '../world/world.ts'
import type { Listening } from './attention.ts'
import { createContainerCommands } from './container-commands.ts'
import { createCron, runForCron } from './cron.ts'
import type { Alarm, Errand, Jobs } from './jobs.ts'
import type { JobText, Level, LevelLine } from './level.ts'
import type { OrderSession } from './orders.ts'
import type { Reply } from './program.ts'
import { createUnitCommands } from './unit-commands.ts'

/** What runs shell text for a job, with a time of its own. */
export type JobShell = {
  readonly runAt: (level: Level, text: LevelLine) => Promise<Reply>
  readonly runHeard: (text: LevelLine, listener: Listening) => Promise<Reply>
}

/** What a session gives: its jobs, and a shell for one of them. */
export type AlarmSetup = {
  readonly jobs: Jobs
  readonly shellFor: (text: Omit<JobText, 'line'>, errand: Errand) => JobShell
}

const together = (alarms: readonly Alarm[]): Alarm => ({
  nextMs: untilMs => Math.min(...alarms.map(({ nextMs }) => nextMs(untilMs))),
  ring: async () => {
    for (const { ring } of alarms) await ring()
  },
  isDue: () => alarms.some(({ isDue }) => isDue?.() === true),
})

/** What machines run at times of their own: by cron, by unit files that somebody wrote, and by what pods say to a shell. */
export const createAlarms = (world: World, session: AlarmSetup, cron = createCron): Alarm => {
  const orders: OrderSession = {
    start: order => session.jobs.start(order),
    run: ({ line, onOutput, ...text }, errand) =>
      session.shellFor(text, errand).runHeard({ line }, { onOutput, signal: errand.signal }),
  }
  return together([
    cron(world, ({ line, stdin, ...order }) =>
      session.jobs.start({
        ...order,
        run: runForCron(world, { line, stdin, ...order }, errand =>
          session.shellFor(order, errand).runAt(order.level, { line, stdin }),
        ),
      }),
    ),
    createUnitCommands(world, orders),
    createContainerCommands(world, orders),
  ])
}
