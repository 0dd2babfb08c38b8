import { execa } from 'execa'
import { happensWithin } from '../process/happens-within.ts'
import type { Station } from './prepare-station.ts'
import { channelArguments, endArguments, type Link } from './ssh-arguments.ts'

/** A connection that stands, with what was set up behind it. Both paths hold no character that a shell could misread. */
export type Connection = {
  readonly station: Station
  readonly link: Link
  /** The path of bash there. */
  readonly bash: string
  /** The private folder there. */
  readonly folder: string
}

/** What a short question gave: an exit code, `undefined` when it was not answered in time, and both streams. */
export type Answer = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string }

/** A short command for any `sh` to run there, and its input. */
export type Question = { readonly command: string; readonly input?: string; readonly limitMs: number }

/** Runs a short command of our own through a connection. Never rejects. */
export const askRemote = async (
  { station, link }: Pick<Connection, 'station' | 'link'>,
  { command, input = '', limitMs }: Question,
): Promise<Answer> => {
  const asking = execa('ssh', channelArguments(link, '-T', command), {
    ...{ env: station.env, extendEnv: false, cwd: '/', detached: true, reject: false },
    ...{ input, maxBuffer: 1_000_000 },
  })
  // The connection holds the streams of a channel that is not answered; waiting for their end would be waiting for it.
  if (!(await happensWithin(asking, limitMs))) {
    asking.kill('SIGKILL')
    for (const stream of [asking.stdin, asking.stdout, asking.stderr]) stream?.destroy()
    return { code: undefined, stdout: '', stderr: '' }
  }
  const { exitCode, stdout, stderr } = await asking
  return { code: exitCode, stdout: stdout ?? '', stderr: stderr ?? '' }
}

/** The command line that runs our script there. */
export const scriptCommand = (
  { bash, folder }: Connection,
  ...words: readonly ['captured'] | readonly ['terminal' | 'stop', string]
): string => ['exec', bash, '-p', `${folder}/run`, ...words].join(' ')

/** Ends the connection; without one it does nothing. */
export const endConnection = async ({
  station,
  link,
}: Pick<Connection, 'station' | 'link'>): Promise<void> => {
  await execa('ssh', endArguments(link), {
    ...{ env: station.env, extendEnv: false, cwd: '/', detached: true, reject: false },
    ...{ stdio: 'ignore', timeout: 1000, forceKillAfterDelay: 100 },
  })
}
