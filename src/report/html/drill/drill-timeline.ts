import type { DrillReport, DrillReportEntry } from '../../drill/types.ts'
import { wordEntry, wordLine } from '../../drill/word-entry.ts'
import { wordClock } from '../../word-times.ts'
import { e } from '../elements.ts'
import { type Mark, percent, timeChart } from '../time-chart.ts'

const LANE = 30
const lanes = ['commands', 'changes', 'answers'] as const
type Lane = (typeof lanes)[number]

const placeOf = (entry: DrillReportEntry): readonly [Lane, string] => {
  switch (entry.type) {
    case 'line-run':
      if (entry.effect === 'read') return ['commands', 'read']
      return ['changes', entry.effect === 'destructive' ? 'destroy' : 'change']
    case 'cause-named':
      return ['answers', entry.isRight ? 'right' : 'destroy']
    case 'finished':
      return ['answers', entry.isRepaired ? 'right' : 'destroy']
    case 'hint-taken':
    case 'fault-injected':
      return ['answers', 'odd']
  }
}

const tip = (entry: DrillReportEntry): string => {
  const words = entry.type === 'line-run' ? [entry.line, wordLine(entry)] : [wordEntry(entry) ?? '']
  return `${wordClock(entry.afterSeconds)} ${words.filter(word => word !== '').join(': ')}`
}

// Signs at both ends stay whole.
const placed = (part: number): number => 1 + percent(part) * 0.98

/** How far apart two signs of a lane are at least, in percent: what takes no time would lie on one spot. */
const APART = 1.7

const dots = (path: readonly DrillReportEntry[], span: number): readonly string[] => {
  const reached = new Map<Lane, number>()
  return path.map(entry => {
    const [lane, kind] = placeOf(entry)
    const at = placed(entry.afterSeconds / span)
    const x = Math.min(99, Math.max(at, (reached.get(lane) ?? -APART) + APART))
    reached.set(lane, x)
    const y = lanes.indexOf(lane) * LANE + 19
    return `<circle class="${kind}" cx="${x.toFixed(2)}%" cy="${y}" r="5"><title>${e(tip(entry))}</title></circle>`
  })
}

const parMark = ({ isTimed, drill }: DrillReport, span: number): readonly Mark[] =>
  isTimed
    ? [
        {
          name: `par, ${drill.parMinutes} min`,
          kind: 'dim',
          at: placed((drill.parMinutes * 60) / span) / 100,
        },
      ]
    : []

/** What the trainee did over the cluster's own time: reads, changes, and what was answered. */
export const drillTimeline = (report: DrillReport): string => {
  const { path, seconds, drill, isTimed } = report
  const span = Math.max(1, seconds, isTimed ? drill.parMinutes * 60 : 0)
  const names = lanes.map(
    (lane, index) => `<text class="small dim" x="0" y="${index * LANE + 10}">${lane}</text>`,
  )
  return timeChart({
    name: 'What was done when',
    body: [...names, ...dots(path, span)].join(''),
    height: lanes.length * LANE,
    marks: parMark(report, span),
    ends: ['0:00', wordClock(span)],
    keys: [
      ['read', 'reads'],
      ['change', 'changes'],
      ['destroy', 'destroys, or wrong'],
      ['right', 'right'],
      ['odd', 'hint'],
    ],
  })
}
