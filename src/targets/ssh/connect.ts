import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome, Result } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { findMarked } from '../process/find-marked.ts'
import { spawnJob } from '../process/spawn-job.ts'
import { waitForEnd } from '../process/wait-for-end.ts'
import { withoutKeyboardSignals } from '../process/without-keyboard-signals.ts'
import type { LendTerminal } from '../types.ts'
import { askRemote, type Connection, endConnection } from './connection.ts'
import { type Destination, formatDestination } from './parse-destination.ts'
import type { Station } from './prepare-station.ts'
import { setupScript } from './setup-script.ts'
import { type Asking, connectArguments, type Link, type Patience } from './ssh-arguments.ts'
import { isForPerson, wordFailure } from './word-failure.ts'

/** What a connection is made from. */
export type ConnectRequest = {
  readonly station: Station
  readonly destination: Destination
  readonly configFile: string | undefined
  readonly patience: Patience
  /** The folder of an earlier connection, which may still be there. */
  readonly earlier: string | undefined
  /** Gives the terminal to ssh for its questions; `undefined` when nobody is to be asked. */
  readonly lendTerminal: LendTerminal | undefined
  readonly signal: AbortSignal
}

// ssh's own limit covers the way to the other side's greeting; what may hang after that is covered by this.
const CONNECT_LIMIT_MS = 15_000
const SETUP_LIMIT_MS = 10_000

const readLog = ({ log }: Link): string => {
  try {
    return readFileSync(log, 'utf8')
  } catch {
    return ''
  }
}

/** All that ssh said since the connection was begun. */
export const readConnectionLog = ({ link }: Connection): string => readLog(link)

const linkFor = ({ station, destination, configFile, patience }: ConnectRequest): Link => ({
  destination,
  configFile,
  patience,
  socket: join(station.folder, 's'),
  log: join(station.folder, 'log'),
})

/** Ends the connection in the background, however deaf it is. */
export const dropConnection = async (place: Pick<Connection, 'station' | 'link'>): Promise<void> => {
  if (existsSync(place.link.socket)) await endConnection(place)
  for (const pid of findMarked(place.station.marker)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone in the meantime.
    }
  }
  rmSync(place.link.socket, { force: true })
}

/** Lets ssh connect and go to the background; gives why it did not, if so. */
const openLink = async (
  { station, signal }: ConnectRequest,
  link: Link,
  asking: Asking,
): Promise<Outcome | undefined> => {
  rmSync(link.log, { force: true })
  const isAsking = asking === 'on-terminal'
  const spawned = await spawnJob(
    { file: 'ssh', args: connectArguments(link, asking), env: station.env, cwd: '/' },
    { stdio: isAsking ? 'inherit' : 'ignore', detached: !isAsking },
  )
  const name = formatDestination(link.destination)
  if (spawned.kind === 'failed')
    return notStarted('not-found', 'There is no ssh on the PATH. Install the OpenSSH client.')
  const end = await waitForEnd({
    exited: spawned.exited,
    signal,
    timeoutMs: isAsking ? undefined : CONNECT_LIMIT_MS,
  })
  if (end.kind === 'exited')
    return end.exit.code === 0 ? undefined : wordFailure({ name, text: readLog(link) })
  spawned.child.kill('SIGKILL')
  return end.kind === 'canceled' ? end : wordFailure({ name, text: 'Connection timed out' })
}

const openWithPerson = async (request: ConnectRequest, link: Link): Promise<Outcome | undefined> => {
  const failure = await openLink(request, link, 'never')
  const { lendTerminal } = request
  if (failure?.kind !== 'not-started' || lendTerminal === undefined || !isForPerson(readLog(link)))
    return failure
  return lendTerminal(() => withoutKeyboardSignals(() => openLink(request, link, 'on-terminal')))
}

const setUp = async (request: ConnectRequest, link: Link): Promise<Result<Connection, Outcome>> => {
  const { station, earlier } = request
  const nonce = randomUUID()
  const name = formatDestination(link.destination)
  const { stdout, stderr } = await askRemote(
    { station, link },
    { command: 'exec /bin/sh', input: setupScript({ nonce, earlier }), limitMs: SETUP_LIMIT_MS },
  )
  const said = stdout.split('\n').find(line => line.startsWith(`${nonce} `))
  const [, what = '', bash = '', folder = ''] = said?.split(' ') ?? []
  if (what === 'folder') return { ok: true, value: { station, link, bash, folder } }
  await dropConnection({ station, link })
  if (what === 'no-bash')
    return { ok: false, error: notStarted('not-found', `There is no bash on ${name}. Install it there.`) }
  if (what === 'no-folder') {
    const message = `No private folder can be made on ${name}. Make room in /dev/shm or /tmp there.`
    return { ok: false, error: notStarted('refused', message) }
  }
  return { ok: false, error: wordFailure({ name, text: `${readLog(link)}${stdout}\n${stderr}` }) }
}

/** Connects, asking the person where that is needed and possible, and sets up what commands need on the other side. */
export const connect = async (request: ConnectRequest): Promise<Result<Connection, Outcome>> => {
  const link = linkFor(request)
  const failure = await openWithPerson(request, link)
  return failure === undefined ? setUp(request, link) : { ok: false, error: failure }
}
