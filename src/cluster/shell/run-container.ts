import { readText } from '../files/file-tree.ts'
import { settle } from '../laws/advance.ts'
import { endContainer, specOf, writeLog } from '../laws/pods/run-containers.ts'
import type { ClusterHost } from '../relations/cluster-hosts.ts'
import { shellLine } from '../relations/shell-line.ts'
import type { Container } from '../world/container.ts'
import type { LogLine } from '../world/journal-entry.ts'
import type { FreeProcess } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { wordedAt } from './busybox-words.ts'
import type { Errand } from './jobs.ts'
import { createLevel } from './level.ts'
import { createLineWriter, isUnknown, type OrderSession, RUNS_MS } from './orders.ts'
import { postIn } from './post-in.ts'
import type { Reply } from './program.ts'

/** A container whose command runs, where, and its main process. */
export type RunningContainer = {
  readonly place: ClusterHost
  readonly container: Container
  readonly process: FreeProcess
}

/** A container's command as a session runs it. */
export type ContainerWork = {
  readonly world: World
  readonly session: OrderSession
  readonly running: RunningContainer
  readonly errand: Errand
}

const THOUSANDTHS_A_PERCENT = 10

type Stream = LogLine['stream']

/** Writes a stream to the container's log line by line. */
const logOf = (world: World, { place: { machine }, container }: RunningContainer, stream: Stream) =>
  createLineWriter(lines =>
    writeLog(
      { container, machine },
      world.nowMs,
      lines.map(text => ({ text, stream })),
    ),
  )

/** Whether a container still is the one whose command runs. */
export const isUp = ({ container }: RunningContainer): boolean => container.state === 'running'

/** What a job takes of a core is what its container takes. */
const takingCpu = ({ container, process }: RunningContainer, { wait, signal }: Errand): Errand => ({
  signal,
  wait: async ms => {
    if (process.cpuPercent > 0) container.cpuMillis = process.cpuPercent * THOUSANDTHS_A_PERCENT
    await wait(ms)
  },
})

const MOST_WORDS = 4_096
const MOST_LOGGED = 2_048
const MOST_LINES = 80

/** What a container leaves in its file for that, or in its log where its pod wants that of one which failed. */
const lastWords = (world: World, { container }: RunningContainer): string => {
  const { terminationMessagePath: path = '/dev/termination-log', terminationMessagePolicy: policy } =
    specOf(world, container) ?? {}
  const left = readText(container.files ?? new Map(), path) ?? ''
  if (left !== '' || policy !== 'FallbackToLogsOnError' || container.exitCode === 0)
    return left.slice(-MOST_WORDS)
  const said = container.log.slice(-MOST_LINES).map(({ text }) => `${text}\n`)
  return said.join('').slice(-MOST_LOGGED)
}

/** Runs what a container was made for, writes its log by it, and ends the container as it ends. */
export const runContainer = async ({ world, session, running, errand }: ContainerWork): Promise<Reply> => {
  const { place, container, process } = running
  const post = postIn(world, place, container)
  const own = takingCpu(running, errand)
  const out = logOf(world, running, 'stdout')
  const worded = (text: string): string => wordedAt(post, { stderr: text }).stderr ?? ''
  const ran = await session.run(
    {
      level: createLevel(post),
      line: shellLine(post.machine, container.command),
      process,
      onOutput: text => out.write(worded(text)),
    },
    own,
  )
  await own.wait(RUNS_MS)
  if (!isUp(running)) return {}
  const { stdout = '', stderr = '', exit = 0 } = ran
  // What this cluster has no program for is taken to serve.
  if (isUnknown(ran, container.command[0])) return {}
  out.write(stdout)
  out.end()
  const errors = logOf(world, running, 'stderr')
  errors.write(stderr)
  errors.end()
  endContainer(container, {
    atMs: world.nowMs,
    exitCode: exit,
    reason: exit === 0 ? 'Completed' : 'Error',
  })
  container.message = lastWords(world, running)
  settle(world)
  return {}
}
