import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service } from '../service.ts'
import { exits, tcp } from './telling.ts'

const secondsOf = (text: string): number => {
  const read = /\bsleep\s+(\d+(?:\.\d+)?)([smhd]?)/.exec(text)
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[read?.[2] || 's'] ?? 1
  return read === null ? 0 : Number(read[1]) * unit
}

/** What runs no longer than this has said what it says only as it ends. */
const BRIEF_MS = 4_700

const runsForever = (line: string): boolean =>
  line === '' || /while (true|:|\[ 1 \])|tail -f|sleep (infinity|inf)|\btop\b|nc -l|httpd/.test(line)

/** What a shell line prints with echo, up to where it would end. */
const echoed = (line: string): readonly string[] =>
  [...line.matchAll(/\becho\s+(?:-\w+\s+)?(?:"([^"]*)"|'([^']*)'|([^;&|>]+))/g)].map(match =>
    (match[1] ?? match[2] ?? match[3] ?? '').trim(),
  )

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

const ailment = (_world: World, { container }: Running): Ailment | undefined => {
  const command = container?.command ?? []
  const program = command[0]?.split('/').at(-1) ?? ''
  const line = scriptOf(command)
  if (command.length === 0 || (command.length === 1 && /^(sh|bash|ash)$/.test(program)))
    return { exit: exits(0), afterMs: 200, lines: [] }
  if (runsForever(line)) return undefined
  const exit = /\bexit\s+(\d+)/.exec(line)?.[1]
  const status = exit === undefined ? (/\bfalse\s*$/.test(line) ? 1 : 0) : Number(exit)
  const seconds = secondsOf(line)
  // What goes on for longer has greeted before it ends.
  const lines = seconds * 1000 > BRIEF_MS ? [] : echoed(line).map(text => ({ text }))
  return { exit: exits(status), afterMs: 300 + seconds * 1000, lines }
}

/** A container of a plain image: does what its shell line says, as far as echo, sleep and exit go. */
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
  greeting: (_world, { container }) => echoed(scriptOf(container?.command ?? [])).map(text => ({ text })),
}

/** A job's program that works for some seconds and is done. */
export const plainJob: Service = {
  ailment: () => ({ exit: exits(0), afterMs: 14_000, lines: [{ text: 'done' }] }),
  greeting: () => [{ text: 'starting' }],
}
