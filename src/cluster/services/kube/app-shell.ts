import type { World } from '../../world/world.ts'
import type { Ailment, Line, Running, Service } from '../service.ts'
import { endlessLoopOf, printedBy, sleepMsOf } from './script-output.ts'
import { exits, tcp, ticksIn } from './telling.ts'

/** What runs no longer than this has said what it says only as it ends. */
const BRIEF_MS = 4_700

const runsForever = (line: string): boolean =>
  line === '' || /while (true|:|\[ 1 \])|tail -f|sleep (infinity|inf)|\btop\b|nc -l|httpd/.test(line)

/** The ports that a shell line opens with the usual small servers. */
const servedPorts = (line: string): readonly number[] => {
  const named = /\b(?:nc|httpd)\b.*?\s-\w*p\s*(\d+)|\bnc\b.*?\s-\w*l\w*\s+(\d+)|http\.server\s+(\d+)/.exec(
    line,
  )
  if (named !== null) return [Number(named[1] ?? named[2] ?? named[3])]
  const usual = [
    [/\bhttpd\b/, 80],
    [/http\.server/, 8000],
    [/\biperf3 -s/, 5201],
  ] as const
  return usual.filter(([server]) => server.test(line)).map(([, port]) => port)
}

const scriptOf = (command: readonly string[]): string => {
  const at = command.indexOf('-c')
  return at >= 0 ? (command[at + 1] ?? '') : command.join(' ')
}

/** What a script has printed once it has begun. */
const printed = (world: World, { container }: Running, script: string): readonly Line[] =>
  printedBy(script, {
    atMs: container?.startedMs ?? world.nowMs,
    environment: container?.environment ?? {},
  }).map(text => ({ text }))

const ailment = (world: World, self: Running): Ailment | undefined => {
  const { container } = self
  if (container?.awaitsInput === true) return undefined
  const command = container?.command ?? []
  const program = command[0]?.split('/').at(-1) ?? ''
  const line = scriptOf(command)
  if (command.length === 0 || (command.length === 1 && /^(sh|bash|ash)$/.test(program)))
    return { exit: exits(0), afterMs: 200, lines: [] }
  if (runsForever(line)) return undefined
  const exit = /\bexit\s+(\d+)/.exec(line)?.[1]
  const status = exit === undefined ? (/\bfalse\s*$/.test(line) ? 1 : 0) : Number(exit)
  const sleepMs = sleepMsOf(line)
  // What goes on for longer has greeted before it ends.
  const lines = sleepMs > BRIEF_MS ? [] : printed(world, self, line)
  return { exit: exits(status), afterMs: 300 + sleepMs, lines }
}

/** A container of a plain image: does what its shell line says, as far as echo, date, sleep and exit go, once or in a loop. */
export const busybox: Service = {
  listens: (_world, { container }) => servedPorts(scriptOf(container?.command ?? [])).map(port => tcp(port)),
  ailment,
  answers: (_world, { container }) =>
    /\bhttpd\b|http\.server/.test(scriptOf(container?.command ?? []))
      ? {
          status: 404,
          body: '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n',
          contentType: 'text/html',
        }
      : undefined,
  greeting: (world, self) =>
    self.container?.awaitsInput === true ? [] : printed(world, self, scriptOf(self.container?.command ?? [])),
  chatter: (_world, { container }, span) => {
    if (container?.awaitsInput === true) return []
    const loop = endlessLoopOf(scriptOf(container?.command ?? []))
    if (loop === undefined || container?.startedMs === undefined) return []
    const { environment, startedMs } = container
    return ticksIn(span, loop.restMs, startedMs)
      .filter(atMs => atMs > startedMs)
      .flatMap(atMs => printedBy(loop.body, { atMs, environment }).map(text => ({ atMs, text })))
  },
}

/** A job's program that works for some seconds and is done. */
export const plainJob: Service = {
  ailment: () => ({ exit: exits(0), afterMs: 14_000, lines: [{ text: 'done' }] }),
  greeting: () => [{ text: 'starting' }],
}
