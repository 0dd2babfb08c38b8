import { formatCounted } from '../../base/index.ts'
import type { DrillRecord } from '../../drill/index.ts'
import { plainText } from '../plain-text.ts'
import { wordSpan } from '../word-times.ts'
import type { DrillReport, DrillReportCause, DrillReportEntry } from './types.ts'

/** What a drill's report is made of: its record, and what is known of a cause. */
export type DrillReportSource = {
  readonly record: DrillRecord
  readonly causeOf: (id: string) => { readonly title: string; readonly meaning: string } | undefined
}

const causesOf = ({ record, causeOf }: DrillReportSource): readonly DrillReportCause[] => {
  const named = new Set(
    record.log.entries.flatMap(entry => (entry.type === 'cause-named' ? [entry.cause] : [])),
  )
  return record.debrief.causes.map(id => {
    const { title, meaning } = causeOf(id) ?? { title: id, meaning: '' }
    return { id, title, meaning, wasNamed: named.has(id) }
  })
}

const entriesOf = ({ log }: DrillRecord): readonly DrillReportEntry[] =>
  log.entries.map(({ atMs, ...entry }) => {
    const afterSeconds = Math.max(0, atMs - log.beganMs) / 1000
    return entry.type === 'line-run'
      ? { ...entry, line: plainText(entry.line), afterSeconds }
      : { ...entry, afterSeconds }
  })

type Told = Pick<DrillReport, 'path' | 'causes' | 'isRepaired' | 'seconds' | 'points' | 'isTimed' | 'drill'>

const summarise = ({
  path,
  causes,
  isRepaired,
  seconds,
  points,
  isTimed,
  drill,
}: Told): readonly string[] => {
  const lines = path.filter(({ type }) => type === 'line-run').length
  const par = isTimed ? `, par ${drill.parMinutes} min` : ', without a clock'
  return [
    `${points} of 100 points.`,
    isRepaired ? 'The cluster is repaired.' : 'The cluster is still broken.',
    causes.some(({ wasNamed }) => wasNamed) ? 'The cause was named.' : 'The cause was not named.',
    `${formatCounted(lines, 'command')} in ${wordSpan(seconds)} of the cluster's time${par}.`,
  ]
}

const SECOND_MS = 1000

/** Draws up all that is to be told of a finished drill. Pure: the same record gives the same report. */
export const composeDrillReport = (source: DrillReportSource): DrillReport => {
  const { record } = source
  const { id, tool, trainee, finishedAt, drill, log, debrief } = record
  const { entries } = log
  const ending = entries.findLast(entry => entry.type === 'finished')
  const told: Told = {
    drill,
    isTimed: log.isTimed,
    isRepaired: ending?.isRepaired === true,
    points: debrief.score.points,
    seconds: debrief.score.tookMs / SECOND_MS,
    causes: causesOf(source),
    path: entriesOf(record),
  }
  return {
    format: 1,
    kind: 'drill',
    id,
    tool,
    trainee,
    finishedAt,
    seed: log.seed,
    ...told,
    parts: debrief.score.parts,
    summary: summarise(told),
    wrongCauses: entries.flatMap(entry =>
      entry.type === 'cause-named' && !entry.isRight ? [entry.cause] : [],
    ),
    shortPath: debrief.shortPath,
    missedEvidence: debrief.missedEvidence,
    hints: entries.flatMap(entry => (entry.type === 'hint-taken' ? [entry.text] : [])),
    harm: ending?.harm ?? [],
  }
}
