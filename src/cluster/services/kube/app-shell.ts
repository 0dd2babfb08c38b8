import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { insideOf } from '../../relations/inside.ts'
import type { Service } from '../service.ts'
import { exits, tcp } from './telling.ts'

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

const NOT_FOUND =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n'

const typeOf = (path: string): string =>
  /\.html?$/.test(path) ? 'text/html' : /\.txt$/.test(path) ? 'text/plain' : 'application/octet-stream'

/** A container of a plain image: its command runs in a shell; here is what it serves meanwhile. */
export const busybox: Service = {
  listens: (_world, { container }) => servedPorts(scriptOf(container?.command ?? [])).map(port => tcp(port)),
  answers: (world, { machine, container }, { path }) => {
    const line = scriptOf(container?.command ?? [])
    if (container === undefined || !/\bhttpd\b|http\.server/.test(line)) return undefined
    const root = /\s-h\s*(\S+)/.exec(line)?.[1] ?? container.folder ?? '/'
    const asked = resolvePath(root, `.${path.split('?')[0]}`)
    const { files } = insideOf(world, machine, container)
    const found = [asked, resolvePath(asked, 'index.html')].find(
      place => readText(files, place) !== undefined,
    )
    return found === undefined
      ? { status: 404, body: NOT_FOUND, contentType: 'text/html' }
      : { status: 200, body: readText(files, found) ?? '', contentType: typeOf(found) }
  },
}

/** A job's program that works for some seconds and is done. */
export const plainJob: Service = {
  ailment: () => ({ exit: exits(0), afterMs: 14_000, lines: [{ text: 'done' }] }),
  greeting: () => [{ text: 'starting' }],
}
