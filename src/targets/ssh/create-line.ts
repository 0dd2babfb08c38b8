import { existsSync } from 'node:fs'
import type { Outcome, Result } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { happensWithin } from '../process/happens-within.ts'
import type { LendTerminal } from '../types.ts'
import { connect, dropConnection } from './connect.ts'
import { askRemote, type Connection } from './connection.ts'
import { type Channel, dropChannel, openChannel } from './open-channel.ts'
import type { Destination } from './parse-destination.ts'
import { prepareStation, type Station } from './prepare-station.ts'
import type { Patience } from './ssh-arguments.ts'

/** Where the line leads, and on what terms. */
export type LineSetup = {
  readonly destination: Destination
  readonly configFile: string | undefined
  readonly patience: Patience
  readonly runtimeFolder: string | undefined
  readonly env: Readonly<Record<string, string>>
  /** Gives the terminal to ssh for its questions while it connects; `undefined` when nobody is to be asked. */
  readonly lendTerminal: () => LendTerminal | undefined
}

/** The way to another machine: a connection that is made when it is first needed and again after it was lost. */
export type Line = {
  readonly open: (signal: AbortSignal) => Promise<Result<Connection, Outcome>>
  /** A channel for one command: the last one's if it is free again, else a new one; `undefined` where there is no ssh. */
  readonly takeChannel: (connection: Connection) => Promise<Channel | undefined>
  /** Keeps a channel for the next command if it becomes free. */
  readonly keepChannel: (channel: Channel, isFree: Promise<boolean>) => void
  readonly drop: () => Promise<void>
  readonly close: () => Promise<void>
}

const REMOVE_LIMIT_MS = 2000
const LEAVE_LIMIT_MS = 500

/** Creates a line; nothing is connected before it is opened. */
export const createLine = (setup: LineSetup): Line => {
  const { runtimeFolder, env } = setup
  let preparing: Promise<Station | undefined> | undefined
  let connection: Connection | undefined
  let earlier: string | undefined
  let spare: Promise<Channel | undefined> | undefined

  const takeSpare = async (): Promise<Channel | undefined> => {
    const channel = await spare
    spare = undefined
    return channel
  }
  const drop = async (): Promise<void> => {
    const channel = await takeSpare()
    if (channel !== undefined) dropChannel(channel)
    if (connection !== undefined) await dropConnection(connection)
    connection = undefined
  }
  const open: Line['open'] = async signal => {
    if (connection !== undefined && existsSync(connection.link.socket)) return { ok: true, value: connection }
    await drop()
    preparing ??= prepareStation({ runtimeFolder, env })
    const station = await preparing
    if (station === undefined) {
      preparing = undefined
      const message = 'No private folder can be made here. Make room in /tmp.'
      return { ok: false, error: notStarted('refused', message) }
    }
    const { destination, configFile, patience } = setup
    const terms = { destination, configFile, patience, lendTerminal: setup.lendTerminal() }
    const connected = await connect({ ...terms, station, earlier, signal })
    connection = connected.ok ? connected.value : undefined
    earlier = connection?.folder ?? earlier
    return connected
  }
  const leave = async (link: Connection): Promise<void> => {
    const channel = await takeSpare()
    channel?.child.stdin?.end()
    if (channel !== undefined) {
      await happensWithin(channel.exited, LEAVE_LIMIT_MS)
      dropChannel(channel)
    }
    await askRemote(link, { command: `exec rm -rf ${link.folder}`, limitMs: REMOVE_LIMIT_MS })
  }

  return {
    open,
    drop,
    takeChannel: async link => {
      const channel = await takeSpare()
      return channel?.isOpen() ? channel : openChannel(link)
    },
    keepChannel: (channel, isFree) => {
      spare = isFree.then(isIt => (isIt ? channel : undefined))
    },
    close: async () => {
      if (connection !== undefined && existsSync(connection.link.socket)) await leave(connection)
      await drop()
      await (await preparing)?.close()
    },
  }
}
