import { parseDuration } from './durations.ts'
import {
  asBytes,
  asCores,
  asList,
  asNumber,
  asPair,
  asPercent,
  asSeconds,
  asText,
  type CellReader,
  isBlankCell,
} from './row-readers.ts'

/** `Ready`, `NotReady,SchedulingDisabled`: ready and schedulable besides the text. */
export const nodeStatus: CellReader = cell => {
  if (!/^(?:Not)?Ready\b|^Unknown|^SchedulingDisabled/.test(cell)) return undefined
  return { status: cell, ready: /^Ready\b/.test(cell), schedulable: !cell.includes('SchedulingDisabled') }
}

/** `local-path (default)`: the name, and whether it is the default of its kind. */
export const className: CellReader = cell => {
  const match = /^([a-z0-9][\w.-]*)( \(default\))?$/.exec(cell)
  return match === null ? undefined : { name: match[1], isDefault: match[2] !== undefined }
}

/** `Healthy`, as a truth besides the text. */
export const health: CellReader = cell =>
  /^(?:Healthy|Unhealthy|Unknown)$/.test(cell) ? { status: cell, healthy: cell === 'Healthy' } : undefined

/** `5 (2m ago)`: the count, and how long ago the last one was. */
export const restarts: CellReader = cell => {
  const match = /^(\d+)(?: \((\S+) ago\))?$/.exec(cell)
  if (match === null) return undefined
  return { restarts: Number(match[1]), lastRestartSeconds: parseDuration(match[2] ?? '') }
}

/** `22s`, or `22s (x3 over 35s)` as describe prints it: how long ago, how often, since when. */
export const lastSeen: CellReader = cell => {
  if (isBlankCell(cell)) return {}
  const match = /^(\S+?)(?: \(x(\d+) over (\S+)\))?$/.exec(cell)
  const lastSeenSeconds = parseDuration(match?.[1] ?? '')
  if (match === null || lastSeenSeconds === undefined) return undefined
  const count = match[2] === undefined ? undefined : Number(match[2])
  return { lastSeenSeconds, count, firstSeenSeconds: parseDuration(match[3] ?? '') }
}

/** External addresses of a Service; `<pending>` means that none was given yet. */
export const externalIPs: CellReader = cell =>
  cell === '<pending>' ? { externalIPs: [], externalPending: true } : asList('externalIPs')(cell)

/** `10.0.0.1:53,10.0.0.2:53 + 3 more...`: the addresses shown and how many there are. */
export const addresses: CellReader = cell => {
  const more = Number(/\+ (\d+) more/.exec(cell)?.[1] ?? 0)
  const shown = cell.replace(/ ?\+ \d+ more\.*$/, '')
  const list = isBlankCell(shown) ? [] : shown.split(',')
  return { addresses: list, addressCount: list.length + more }
}

/** The columns of workloads: how many are wanted and how far along they are. */
export const counts: Readonly<Record<string, CellReader>> = {
  READY: asPair('ready', 'desired'),
  DESIRED: asNumber('desired'),
  CURRENT: asNumber('current'),
  'UP-TO-DATE': asNumber('upToDate'),
  AVAILABLE: asNumber('available'),
  DURATION: asSeconds('durationSeconds'),
  CONTAINERS: asList('containerNames'),
  IMAGES: asList('images'),
  SELECTOR: asText('selector'),
}

/** The columns of `kubectl top`. */
export const usage: Readonly<Record<string, CellReader>> = {
  'CPU(cores)': asCores('cpuCores'),
  'CPU%': asPercent('cpuPercent'),
  'MEMORY(bytes)': asBytes('memory'),
  'MEMORY%': asPercent('memoryPercent'),
}

/** A column of `.spec.unschedulable`, which a node has only once it was cordoned. */
export const unschedulable: CellReader = cell =>
  isBlankCell(cell) || /^(?:true|false)$/.test(cell) ? { schedulable: cell !== 'true' } : undefined

/** A column of the keys of taints; of whole taints as Go prints them no more than the keys is read. */
export const taintKeys: CellReader = cell => {
  const whole = [...cell.matchAll(/\bkey:(\S+?)(?=[\s\]]|$)/g)].map(match => match[1] ?? '')
  const keys = whole.length > 0 ? whole : isBlankCell(cell) ? [] : cell.split(',')
  return { taints: keys.map(key => ({ key })) }
}
