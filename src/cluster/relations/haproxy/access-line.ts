import type { HttpAnswer } from '../../services/service.ts'
import type { Machine } from '../../world/machine.ts'
import { localTime } from '../clock.ts'
import { headLines, reasonOf } from '../http-head.ts'
import type { ProxySection } from './read-settings.ts'

/** A request that came to HAProxy. */
export type Access = {
  readonly atMs: number
  readonly client: { readonly address: string; readonly port: number }
  readonly section: ProxySection
  readonly isSecured: boolean
  readonly method: string
  readonly path: string
  readonly answer: HttpAnswer
}

/** The size of an answer as HAProxy counts it: its own structure of the first line, names and values of the head, the body. */
const sizeOf = (answer: HttpAnswer, date: string): number => {
  const first = 20 + 'HTTP/1.1'.length + String(answer.status).length + reasonOf(answer.status).length
  const head = headLines(answer, date).reduce((sum, line) => sum + line.length - ': '.length, 0)
  return first + head + 1 + answer.body.length
}

const timersOf = ({ atMs, answer: { passage } }: Access): string => {
  if (passage?.server === '<STATS>') return '0/0/0/0/0'
  if (passage?.server === '<NOSRV>') return '0/-1/-1/-1/0'
  const waited = 2 + (Math.floor(atMs) % 7)
  return `0/0/1/${waited}/${waited + 1}`
}

const endOf = ({ answer: { status, passage } }: Access): string => {
  if (passage?.server === '<STATS>') return 'LR--'
  if (passage?.server === '<NOSRV>') return status === 503 ? 'SC--' : 'LR--'
  if (passage?.isOwn !== true) return '----'
  return status === 504 ? 'sH--' : 'SH--'
}

const dateOf = (machine: Machine, atMs: number): string => {
  const { year, monthName, day, time, millis } = localTime(machine, atMs)
  return `${day}/${monthName}/${year}:${time}.${millis}`
}

/** The line of `option httplog` for a request. */
export const accessLine = (machine: Machine, access: Access): string => {
  const { atMs, client, section, isSecured, method, path, answer } = access
  const { backend = section.name, server = '<NOSRV>' } = answer.passage ?? {}
  const size = sizeOf(answer, new Date(atMs).toUTCString())
  return `${client.address}:${client.port} [${dateOf(machine, atMs)}] ${section.name}${isSecured ? '~' : ''} ${backend}/${server} ${timersOf(access)} ${answer.status} ${size} - - ${endOf(access)} 1/1/0/0/0 0/0 "${method} ${path} HTTP/1.1"`
}

/** The line for a client that did not take the certificate. */
export const handshakeLine = (machine: Machine, { atMs, client, section }: Omit<Access, 'answer'>): string =>
  `${client.address}:${client.port} [${dateOf(machine, atMs)}] ${section.name}/1: SSL handshake failure`

/** The line of `option tcplog` for a connection that was handed on byte by byte. */
export const relayLine = (
  machine: Machine,
  { atMs, client, section }: Pick<Access, 'atMs' | 'client' | 'section'>,
  to: { readonly backend: string; readonly server: string | undefined; readonly bytes: number },
): string => {
  const { backend, server, bytes } = to
  const way =
    server === undefined
      ? `${backend}/<NOSRV> -1/-1/0 0 SC`
      : `${backend}/${server} 1/0/${12 + (Math.floor(atMs) % 40)} ${bytes} --`
  return `${client.address}:${client.port} [${dateOf(machine, atMs)}] ${section.name} ${way} 1/1/0/0/0 0/0`
}
