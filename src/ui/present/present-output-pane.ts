import { formatCounted } from '../../base/index.ts'
import type { Run } from '../../session/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { shownCount } from '../scene/output-window.ts'
import { progressOf, worthTellingMs } from '../scene/progress.ts'
import { presentOutput } from './present-output.ts'
import type { StepMoment } from './present-step.ts'
import { type Row, row, span } from './span.ts'
import { formatDuration } from './words.ts'
import { wrapText } from './wrap-row.ts'

const sampleRows = (sample: string, { width, height }: Rectangle): readonly Row[] => [
  row('Not run yet. The document shows this as an example:', 'dim'),
  ...sample
    .split('\n')
    .flatMap(line => wrapText(`  ${line}`, width, 'dim'))
    .slice(0, Math.max(0, height - 1)),
]

/** What a run that prints nothing is waited for, and when that ends. */
const waitingText = ({ services, events, scene }: StepMoment, run: Run): string => {
  const progress = progressOf(scene.session, events, services.now())
  if (progress?.run.runId !== run.runId || progress.elapsedMs < worthTellingMs) return 'No output yet.'
  const host = run.machine?.host ?? scene.session.header?.host ?? services.target.host
  const end =
    progress.leftMs === undefined
      ? 'It runs until you stop it with Ctrl-C.'
      : `It is stopped in ${formatDuration(progress.leftMs)}, or by Ctrl-C now.`
  return `No output yet: waiting for ${host} for ${formatDuration(progress.elapsedMs)}. ${end}`
}

const emptyText = (moment: StepMoment): string => {
  const { run, entry } = moment.scene
  if (run?.phase === 'running') return waitingText(moment, run)
  if (run?.outcome?.kind === 'not-started' || run?.outcome?.kind === 'lost') return run.outcome.message
  if (run?.mode === 'interactive') return 'It had the whole terminal for itself; nothing of that is kept.'
  if (run !== undefined && run.totalLines > 0)
    return `It printed ${formatCounted(run.totalLines, 'line')}, no longer kept. Run it again to see what it prints now.`
  if (run !== undefined) return 'It printed nothing.'
  return entry === undefined
    ? 'No output.'
    : `Not run yet. ${keyOf(moment.services, 'command-run')} runs the chosen command.`
}

/** The rows of the output: what the command printed, or in a sentence why there is nothing. */
export const presentOutputPane = (moment: StepMoment, room: Rectangle): readonly Row[] => {
  const { scene, ui, services } = moment
  const { viewport, view, marks, run, entry, meaning, gutter, shift } = scene
  if (viewport.output.totalLines === 0) {
    const sample = run === undefined ? entry?.command?.sample : undefined
    return sample === undefined ? wrapText(emptyText(moment), room.width, 'dim') : sampleRows(sample, room)
  }
  const rows = presentOutput({
    view: viewport,
    top: view.top,
    left: shift,
    marks,
    markedLine: view.markedLine,
    find: ui.find ?? view.filter,
    gutter,
  })
  if (view.filter !== undefined && shownCount(viewport) === 0)
    return wrapText(
      `No line holds "${view.filter}". ${keyOf(services, 'output-filter')} shows all lines again.`,
      room.width,
      'dim',
    )
  const filler = Array.from({ length: Math.max(0, viewport.height - rows.length) }, (): Row => [])
  return meaning.length === 0 ? rows : [...rows, ...filler, ...meaning.map(line => [span('  '), ...line])]
}
