import type { Destination } from './parse-destination.ts'

/** A destination, and the private files through which its one connection is used. */
export type Link = {
  readonly destination: Destination
  readonly socket: string
  readonly log: string
  /** An ssh configuration to use in place of the operator's own. */
  readonly configFile: string | undefined
  readonly patience: Patience
}

/** How long an answer is waited for: at most `connectS` seconds for a connection, three times `aliveS` on one that stands. */
export type Patience = { readonly connectS: number; readonly aliveS: number }

const ALIVE_COUNT = 3

const options = (values: Readonly<Record<string, string | number>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-o', `${name}=${value}`])

const address = ({ host, user }: Destination): readonly string[] => [
  '--',
  user === undefined ? host : `${user}@${host}`,
]

/** Whether ssh may ask the person at the terminal for a password, a passphrase, or about an unknown host key. */
export type Asking = 'never' | 'on-terminal'

/**
 * The arguments that make the one connection and leave it in the background. What the operator configured holds, above all how host
 * keys are checked; only what would take the connection for another use is switched off.
 */
export const connectArguments = (
  { destination, socket, log, configFile, patience }: Link,
  asking: Asking,
): readonly string[] => [
  ...(configFile === undefined ? [] : ['-F', configFile]),
  ...['-f', '-N', '-T', '-M', '-S', socket, '-E', log],
  ...(destination.port === undefined ? [] : ['-p', `${destination.port}`]),
  ...options({
    BatchMode: asking === 'never' ? 'yes' : 'no',
    ConnectTimeout: patience.connectS,
    ServerAliveInterval: patience.aliveS,
    ServerAliveCountMax: ALIVE_COUNT,
    ControlPersist: 'no',
    ClearAllForwardings: 'yes',
    ForwardX11: 'no',
    RemoteCommand: 'none',
    LogLevel: 'INFO',
  }),
  ...address(destination),
]

/** The arguments of ssh when it only uses the connection. Without one it must fail at once rather than connect on its own. */
const shareArguments = ({ socket }: Link): readonly string[] => [
  ...['-F', 'none', '-S', socket],
  ...options({ ControlMaster: 'no', ProxyCommand: 'false', BatchMode: 'yes', LogLevel: 'ERROR' }),
]

/** The arguments that run a command through the connection, with a terminal there or without. */
export const channelArguments = (link: Link, terminal: '-T' | '-tt', command: string): readonly string[] => [
  ...shareArguments(link),
  terminal,
  ...address(link.destination),
  command,
]

/** The arguments that end the connection. */
export const endArguments = (link: Link): readonly string[] => [
  ...shareArguments(link),
  ...['-O', 'exit'],
  ...address(link.destination),
]
