import { releaseIn } from '../../kube/image-release.ts'
import { hasTurnedAway } from '../../relations/database-access.ts'
import type { Service } from '../service.ts'
import { exits, repeating, startedMsOf, tcp } from './telling.ts'

const when = (atMs: number): string => new Date(atMs).toISOString().slice(0, -1).replace('T', ' ')

// `01 Mar 2026 02:56:20.123`
const redisStamp = (atMs: number): string =>
  `${new Date(atMs).toUTCString().slice(5, 25)}.${String(Math.floor(atMs) % 1000).padStart(3, '0')}`

const refusedLogin = (atMs: number): readonly string[] => [
  `${when(atMs)} UTC [311] FATAL:  password authentication failed for user "postgres"`,
  `${when(atMs)} UTC [311] DETAIL:  Connection matched file "/var/lib/postgresql/data/pgdata/pg_hba.conf" line 128: "host all all all scram-sha-256"`,
]

/** PostgreSQL: wants a password for its first start. */
export const postgres: Service = {
  listens: () => [tcp(5432)],
  ailment: (_world, { container }) => {
    const { POSTGRES_PASSWORD: password, POSTGRES_HOST_AUTH_METHOD: method } = container?.environment ?? {}
    return password || method
      ? undefined
      : {
          exit: exits(1),
          afterMs: 200,
          lines: [
            { text: 'Error: Database is uninitialized and superuser password is not specified.' },
            { text: '       You must specify POSTGRES_PASSWORD to a non-empty value for the' },
            { text: '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".' },
          ],
        }
  },
  greeting: (world, { container }) => {
    const at = when(container?.startedMs ?? world.nowMs)
    const release = releaseIn(container?.image ?? 'postgres')
    return [
      { text: 'PostgreSQL Database directory appears to contain a database; Skipping initialization' },
      {
        text: `${at} UTC [1] LOG:  starting PostgreSQL ${release} (Debian ${release}-1.pgdg120+2) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit`,
      },
      { text: `${at} UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432` },
      { text: `${at} UTC [1] LOG:  database system is ready to accept connections` },
    ]
  },
  chatter: (world, _self, span) => [
    ...repeating(
      span,
      300_000,
      atMs =>
        `${when(atMs)} UTC [27] LOG:  checkpoint complete: wrote ${3 + (Math.floor(atMs / 300_000) % 40)} buffers (0.0%); 0 WAL file(s) added, 0 removed, 0 recycled`,
    ),
    ...(hasTurnedAway(world) ? repeating(span, 12_000, refusedLogin) : []),
  ],
  answers: (_world, _self, { path }) =>
    path.startsWith('pg_isready')
      ? { status: 200, body: '/var/run/postgresql:5432 - accepting connections\n' }
      : undefined,
}

/** Redis. */
export const redis: Service = {
  listens: () => [tcp(6379)],
  greeting: (world, self) => {
    const at = redisStamp(startedMsOf(world, self))
    const release = releaseIn(self.container?.image ?? 'redis')
    return [
      { text: `1:C ${at} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo` },
      {
        text: `1:C ${at} * Redis version=${release}, bits=64, commit=00000000, modified=0, pid=1, just started`,
      },
      ...((self.container?.command.length ?? 0) > 1
        ? [{ text: `1:C ${at} * Configuration loaded` }]
        : [
            {
              text: `1:C ${at} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf`,
            },
          ]),
      { text: `1:M ${at} * monotonic clock: POSIX clock_gettime` },
      { text: `1:M ${at} * Running mode=standalone, port=6379.` },
      { text: `1:M ${at} * Server initialized` },
      { text: `1:M ${at} * Ready to accept connections tcp` },
    ]
  },
}
