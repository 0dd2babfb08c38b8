import type { ChildProcess } from 'node:child_process'
import type { Exit } from '../process/launch.ts'
import { spawnJob } from '../process/spawn-job.ts'
import { type Connection, scriptCommand } from './connection.ts'
import { channelArguments } from './ssh-arguments.ts'

/** A channel of a connection on which our script waits for requests, one after another. */
export type Channel = {
  readonly child: ChildProcess
  /** Resolves when ssh has let go of the channel. */
  readonly exited: Promise<Exit>
  readonly isOpen: () => boolean
}

/** Opens a channel; `undefined` where there is no ssh. */
export const openChannel = async (connection: Connection): Promise<Channel | undefined> => {
  const { station, link } = connection
  const args = channelArguments(link, '-T', scriptCommand(connection, 'captured'))
  const spawned = await spawnJob(
    { file: 'ssh', args, env: station.env, cwd: '/' },
    { detached: true, stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' },
  )
  if (spawned.kind === 'failed') return undefined
  const { child, exited } = spawned
  // A channel that is gone says so by its end.
  child.stdin?.on('error', () => undefined)
  return { child, exited, isOpen: () => child.exitCode === null && child.signalCode === null }
}

/** Lets go of a channel, whatever still holds it on the other side. */
export const dropChannel = ({ child }: Channel): void => {
  child.kill('SIGKILL')
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy()
  child.unref()
}
