import { releaseIn } from '../../kube/image-release.ts'
import { userOfContainer } from '../../relations/container-helpers.ts'
import { writingProblem } from '../../relations/container-writing.ts'
import type { HttpAnswer, Line, Running, Service } from '../service.ts'
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

/** When the last release of each minor one came out, which is when its pages were made. */
const releasedMs: Readonly<Record<string, number>> = {
  1.21: Date.UTC(2022, 0, 25, 15, 3, 52),
  1.23: Date.UTC(2023, 2, 28, 15, 1, 54),
  1.24: Date.UTC(2023, 3, 11, 1, 45, 34),
  1.25: Date.UTC(2024, 3, 16, 14, 29, 59),
  1.26: Date.UTC(2025, 1, 5, 11, 6, 32),
  1.27: Date.UTC(2025, 3, 16, 12, 55, 34),
  1.28: Date.UTC(2025, 3, 23, 11, 48, 54),
}
const NEWEST_MS = Date.UTC(2025, 9, 28, 12, 5, 10)

const releaseOf = ({ container }: Running): string => releaseIn(container?.image ?? 'nginx')

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

type Page = { readonly status: number; readonly body: string; readonly more?: readonly string[] }

const answer = (self: Running, atMs: number, { status, body, more = [] }: Page): HttpAnswer => ({
  status,
  body,
  headers: [
    `Server: nginx/${releaseOf(self)}`,
    `Date: ${new Date(atMs).toUTCString()}`,
    'Content-Type: text/html',
    `Content-Length: ${body.length}`,
    ...more.slice(0, 1),
    'Connection: keep-alive',
    ...more.slice(1),
  ],
})

const missing = (release: string): string =>
  `<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>nginx/${release}</center>\n</body>\n</html>\n`.replaceAll(
    '\n',
    '\r\n',
  )

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

/** How the first worker is numbered after the scripts of the image, and how many there are. */
const FIRST_WORKER = 29
const WORKERS = 2

const NOT_ROOT =
  'the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2'

/** nginx as its image begins it: as root it makes its folders below /var/cache, takes its port and starts its workers. */
export const nginx: Service = {
  listens: () => [tcp(80)],
  ailment: (world, { container }) => {
    const isRoot = container === undefined || userOfContainer(container) === 'root'
    const problem = container && writingProblem(world, container, CACHE)
    if (problem === undefined && isRoot) return undefined
    const emergency =
      problem === undefined
        ? 'bind() to 0.0.0.0:80 failed (13: Permission denied)'
        : `mkdir() "${CACHE}/client_temp" failed (${problem.number}: ${problem.text})`
    const at = errorStamp(container?.startedMs ?? world.nowMs)
    const twice = (level: string, text: string): readonly Line[] => [
      { text: `${at} [${level}] 1#1: ${text}` },
      { text: `nginx: [${level}] ${text}` },
    ]
    return {
      exit: exits(1),
      afterMs: 100,
      lines: [...entrypoint(false), ...(isRoot ? [] : twice('warn', NOT_ROOT)), ...twice('emerg', emergency)],
    }
  },
  greeting: (world, self) => {
    const at = errorStamp(startedMsOf(world, self))
    const noted = (text: string): Line => ({ text: `${at} [notice] 1#1: ${text}` })
    const workers = Array.from({ length: WORKERS }, (_, index) => FIRST_WORKER + index)
    return [
      ...entrypoint(true),
      noted('using the "epoll" event method'),
      noted(`nginx/${releaseOf(self)}`),
      noted('built by gcc 12.2.0 (Debian 12.2.0-14) '),
      noted(`OS: Linux ${self.machine.os.kernel}`),
      noted('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
      noted('start worker processes'),
      ...workers.map(pid => noted(`start worker process ${pid}`)),
    ]
  },
  notes: ({ atMs, client, request: { method = 'GET', path, agent = '-' }, answer: { status, body } }) =>
    `${client} - - [${accessStamp(atMs)}] "${method} ${path} HTTP/1.1" ${status} ${method === 'HEAD' ? 0 : body.length} "-" "${agent}" "-"`,
  answers: (world, self, { path }) => {
    const release = releaseOf(self)
    const isHome = path.split('?')[0] === '/' || path.startsWith('/index.html')
    if (!isHome) return answer(self, world.nowMs, { status: 404, body: missing(release) })
    const madeMs = releasedMs[release.split('.').slice(0, 2).join('.')] ?? NEWEST_MS
    const tag = `${(madeMs / 1_000).toString(16)}-${WELCOME.length.toString(16)}`
    const more = [
      `Last-Modified: ${new Date(madeMs).toUTCString()}`,
      `ETag: "${tag}"`,
      'Accept-Ranges: bytes',
    ]
    return answer(self, world.nowMs, { status: 200, body: WELCOME, more })
  },
}
