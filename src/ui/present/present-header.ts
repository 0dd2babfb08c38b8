import { type Progress, progressOf, worthTellingMs } from '../scene/progress.ts'
import type { Moment } from '../state/moment.ts'
import type { Place } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { clipRow, fitRow, rowWidth, spreadRow } from './fit-row.ts'
import { presentClock, roomy } from './present-clock.ts'
import { type Row, span } from './span.ts'
import { formatDuration } from './words.ts'

/** How much is said of the target: what it is, or by which name it was asked for too. */
type Detail = 'host' | 'name and host'

// In a drill the target's name would tell what was broken; in its debrief nothing runs any more.
const targetSpans = ({ services, snapshot, size, drill, ui }: Moment, detail: Detail): Row => {
  if (ui.place.kind === 'debrief') return []
  const { target: name, host } = snapshot?.session.header ?? {
    target: services.target.name,
    host: services.target.host,
  }
  const isHostAlone = name === host || drill !== undefined || detail === 'host' || size.columns < roomy
  const where = isHostAlone ? host : `${name} on ${host}`
  return [...(size.columns < roomy ? [] : [span('target ', 'dim')]), span(where, 'strong')]
}

/** Which of how many runs, for how long already and, once that is worth a word, how long at most. */
const progressText = ({ elapsedMs, leftMs, batch }: Progress, columns: number): string => {
  const isRoomy = columns >= roomy
  const which =
    batch === undefined ? '' : isRoomy ? `${batch.at} of ${batch.of}  ` : `${batch.at}/${batch.of} `
  const left =
    leftMs === undefined || elapsedMs < worthTellingMs || !isRoomy ? '' : `, ${formatDuration(leftMs)} left`
  return `${isRoomy ? 'running ' : ''}${which}${formatDuration(elapsedMs)}${left}`
}

const stateSpans = ({ snapshot, services, events, size }: Moment): Row => {
  const session = snapshot?.session
  if (session === undefined) return []
  const running = progressOf(session, events, services.now())
  const state =
    session.closed !== undefined
      ? span(`  ${glyphs.untouched} closed: ${session.closed}`, 'warn')
      : running !== undefined
        ? span(`  ${glyphs.running} ${progressText(running, size.columns)}`, 'accent')
        : undefined
  const noticed = snapshot?.notices.length ?? 0
  return [
    ...(noticed === 0 ? [] : [span(`  ${glyphs.warn} notice (T)`, 'warn')]),
    ...(session.header?.readOnly === true ? [span('  read-only', 'good')] : []),
    ...(state === undefined ? [] : [state]),
  ]
}

/** What the screens of a drill are called; a step goes by its runbook. */
const placeNames: Partial<Record<Place['kind'], string>> = { briefing: 'Fire drill', debrief: 'Debrief' }

/** The program and what is on the screen; a narrow one has no room for both. */
const nameSpans = ({ scene, size, services, ui }: Moment): Row => {
  const name = placeNames[ui.place.kind] ?? scene?.tree.title
  const isRoomy = size.columns >= roomy
  if (name !== undefined && !isRoomy) return [span(` ${name}`, 'strong')]
  const about = name === undefined ? span(` ${services.version}`, 'dim') : span(`  ${name}`, 'strong')
  return [span(' runtree', 'title'), ...(isRoomy ? [about] : [])]
}

/**
 * The top row: the program, the runbook, where commands run and whether one does. What is too long is cut, the runbook and the machine each
 * at half of the room that the rest leaves, so that both are still told.
 */
export const presentHeader = (moment: Moment): Row => {
  const { columns } = moment.size
  const left = nameSpans(moment)
  const clock = presentClock(moment)
  const state: Row = [...stateSpans(moment), span(' ')]
  const room = columns - rowWidth(clock) - rowWidth(state) - 2
  const whole = targetSpans(moment, 'name and host')
  const target = rowWidth(left) + rowWidth(whole) <= room ? whole : targetSpans(moment, 'host')
  const most = Math.max(room - rowWidth(left), Math.floor(room / 2))
  const right = [...clock, ...clipRow(target, most), ...state]
  return fitRow(spreadRow({ left, right, width: columns }), columns)
}
