import { formatCounted } from '../../base/index.ts'
import type { Debrief, DrillEntry, ScorePart } from '../../drill/index.ts'
import type { DrillEnd } from '../drill-port.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow } from './fit-row.ts'
import { presentChart } from './present-chart.ts'
import { type Row, row, rowText, span } from './span.ts'
import { formatDuration } from './words.ts'
import { wrapRow, wrapText } from './wrap-row.ts'

/** The width from which on both paths stand side by side. */
const besideFrom = 100
const gap = 3
/** Below this width a reason goes on at the margin. */
const narrow = 60
const meter = 10

const partNames: Readonly<Record<ScorePart['name'], string>> = {
  cause: 'cause',
  repair: 'repair',
  harm: 'no harm',
  time: 'time',
  path: 'path',
  hints: 'hints',
}

const partRows = ({ name, points, of, because }: ScorePart, width: number): readonly Row[] => {
  const full = of === 0 ? 0 : Math.round((points / of) * meter)
  const tone = of === 0 ? 'dim' : points === of ? 'good' : points === 0 ? 'bad' : 'warn'
  const count = `${points}${of === 0 ? '' : ` of ${of}`}`
  const head = [
    span(`  ${partNames[name].padEnd(8)}`),
    span(
      `${glyphs.horizontalFocused.repeat(full)}${glyphs.horizontal.repeat(of === 0 ? 0 : meter - full)}`.padEnd(
        meter,
      ),
      tone,
    ),
    span(` ${count.padStart(8)}  `),
  ]
  const hang = ' '.repeat(width < narrow ? 4 : cellWidth(rowText(head)))
  return wrapRow([...head, span(because, 'dim')], { width, hang })
}

const wordCauses = (causes: readonly string[]): string =>
  causes.length === 1
    ? `The cause was ${causes[0]}.`
    : `Each of these causes was right: ${causes.join(', ')}.`

const shows = (causes: readonly string[]): string =>
  causes.length === 0 ? '' : `  ${glyphs.look} shows ${causes.join(', ')}`

const entryRow = (entry: DrillEntry): Row => {
  switch (entry.type) {
    case 'line-run':
      return entry.effect === 'read'
        ? [span(`  ${entry.line}`), span(shows(entry.shows), 'dim')]
        : [span(`${glyphs.warn} ${entry.line}`, 'warn'), span('  may change something', 'dim')]
    case 'cause-named':
      return entry.isRight
        ? [span(`${glyphs.good} named ${entry.cause}`, 'good')]
        : [span(`${glyphs.bad} named ${entry.cause}, which it is not`, 'bad')]
    case 'hint-taken':
      return [span(`${glyphs.unknown} took hint ${entry.number}`, 'dim')]
    case 'fault-injected':
      return [span(`${glyphs.warn} a further fault: ${entry.name}`, 'dim')]
    case 'finished':
      return entry.isRepaired
        ? [span(`${glyphs.good} finished, repaired`, 'good')]
        : [span(`${glyphs.bad} finished, not repaired`, 'bad')]
  }
}

const wrapAll = (rows: readonly Row[], width: number): readonly Row[] =>
  rows.flatMap(line => wrapRow(line, { width, hang: '    ' }))

const pathRows = ({ path, shortPath }: Debrief, width: number): readonly Row[] => {
  const own = [row('Your path', 'strong'), ...path.map(entryRow)]
  const short = [
    row(`The short path (${glyphs.good} you ran it too)`, 'strong'),
    ...shortPath.map(
      (step): Row => [
        span(`${step.wasRun ? glyphs.good : ' '} ${step.line}`, step.wasRun ? 'good' : 'plain'),
        span(shows(step.shows), 'dim'),
      ],
    ),
  ]
  if (width < besideFrom) return [...wrapAll(own, width), [], ...wrapAll(short, width)]
  const half = Math.floor((width - gap) / 2)
  const left = wrapAll(own, half)
  const right = wrapAll(short, half)
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, at): Row => [
      ...fitRow(left[at] ?? [], half),
      span(` ${glyphs.vertical} `, 'rule'),
      ...(right[at] ?? []),
    ],
  )
}

const missedRows = ({ missedEvidence }: Debrief, width: number): readonly Row[] =>
  missedEvidence.length === 0
    ? []
    : [
        row('What would have shown it', 'strong'),
        ...wrapAll(
          missedEvidence.map(line => row(`  ${line}`)),
          width,
        ),
        [],
      ]

/** Score, reasons, both paths, what was missed, and how the scores went, for a width. */
export const presentDebrief = ({ debrief, history }: DrillEnd, width: number): readonly Row[] => {
  const { score, causes } = debrief
  const isRepaired = score.parts.some(part => part.name === 'repair' && part.points > 0)
  const verdict = isRepaired
    ? span(`${glyphs.good} repaired`, 'good')
    : span(`${glyphs.bad} not repaired`, 'bad')
  return [
    [
      span(`${score.points} of 100`, 'title'),
      span('   '),
      verdict,
      span(`   ${formatDuration(score.tookMs)}`),
    ],
    [],
    ...score.parts.flatMap(part => partRows(part, width)),
    [],
    ...wrapText(wordCauses(causes), width),
    ...(history.length > 1
      ? wrapAll(
          [[span(`${formatCounted(history.length, 'time')}  `, 'dim'), ...presentChart(history)]],
          width,
        )
      : wrapText('The first time that you finished this drill.', width, 'dim')),
    [],
    ...missedRows(debrief, width),
    ...pathRows(debrief, width),
  ]
}
