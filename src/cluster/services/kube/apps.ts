import type { Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { dependencyProblem } from './app-dependency.ts'
import { isVisited } from './is-visited.ts'
import { exits, nowAndThen, repeating, tcp } from './telling.ts'

const iso = (atMs: number): string => new Date(atMs).toISOString()

const json = (level: string, atMs: number, message: string): string =>
  JSON.stringify({ level, time: iso(atMs), msg: message })

const GIVES_UP_MS = 12_000

/** The worker: cannot begin without its database; when it goes away later it complains. */
export const appWorker: Service = {
  greeting: (world, { container }) => [
    {
      text: json(
        'info',
        container?.startedMs ?? world.nowMs,
        `worker ${container?.image.split(':').at(-1) ?? ''} starting`,
      ),
    },
  ],
  ailment: (world, self) => {
    const startedMs = self.container?.startedMs ?? world.nowMs
    const environment = self.container?.environment ?? {}
    if (!environment.DATABASE_HOST)
      return {
        exit: exits(1),
        afterMs: 400,
        lines: [{ text: json('fatal', startedMs + 300, 'environment variable DATABASE_HOST is not set') }],
      }
    if (!isStarting(world, self)) return undefined
    const problem = dependencyProblem(world, self, 'DATABASE')
    return problem === undefined
      ? undefined
      : {
          exit: exits(1),
          afterMs: GIVES_UP_MS,
          lines: [{ text: json('fatal', startedMs + GIVES_UP_MS, `cannot connect to database: ${problem}`) }],
        }
  },
  chatter: (world, self, span) => {
    const problem = dependencyProblem(world, self, 'DATABASE')
    if (problem !== undefined)
      return repeating(span, 5_000, atMs =>
        json('error', atMs, `database connection lost, retrying: ${problem}`),
      )
    return nowAndThen(span, BATCH_MS, self.container?.pid ?? 0).map(atMs => ({
      atMs,
      text: json('info', atMs, `processed ${20 + (Math.floor(atMs / 1_000) % 37)} orders`),
    }))
  },
}

/** How often somebody visits, and how often a batch of orders is done. */
const VISIT_MS = 30_000
const BATCH_MS = 60_000

/** What the web server writes of a request. */
const requestLine = (
  atMs: number,
  { method, path, status }: { readonly method: string; readonly path: string; readonly status: number },
): string =>
  JSON.stringify({
    level: 'info',
    time: iso(atMs),
    msg: 'request',
    method,
    path,
    status,
    ms: 3 + (Math.floor(atMs / 1000) % 9),
  })

/** The web server: answers on 8080 where its configuration lets it, `/ready` only with its cache. */
export const appWeb: Service = {
  listens: (_world, { container }) => {
    const port = /:(\d+)$/.exec(container?.environment.LISTEN ?? '')?.[1]
    return [tcp(Number(port ?? 8080))]
  },
  greeting: (world, { container }) => [
    {
      text: json(
        'info',
        container?.startedMs ?? world.nowMs,
        `web ${container?.image.split(':').at(-1) ?? ''} listening on ${container?.environment.LISTEN ?? ':8080'}`,
      ),
    },
  ],
  ailment: (_world, self) => {
    const listen = self.container?.environment.LISTEN
    const isBad = listen !== undefined && !/^[\w.]*:\d+$/.test(listen)
    return isBad
      ? {
          exit: exits(2),
          afterMs: 300,
          lines: [
            {
              text: `panic: invalid LISTEN address "${listen}"\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/cmd/web/main.go:41 +0x1d2`,
            },
          ],
        }
      : undefined
  },
  chatter: (world, self, span) => {
    const problem = dependencyProblem(world, self, 'CACHE')
    if (problem !== undefined)
      return repeating(span, 5_000, atMs => json('error', atMs, `cache unavailable: ${problem}`))
    if (!isVisited(world, self)) return []
    return nowAndThen(span, VISIT_MS, self.container?.pid ?? 0).map(atMs => ({
      atMs,
      text: requestLine(atMs, { method: 'GET', path: '/', status: 200 }),
    }))
  },
  notes: ({ atMs, request: { method = 'GET', path }, answer: { status } }) =>
    /^\/(healthz|ready)\b/.test(path) ? undefined : requestLine(atMs, { method, path, status }),
  answers: (world, self, { path }) => {
    const route = path.split('?')[0] ?? '/'
    if (route === '/healthz') return { status: 200, body: 'ok\n' }
    if (route === '/ready') {
      const problem = dependencyProblem(world, self, 'CACHE')
      return problem === undefined
        ? { status: 200, body: 'ready\n' }
        : { status: 503, body: `cache: ${problem}\n` }
    }
    return route === '/'
      ? {
          status: 200,
          body: '<!doctype html>\n<title>Shop</title>\n<h1>Shop</h1>\n',
          contentType: 'text/html',
        }
      : { status: 404, body: 'not found\n' }
  },
}
