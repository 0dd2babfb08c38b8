import { parseInstant } from '../text/instant.ts'
import type { FactValue } from '../types.ts'
import { at, isObject, parseJson, textAt } from './json-value.ts'
import { logLevelOf } from './log-level.ts'

/** What a line of a log says besides its level: time, source, message, error. */
export type LogReading = Readonly<Record<string, FactValue | undefined>>

// `E1121 06:17:42.416712   22903 remote_runtime.go:390] message`; klog leaves the year out, so the time stays as printed.
const klog = (text: string): LogReading | undefined => {
  const match = /^[EWIF](\d{4} \d\d:\d\d:\d\d\.\d+)\s+\d+ ([\w.-]+:\d+)\] (.*)$/.exec(text)
  return match === null ? undefined : { time: match[1], source: match[2], message: match[3] }
}

const jsonTime = (document: unknown): string | undefined => {
  const value = at(document, 'ts') ?? at(document, 'time') ?? at(document, 'timestamp')
  if (typeof value === 'number' && value > 1e9 && value < 4e9) return new Date(value * 1000).toISOString()
  return typeof value === 'string' ? (parseInstant(value) ?? value) : undefined
}

const json = (text: string): LogReading | undefined => {
  const document = text.startsWith('{') ? parseJson(text) : undefined
  if (!isObject(document)) return undefined
  const message = textAt(document, 'msg') ?? textAt(document, 'message') ?? textAt(document, 'log')?.trimEnd()
  const error = textAt(document, 'error') ?? textAt(document, 'err')
  if (message === undefined && error === undefined) return undefined
  return {
    time: jsonTime(document),
    source: textAt(document, 'caller') ?? textAt(document, 'logger'),
    message,
    error,
  }
}

const unquoted = (text: string | undefined): string | undefined =>
  text?.startsWith('"') ? text.slice(1, -1).replaceAll('\\"', '"') : text

const logfmt = (text: string): LogReading | undefined => {
  const field = (name: string): string | undefined =>
    unquoted(new RegExp(String.raw`(?:^|\s)${name}=("(?:[^"\\]|\\.)*"|\S+)`).exec(text)?.[1])
  const message = field('msg') ?? field('message')
  if (message === undefined || field('level') === undefined) return undefined
  const time = field('time') ?? field('ts') ?? field('t')
  return {
    time: time === undefined ? undefined : (parseInstant(time) ?? time),
    message,
    error: field('error') ?? field('err'),
  }
}

// `2024-05-02 11:20:14,731 [salt.minion :218 ][ERROR   ][2391] message`
const salt = (text: string): LogReading | undefined => {
  const match = /^(\S+ \S+) \[([\w.]+)\s*(?::\d+\s*)?\]\[\w+\s*\](?:\[\d+\])? ?(.*)$/.exec(text)
  return match === null
    ? undefined
    : { time: parseInstant(match[1] ?? ''), source: match[2], message: match[3] }
}

// `2021-03-04 10:11:12.131415 W | etcdserver: message`
const capnslog = (text: string): LogReading | undefined => {
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) [A-Z] \| ([\w/]+): (.*)$/.exec(text)
  return match === null
    ? undefined
    : { time: parseInstant(match[1] ?? ''), source: match[2], message: match[3] }
}

// `2020-03-02T07:20:11.330Z\tINFO\tcontroller-runtime.metrics\tmessage`, zap's form for people.
const tabbed = (text: string): LogReading | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\S+)\t([A-Z]+)\t(?:([\w./:-]+)\t)?(.*)$/.exec(text)
  if (match === null) return undefined
  const [, time = '', word = '', source, message] = match
  return { level: logLevelOf(`level=${word}`), time: parseInstant(time), source, message }
}

// `2021/03/04 10:11:12 client: message`, as Go's own log and chisel print it.
const goLog = (text: string): LogReading | undefined => {
  const match = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) (.*)$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, time, message] = match
  return { time: `${year}-${month}-${day}T${time}`, message }
}

// What the runtime writes below /var/log/containers: `2026-11-21T06:17:40.100735499Z stderr F message`.
const stored = (text: string): LogReading | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\S+) std(?:out|err) [FP] (.*)$/.exec(text)
  if (match === null) return undefined
  const time = parseInstant(match[1] ?? '')
  const inner = match[2] ?? ''
  return { level: logLevelOf(inner), ...(readLogLine(inner) ?? { message: inner }), time }
}

// Docker and Kubernetes put the time in front on request: `2026-11-21T06:17:40.100735499Z message`.
const stamped = (text: string): LogReading | undefined => {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*) (.*)$/.exec(text)
  return match === null ? undefined : { time: parseInstant(match[1] ?? ''), message: match[2] }
}

const forms = [klog, json, logfmt, salt, capnslog, tabbed, goLog, stored, stamped]

/** Reads a line in the form of klog, JSON, logfmt, salt, etcd, zap, Go or a container runtime; `undefined` for another form. */
export const readLogLine = (text: string): LogReading | undefined => {
  for (const form of forms) {
    const reading = form(text)
    if (reading !== undefined) return reading
  }
  return undefined
}
