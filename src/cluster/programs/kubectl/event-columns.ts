import { firstSeenMs, lastSeenMs, sourceText, timesSeen } from '../../kube/events.ts'
import { humanDuration } from '../../kube/times.ts'
import { type Column, col, wide } from './cells.ts'

/** What `kubectl get events` shows. */
export const eventColumns: readonly Column[] = [
  col('LAST SEEN', (o, { nowMs }) => humanDuration(nowMs - lastSeenMs(o))),
  col('TYPE', o => o.type ?? ''),
  col('REASON', o => o.reason ?? ''),
  col('OBJECT', o => `${String(o.involvedObject?.kind ?? '').toLowerCase()}/${o.involvedObject?.name ?? ''}`),
  wide('SUBOBJECT', o => o.involvedObject?.fieldPath ?? ''),
  wide('SOURCE', sourceText),
  col('MESSAGE', o => String(o.message ?? '').replace(/\n/g, ' ')),
  wide('FIRST SEEN', (o, { nowMs }) => humanDuration(nowMs - firstSeenMs(o))),
  wide('COUNT', o => String(timesSeen(o))),
  wide('NAME', o => o.metadata.name),
]
