import { releaseIn } from '../../kube/image-release.ts'
import { userOfContainer } from '../../relations/container-helpers.ts'
import { ofContainer, withChildren } from '../../relations/container-processes.ts'
import { writingProblem } from '../../relations/container-writing.ts'
import { insideOf } from '../../relations/inside.ts'
import { numberedInside } from '../../relations/inside-processes.ts'
import type { FileTree } from '../../world/file-node.ts'
import type { World } from '../../world/world.ts'
import type { Line, Running, Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { nginxAnswer } from './nginx-pages.ts'
import { nginxProblem, nginxSettings } from './nginx-settings.ts'
import { exits, startedMsOf, tcp } from './telling.ts'

const CACHE = '/var/cache/nginx'
const SITE = '/etc/nginx/conf.d/default.conf'
const IPV6 = '10-listen-on-ipv6-by-default.sh'

// `01/Mar/2026:02:56:20 +0000`
const accessStamp = (atMs: number): string =>
  `${new Date(atMs).toUTCString().slice(5, 16).replaceAll(' ', '/')}:${new Date(atMs).toISOString().slice(11, 19)} +0000`

// `2026/03/01 02:56:20`
const errorStamp = (atMs: number): string =>
  new Date(atMs).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')

const releaseOf = ({ container }: Running): string => releaseIn(container?.image ?? 'nginx')

/** What the scripts of the image say before nginx begins. */
const entrypoint = (canSetUp: boolean): readonly Line[] => {
  const said = (text: string): string => `/docker-entrypoint.sh: ${text}`
  return [
    said('/docker-entrypoint.d/ is not empty, will attempt to perform configuration'),
    said('Looking for shell scripts in /docker-entrypoint.d/'),
    said(`Launching /docker-entrypoint.d/${IPV6}`),
    ...(canSetUp
      ? [`${IPV6}: info: Getting the checksum of ${SITE}`, `${IPV6}: info: Enabled listen on IPv6 in ${SITE}`]
      : [`${IPV6}: info: can not modify ${SITE} (read-only file system?)`]),
    said('Sourcing /docker-entrypoint.d/15-local-resolvers.envsh'),
    said('Launching /docker-entrypoint.d/20-envsubst-on-templates.sh'),
    said('Launching /docker-entrypoint.d/30-tune-worker-processes.sh'),
    said('Configuration complete; ready for start up'),
  ].map(text => ({ text }))
}

const filesOf = (world: World, { machine, container }: Running): FileTree =>
  container === undefined ? machine.files : insideOf(world, machine, container).files

/** The numbers of its workers, as it counts processes itself. */
const workersOf = ({ container }: Running): readonly number[] =>
  container === undefined
    ? []
    : numberedInside(container, withChildren(ofContainer(container, 0), container))
        .slice(1)
        .map(({ pid }) => pid)

const NOT_ROOT =
  'the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2'

/** nginx as its image begins it: as root it makes its folders below /var/cache, takes its port and starts its workers. */
export const nginx: Service = {
  listens: (world, self) => nginxSettings(filesOf(world, self)).ports.map(port => tcp(port)),
  ailment: (world, self) => {
    const { container } = self
    // It reads its settings as it starts.
    const refused = isStarting(world, self) ? nginxProblem(filesOf(world, self)) : undefined
    const isRoot = container === undefined || userOfContainer(container) === 'root'
    const problem = container && writingProblem(world, container, CACHE)
    if (problem === undefined && refused === undefined && isRoot) return undefined
    const emergency =
      refused ??
      (problem === undefined
        ? 'bind() to 0.0.0.0:80 failed (13: Permission denied)'
        : `mkdir() "${CACHE}/client_temp" failed (${problem.number}: ${problem.text})`)
    const at = errorStamp(container?.startedMs ?? world.nowMs)
    const twice = (level: string, text: string): readonly Line[] => [
      { text: `${at} [${level}] 1#1: ${text}` },
      { text: `nginx: [${level}] ${text}` },
    ]
    return {
      exit: exits(1),
      afterMs: 100,
      lines: [
        ...entrypoint(problem === undefined && isRoot),
        ...(isRoot ? [] : twice('warn', NOT_ROOT)),
        ...twice('emerg', emergency),
      ],
    }
  },
  greeting: (world, self) => {
    const at = errorStamp(startedMsOf(world, self))
    const noted = (text: string): Line => ({ text: `${at} [notice] 1#1: ${text}` })
    return [
      ...entrypoint(true),
      noted('using the "epoll" event method'),
      noted(`nginx/${releaseOf(self)}`),
      noted('built by gcc 12.2.0 (Debian 12.2.0-14) '),
      noted(`OS: Linux ${self.machine.os.kernel}`),
      noted('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
      noted('start worker processes'),
      ...workersOf(self).map(pid => noted(`start worker process ${pid}`)),
    ]
  },
  notes: ({ atMs, client, request: { method = 'GET', path, agent = '-' }, answer: { status, body } }) =>
    `${client} - - [${accessStamp(atMs)}] "${method} ${path} HTTP/1.1" ${status} ${method === 'HEAD' ? 0 : body.length} "-" "${agent}" "-"`,
  answers: (world, self, { path }) => {
    const files = filesOf(world, self)
    return nginxAnswer(
      { release: releaseOf(self), files, root: nginxSettings(files).root },
      path,
      world.nowMs,
    )
  },
}
