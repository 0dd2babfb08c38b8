import { firstSeenMs, lastSeenMs, sourceText, tellerOf, timesSeen } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { listObjects } from '../../kube/store.ts'
import { humanDuration, msOf, rfc1123Of } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { LAST_APPLIED } from './apply-object.ts'

/** A line of a description: a label and what it says. */
export type Row = readonly [label: string, value: string]

/** A time as descriptions have it. */
export const when = (iso: string | undefined): string => rfc1123Of(msOf(iso))

const NONE = '<none>'

/** Labels or annotations under each other behind a head; what was applied last is for `kubectl apply` alone. */
export const mapRows = (
  label: string,
  map: Readonly<Record<string, string>> | undefined,
  mark = '=',
): readonly Row[] => {
  const entries = Object.entries(map ?? {})
    .filter(([key]) => key !== LAST_APPLIED)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return [[label, NONE]]
  return entries.map(([key, value], index) => [index === 0 ? label : '', `${key}${mark}${value}`])
}

/** Rows whose labels end their cells. */
export const rowsText = (rows: readonly Row[], indent = ''): string =>
  rows.map(([label, value]) => `${indent}${label}${label === '' ? '' : ':'}\t${value}\n`).join('')

/** A table set in by two spaces, with a line of dashes below its heads, as descriptions have it. */
export const indentedTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(head => '-'.repeat(head.length)), ...rows].map(row => `  ${row.join('\t')}\n`).join('')

const seen = (event: KubeObject, nowMs: number): string => {
  const age = humanDuration(nowMs - lastSeenMs(event))
  const count = timesSeen(event)
  return count > 1 ? `${age} (x${count} over ${humanDuration(nowMs - firstSeenMs(event))})` : age
}

/** The first release of kubectl whose descriptions leave out where an event's teller runs, and say of each toleration how it compares. */
const BRIEF_TELLERS = 19
const TELLS_OPERATORS = 19

const fromText = (world: World, event: KubeObject): string =>
  minorOf(world) < BRIEF_TELLERS ? sourceText(event) : tellerOf(event)

/** The events about an object, at the end of its description. */
export const eventsText = (world: World, about: KubeObject): string => {
  const uid = about.kind === 'Node' ? about.metadata.name : about.metadata.uid
  const events = listObjects(world.kube, 'Event', about.metadata.namespace ?? 'default')
    .filter(e => e.involvedObject?.uid === uid && e.involvedObject?.kind === about.kind)
    .sort(
      (a, b) =>
        msOf(a.lastTimestamp ?? undefined) - msOf(b.lastTimestamp ?? undefined) ||
        Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
    )
  if (events.length === 0) return 'Events:\t<none>\n'
  const rows = events.map(e => [
    e.type,
    e.reason,
    seen(e, world.nowMs),
    fromText(world, e),
    String(e.message).trim(),
  ])
  const heads = [
    ['Type', 'Reason', 'Age', 'From', 'Message'],
    ['----', '------', '----', '----', '-------'],
  ]
  return `Events:\n${[...heads, ...rows].map(row => `  ${row.join('\t')}\n`).join('')}`
}

/** A toleration as descriptions have it. */
export const tolerationText = (world: World, toleration: KubeValue): string => {
  const { key, operator, value, effect, tolerationSeconds } = toleration
  const head = `${key ?? ''}${value === undefined ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`
  const tellsOperator = operator === 'Exists' && (head === '' || minorOf(world) >= TELLS_OPERATORS)
  const op = tellsOperator ? `${head === '' ? '' : ' '}op=Exists` : ''
  return `${head}${op}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`
}

/** A taint as kubectl writes it. */
export const taintText = ({ key, value, effect }: KubeValue): string =>
  `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`
