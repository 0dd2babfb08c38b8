import { combine, listFact, nothing, record } from '../parsed.ts'
import type { FactValue, Parsed } from '../types.ts'
import { parseDuration } from './durations.ts'
import { at, flagAt, isObject, listAt, numberAt, parseJson, textAt, textsAt } from './json-value.ts'

// Ids have more digits than a number of JavaScript keeps.
const withTextIds = (text: string): string => text.replaceAll(/([:[]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"$2"')

/** An id as tables print it, in hexadecimal. */
const hexId = (decimal: string | undefined): string | undefined =>
  decimal !== undefined && /^\d+$/.test(decimal) ? BigInt(decimal).toString(16) : undefined

const statusOf = (entry: unknown): FactValue => {
  const status = at(entry, 'Status')
  const member = textAt(status, 'header', 'member_id')
  const errors = textsAt(status, 'errors')
  return record({
    endpoint: textAt(entry, 'Endpoint'),
    id: hexId(member),
    version: textAt(status, 'version'),
    databaseSize: numberAt(status, 'dbSize'),
    databaseInUse: numberAt(status, 'dbSizeInUse'),
    databaseQuota: numberAt(status, 'dbSizeQuota'),
    leader: textAt(status, 'leader') === member,
    learner: flagAt(status, 'isLearner') === true,
    raftTerm: numberAt(status, 'raftTerm'),
    raftIndex: numberAt(status, 'raftIndex'),
    raftAppliedIndex: numberAt(status, 'raftAppliedIndex'),
    error: errors.length === 0 ? undefined : errors.join(' '),
  })
}

const healthOf = (entry: unknown): FactValue =>
  record({
    endpoint: textAt(entry, 'endpoint'),
    healthy: flagAt(entry, 'health'),
    tookSeconds: parseDuration(textAt(entry, 'took') ?? ''),
    error: textAt(entry, 'error'),
  })

const memberOf = (member: unknown): FactValue => {
  const name = textAt(member, 'name')
  return record({
    id: hexId(textAt(member, 'ID')),
    status: name === undefined ? 'unstarted' : 'started',
    name,
    peer: textsAt(member, 'peerURLs').join(','),
    client: textsAt(member, 'clientURLs').join(',') || undefined,
    learner: flagAt(member, 'isLearner') === true,
  })
}

const alarmNames: Readonly<Record<string, string>> = { '1': 'NOSPACE', '2': 'CORRUPT' }

const alarmOf = (alarm: unknown): FactValue => {
  const kind = textAt(alarm, 'alarm') ?? ''
  return { member: textAt(alarm, 'memberID') ?? '', alarm: alarmNames[kind] ?? kind }
}

// One document stands on one line; where it was set out for people the ends of the list are near enough.
const list = (name: string, values: readonly FactValue[]): Parsed =>
  listFact(
    name,
    values.map(value => ({ line: 1, value })),
  )

const isAlarms = (document: unknown): boolean =>
  isObject(document) &&
  isObject(document.header) &&
  Object.keys(document).every(key => /header|alarms/.test(key))

/** What etcdctl prints with `-w json`: status and health of endpoints, members, alarms. */
export const readEtcdJson = (text: string, asksAlarms: 'alarms' | 'other'): Parsed => {
  const document = parseJson(withTextIds(text))
  const entries = listAt({ document }, 'document')
  const states = entries.filter(entry => isObject(at(entry, 'Status'))).map(statusOf)
  const verdicts = entries.filter(entry => flagAt(entry, 'health') !== undefined).map(healthOf)
  const endpoints = [...states, ...verdicts]
  const members = listAt(document, 'members').map(memberOf)
  const alarms = listAt(document, 'alarms').map(alarmOf)
  return combine([
    endpoints.length === 0 ? nothing : list('etcdEndpoints', endpoints),
    members.length === 0 ? nothing : list('etcdMembers', members),
    alarms.length > 0 || (asksAlarms === 'alarms' && isAlarms(document))
      ? list('etcdAlarms', alarms)
      : nothing,
  ])
}
