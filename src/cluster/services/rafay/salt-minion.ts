import { readText } from '../../files/file-tree.ts'
import { localTime } from '../../relations/clock.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service, Span } from '../service.ts'
import { isWithin, ticksIn } from '../ticks.ts'

/** Where Rafay's minion keeps its configuration, its keys and its log. */
export const saltPaths = {
  config: '/opt/rafay/salt/etc/salt/minion',
  key: '/opt/rafay/salt/etc/salt/pki/minion/minion.pem',
  log: '/opt/rafay/salt/var/log/salt/minion',
} as const

const PUBLISH_PORT = 4505
const RETURN_PORT = 4506
const RETRY_MS = 35_000
const KEY_WAIT_MS = 10_000
const HOUR_MS = 3_600_000

type LogLine = { readonly atMs: number; readonly text: string }
type Level = 'INFO' | 'WARNING' | 'ERROR'

const masterOf = (machine: Machine): string =>
  /^master:\s*(\S+)/m.exec(readText(machine.files, saltPaths.config) ?? '')?.[1] ?? 'salt'

const minionIdOf = (machine: Machine): string =>
  /^id:\s*(\S+)/m.exec(readText(machine.files, saltPaths.config) ?? '')?.[1] ?? machine.name

/** A line of Salt's log in the format of `log_fmt_logfile`. */
const line = (
  { machine, unit }: Running,
  atMs: number,
  [module, level, text]: readonly [string, Level, string],
): LogLine => {
  const { year, month, day, time, millis } = localTime(machine, atMs)
  return {
    atMs,
    text: `${year}-${month}-${day} ${time},${millis} [${module.padEnd(34)}][${level.padEnd(8)}][${unit?.mainPid ?? 0}] ${text}`,
  }
}

/** How the minion stands with its master: nobody by that name, no answer, key not accepted, or connected. */
type Standing = 'no-name' | 'no-answer' | 'key-waits' | 'connected'

const standingOf = (world: World, { machine }: Running): Standing => {
  const resolved = resolveName(world, machine, masterOf(machine))
  if (resolved.kind !== 'found') return 'no-name'
  const reaches = (port: number): boolean =>
    connect(world, { from: machine, address: resolved.address, port, protocol: 'tcp' }).kind === 'open'
  if (!reaches(PUBLISH_PORT) || !reaches(RETURN_PORT)) return 'no-answer'
  return world.platforms.rafay?.acceptedMinions.includes(minionIdOf(machine)) === true
    ? 'connected'
    : 'key-waits'
}

const startLines = (self: Running, startMs: number): readonly LogLine[] => [
  line(self, startMs + 40, [
    'salt.cli.daemons',
    'INFO',
    `Setting up the Salt Minion "${minionIdOf(self.machine)}"`,
  ]),
  line(self, startMs + 320, ['salt.cli.daemons', 'INFO', 'The salt minion is starting up']),
  line(self, startMs + 330, [
    'salt.utils.event',
    'INFO',
    'Starting pull socket on /opt/rafay/salt/var/run/salt/minion/minion_event_8c3f01b2_pull.ipc',
  ]),
  line(self, startMs + 900, ['salt.minion', 'INFO', 'Creating minion process manager']),
]

const complaints = (self: Running, atMs: number, standing: Standing): readonly LogLine[] => {
  const master = masterOf(self.machine)
  switch (standing) {
    case 'no-name':
      return [
        line(self, atMs, [
          'salt.utils.network',
          'ERROR',
          `DNS lookup or connection check of '${master}' failed.`,
        ]),
        line(self, atMs + 1, [
          'salt.minion',
          'ERROR',
          `Master hostname: '${master}' not found or not responsive. Retrying in 30 seconds`,
        ]),
      ]
    case 'no-answer':
      return [
        line(self, atMs, [
          'salt.crypt',
          'WARNING',
          `SaltReqTimeoutError: Message timed out. Waited 60 seconds`,
        ]),
        line(self, atMs + 1, [
          'salt.minion',
          'ERROR',
          `Error while bringing up minion for multi-master. Is master at ${master} responding?`,
        ]),
      ]
    case 'key-waits':
      return [
        line(self, atMs, [
          'salt.crypt',
          'ERROR',
          'The Salt Master has cached the public key for this node, this salt minion will wait for 10 seconds before attempting to re-authenticate',
        ]),
        line(self, atMs + 1, ['salt.minion', 'INFO', 'Waiting 10 seconds before retry.']),
      ]
    case 'connected':
      return [
        line(self, atMs, [
          'salt.minion',
          'INFO',
          'User root Executing command saltutil.find_job with jid 20260302080000000000',
        ]),
      ]
  }
}

const periods: Readonly<Record<Standing, number>> = {
  'no-name': RETRY_MS,
  'no-answer': 70_000,
  'key-waits': KEY_WAIT_MS,
  connected: HOUR_MS,
}

const logOf = (world: World, self: Running, span: Span): readonly LogLine[] => {
  const startMs = self.unit?.startedMs ?? span.fromMs
  const standing = standingOf(world, self)
  const started = startLines(self, startMs).filter(({ atMs }) => isWithin(span, atMs))
  const connected = line(self, startMs + 2_400, [
    'salt.minion',
    'INFO',
    `Authentication with master at ${masterOf(self.machine)} successful!`,
  ])
  const later = ticksIn(span, startMs + 5_000, periods[standing]).flatMap(atMs =>
    complaints(self, atMs, standing),
  )
  return [
    ...started,
    ...(standing === 'connected' && isWithin(span, connected.atMs) ? [connected] : []),
    ...later,
  ]
}

const EX_CONFIG = 78

const ailmentOf = (_world: World, { machine }: Running): Ailment | undefined => {
  const config = readText(machine.files, saltPaths.config)
  const failed = (text: string, status: number): Ailment => ({
    exit: { code: 'exited', status, signal: undefined },
    afterMs: 700,
    lines: [{ text }],
  })
  if (config === undefined)
    return failed(
      `[WARNING ] Unable to find the minion configuration file '${saltPaths.config}', exiting`,
      EX_CONFIG,
    )
  const bad = config.split('\n').findIndex(row => /^\t|^[^#\s][^:]*$/.test(row) && row.trim() !== '')
  if (bad >= 0)
    return failed(
      `[ERROR   ] Error parsing configuration file: ${saltPaths.config} - could not find expected ':', line ${bad + 1}`,
      EX_CONFIG,
    )
  return undefined
}

/** Rafay's Salt minion: its complaints are in a log file of its own; the journal holds starts and stops. */
export const saltMinion: Service = {
  ailment: ailmentOf,
  dials: (world, self) =>
    standingOf(world, self) === 'no-name'
      ? []
      : [PUBLISH_PORT, RETURN_PORT].map(port => ({ host: masterOf(self.machine), port })),
  logFile: (world, self, span) => ({ path: saltPaths.log, lines: logOf(world, self, span) }),
  farewell: () => [
    { text: '[WARNING ] Minion received a SIGTERM. Exiting.' },
    { text: 'The Salt Minion is shutdown. Minion received a SIGTERM. Exited.' },
  ],
}
