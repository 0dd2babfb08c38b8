import { formatCounted } from '../../base/index.ts'
import type { DrillProgress } from '../../drill/index.ts'
import type { OpenDrill } from '../drill-port.ts'
import { glyphs } from '../theme/glyphs.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow, wrapText } from './wrap-row.ts'

/** What a briefing is made of. */
export type Briefing = {
  readonly drill: OpenDrill
  readonly progress: DrillProgress
  readonly width: number
  /** The key of an action, by its id. */
  readonly keyOf: (id: string) => string
}

const readable = 96

const clockText = ({ clock, parMinutes }: DrillProgress, key: string): string =>
  clock === 'timed'
    ? `The clock counts: ${parMinutes} minutes of the cluster's own time are par. ${key} practises without it.`
    : `Practice: no clock counts. ${key} brings it back.`

const ways: readonly (readonly [id: string, does: string])[] = [
  ['briefing-begin', 'the runbook that suits the complaint, on this cluster'],
  ['drill-shell', 'a free shell on the same cluster; exit comes back here'],
  ['drill-hints', 'the next of three hints'],
  ['drill-cause', 'name the cause, when you know it'],
  ['drill-finish', 'finish: the repair is looked at, then score and debrief'],
]

const soFar = ({ lines, named, hints }: DrillProgress): readonly Row[] => {
  if (lines === 0 && named.length === 0 && hints.length === 0) return []
  const isNamed = named.some(({ isRight }) => isRight)
  const cause = isNamed ? `${glyphs.good} cause named` : `${glyphs.untouched} cause not named`
  const text = `So far: ${formatCounted(lines, 'command')}, ${formatCounted(hints.length, 'hint')}, ${cause}.`
  return [row(text), []]
}

/** What is read before a drill begins, and again whenever it is come back to. */
export const presentBriefing = ({ drill, progress, keyOf, width: room }: Briefing): readonly Row[] => {
  const { entry, story } = drill
  const width = Math.min(room, readable)
  const hint: Row = [span('  '), span(`${glyphs.vertical} `, 'rule')]
  return [
    ...wrapText(entry.title, width, 'title'),
    ...wrapText(`Level ${entry.level}: ${entry.levelMeans}.`, width, 'dim'),
    [],
    row('The pager says', 'strong'),
    ...story.split('\n').flatMap(line => wrapText(line, width - 4).map((text): Row => [...hint, ...text])),
    [],
    ...soFar(progress),
    ...ways.flatMap(([id, does]) =>
      wrapRow([span(`  ${keyOf(id).padEnd(7)}`, 'accent'), span(does)], { width, hang: ' '.repeat(9) }),
    ),
    [],
    ...wrapText(clockText(progress, keyOf('briefing-clock')), width),
    ...wrapText('The cluster is simulated, so nothing real can break.', width, 'dim'),
  ]
}
