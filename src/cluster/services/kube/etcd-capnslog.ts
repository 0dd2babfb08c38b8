import type { Line } from '../service.ts'

const levels: Readonly<Record<string, string>> = { info: 'I', warn: 'W', error: 'E', fatal: 'C', panic: 'C' }

const packages: readonly (readonly [RegExp, string])[] = [
  [/^rafthttp/, 'rafthttp'],
  [/^wal/, 'wal'],
  [/^mvcc/, 'mvcc'],
  [/^embed/, 'embed'],
  [/^etcdmain/, 'etcdmain'],
  [/^raft|zap_raft/, 'raft'],
]

type Entry = Readonly<Record<string, unknown>>

const parse = (text: string): Entry | undefined => {
  try {
    const entry: unknown = JSON.parse(text)
    return typeof entry === 'object' && entry !== null ? (entry as Entry) : undefined
  } catch {
    return undefined
  }
}

const wordsOf = (entry: Entry): string => {
  const msg = String(entry.msg ?? '')
  if (msg === 'prober detected unhealthy status')
    return `health check for peer ${entry['remote-peer-id']} could not connect: ${entry.error} (prober "ROUND_TRIPPER_RAFT_MESSAGE")`
  if (msg === 'peer became active') return `peer ${entry['peer-id']} became active`
  if (msg === 'slow fdatasync') return `sync duration of ${entry.took}, expected less than 1s`
  if (msg === 'apply request took too long')
    return `${entry.prefix}request ${JSON.stringify(entry.request)} with result ${JSON.stringify(entry.response)} took too long (${entry.took}) to execute`
  if (msg.startsWith('leader failed to send out heartbeat on time'))
    return `failed to send out heartbeat on time (exceeded the ${entry['heartbeat-interval']} timeout for ${entry['exceeded-duration']})`
  if (msg === 'finished scheduled compaction')
    return `finished scheduled compaction at ${entry['compact-revision']} (took ${entry.took})`
  if (msg.startsWith('started as single-node'))
    return `${entry['local-member-id']} as single-node; fast-forwarding 9 ticks (election ticks 10)`
  if (msg.startsWith('initialized peer connections'))
    return `${entry['local-member-id']} initialzed peer connection; fast-forwarding 8 ticks (election ticks 10) with ${entry['active-remote-members']} active peer(s)`
  if (msg === 'compact tree index') return `store.index: compact ${entry.revision}`
  if (msg === 'rejected connection')
    return `rejected connection from "${entry['remote-addr']}" (error "${entry.error}", ServerName "")`
  const reason = entry.error
  return reason === undefined ? msg : `${msg} (${String(reason)})`
}

/** What older releases say in a line of its own beside an entry. */
const alsoSaid = ({ msg }: Entry): readonly string[] =>
  String(msg).startsWith('leader failed to send out heartbeat') ? ['server is likely overloaded'] : []

/** A line of etcd's log as releases before 3.4 write it, in one or more: `2019-05-08 21:37:37.482312 W | rafthttp: …`. */
export const asCapnslog = <T extends Line>(line: T): readonly T[] => {
  const entry = parse(line.text)
  if (entry === undefined) return [line]
  const at = String(entry.ts ?? '')
    .replace('T', ' ')
    .replace('Z', '')
  const caller = String(entry.caller ?? '')
  const from = packages.find(([pattern]) =>
    pattern.test(caller.split('/').at(0) === 'etcdserver' ? caller : (caller.split('/')[0] ?? '')),
  )
  const name = from?.[1] ?? 'etcdserver'
  const head = `${at}${'000'.slice(0, Math.max(0, 26 - at.length))} ${levels[String(entry.level)] ?? 'I'} | ${name}`
  return [wordsOf(entry), ...alsoSaid(entry)].map(words => ({ ...line, text: `${head}: ${words}` }))
}
