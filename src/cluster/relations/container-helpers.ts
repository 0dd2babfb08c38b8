import type { Container } from '../world/container.ts'

/** A process that a server in a container keeps beside itself: it holds no sockets, and the server begins it anew when it ends. */
export type ContainerHelper = {
  readonly pid: number
  readonly command: string
  readonly user: string
  /** Which part of the container's memory and time is its own. */
  readonly share: number
  readonly startedMs?: number
}

/** How many numbers of processes an entrypoint's script takes before the server that it becomes begins others. */
const SCRIPT_SPAN = 20

type Kept = {
  /** Whom the image's entrypoint becomes. */
  readonly user: string
  /** The account that the image has for them. */
  readonly account: string
  /** How the server names itself once it runs, where that is not its command line. */
  readonly title?: string
  /** The program that a script's first line hands to its interpreter, by which the kernel calls the process. */
  readonly script?: string
  readonly helpers: readonly (readonly [command: string, user: string, share: number])[]
}

/** What the stock images run, by the service of their containers. */
const kept: Readonly<Record<string, Kept>> = {
  postgres: {
    user: '999',
    account: 'postgres:x:999:999::/var/lib/postgresql:/bin/bash',
    helpers: [
      ['postgres: checkpointer ', '999', 0.05],
      ['postgres: background writer ', '999', 0.03],
      ['postgres: walwriter ', '999', 0.05],
      ['postgres: autovacuum launcher ', '999', 0.04],
      ['postgres: logical replication launcher ', '999', 0.03],
    ],
  },
  redis: {
    user: '999',
    account: 'redis:x:999:1000::/home/redis:/bin/sh',
    title: 'redis-server *:6379',
    helpers: [],
  },
  nginx: {
    user: 'root',
    account: 'nginx:x:101:101:nginx user:/nonexistent:/bin/false',
    title: 'nginx: master process nginx -g daemon off;',
    helpers: [
      ['nginx: worker process', '101', 0.3],
      ['nginx: worker process', '101', 0.3],
    ],
  },
  'klipper-lb': {
    user: 'root',
    account: '',
    title: '/bin/sh /usr/bin/entry',
    script: 'entry',
    helpers: [],
  },
}

/** How many numbers of processes the helpers of a service take. */
export const helpersSpan = (service: string): number => {
  const count = kept[service]?.helpers.length ?? 0
  return count === 0 ? 0 : SCRIPT_SPAN + count
}

/** Whom a container's main process runs as: the user that its pod wants, or the one that its image's entrypoint becomes. */
export const userOfContainer = ({ service, user }: Container): string => user ?? kept[service]?.user ?? 'root'

/** How a server in a container names itself; `undefined` for one that goes by its command line. */
export const titleOfContainer = ({ service }: Container): string | undefined => kept[service]?.title

/** The script that a container's main process runs, where its image begins one directly. */
export const scriptOfContainer = ({ service }: Container): string | undefined => kept[service]?.script

/** The account of an image's own user as a line of its /etc/passwd; empty where there is none. */
export const accountOfImage = (service: string): string => {
  const account = kept[service]?.account ?? ''
  return account === '' ? '' : `${account}\n`
}

/** The processes that a server in a container keeps beside itself. */
export const helpersOf = ({ service, pid, respawned, user: wanted }: Container): readonly ContainerHelper[] =>
  (kept[service]?.helpers ?? []).map(([command, user, share], at) => {
    const again = respawned?.[`${command}${at}`]
    return {
      pid: again?.pid ?? pid + SCRIPT_SPAN + at + 1,
      command: command.trimEnd(),
      user: wanted ?? user,
      share,
      ...(again === undefined ? {} : { startedMs: again.startedMs }),
    }
  })

/** By which name it is kept that a helper was begun anew; `undefined` for a process that is none. */
export const helperKey = (container: Container, pid: number): string | undefined => {
  const at = helpersOf(container).findIndex(helper => helper.pid === pid)
  return at < 0 ? undefined : `${kept[container.service]?.helpers[at]?.[0]}${at}`
}
