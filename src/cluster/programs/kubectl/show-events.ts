import { firstSeenMs, lastSeenMs, timesSeen } from '../../kube/events.ts'
import { kindOf } from '../../kube/kinds.ts'
import { humanDuration } from '../../kube/times.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { findWanted, isEverywhere } from './find.ts'
import { getObjects } from './get.ts'
import { formatTable } from './table.ts'

const seenText = (event: KubeObject, nowMs: number): string => {
  const first = humanDuration(nowMs - firstSeenMs(event))
  const count = timesSeen(event)
  return count > 1 ? `${humanDuration(nowMs - lastSeenMs(event))} (x${count} over ${first})` : first
}

const fieldsOf = ({ args: { flags }, call: { world } }: Client): string | undefined => {
  const [word = '', name] = flags.get('for')?.split('/') ?? []
  const kind = kindOf(word, world)?.kind ?? word
  const wanted = [
    flags.get('field-selector'),
    name === undefined ? undefined : `involvedObject.kind=${kind},involvedObject.name=${name}`,
  ].filter(text => text !== undefined)
  return wanted.length === 0 ? undefined : wanted.join(',')
}

/** `kubectl events`: by the time at which each was last seen, with how often it was. */
export const showEvents = (client: Client): Reply => {
  const flags = new Map(client.args.flags)
  const fields = fieldsOf(client)
  if (fields !== undefined) flags.set('field-selector', fields)
  const within = { ...client, args: { ...client.args, flags, words: ['get', 'events'] } }
  if (flags.has('output') || flags.has('watch')) {
    flags.set('sort-by', '.lastTimestamp')
    return getObjects(within)
  }
  const kind = kindOf('events')
  if (kind === undefined) return {}
  const types = flags.get('types')?.split(',')
  const { items, problems } = findWanted(within, { kind, names: [] })
  if (problems !== '') return { stderr: problems, exit: 1 }
  const shown = items
    .filter(({ type }) => types === undefined || types.includes(type))
    .sort((a, b) => lastSeenMs(a) - lastSeenMs(b))
  if (shown.length === 0)
    return {
      stderr: isEverywhere(client)
        ? 'No events found.\n'
        : `No events found in ${client.namespace} namespace.\n`,
    }
  const { nowMs } = client.call.world
  const isSpaced = isEverywhere(client)
  const heads = [...(isSpaced ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
  const rows = shown.map(event => [
    ...(isSpaced ? [event.metadata.namespace ?? ''] : []),
    seenText(event, nowMs),
    event.type,
    event.reason,
    `${event.involvedObject.kind}/${event.involvedObject.name}`,
    String(event.message ?? '').trim(),
  ])
  return {
    stdout: formatTable([...(flags.has('no-headers') ? [] : [heads]), ...rows]),
    tookMs: client.answer.latencyMs * 2,
  }
}
