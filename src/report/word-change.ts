import type { ReportRun } from './types.ts'

/** A sentence without the stop at its end, so that it can stand within another. */
const bare = (text: string): string => text.trim().replace(/\.+$/, '')

/** Whether it changed something for certain: a command whose end was not seen may have. */
export const isSureChange = ({ effect, exit }: ReportRun): boolean =>
  effect !== 'unknown' && exit !== undefined

const deeds: Readonly<Record<ReportRun['effect'], string>> = {
  read: 'Read',
  change: 'Changed something',
  destructive: 'Destroyed something',
  unknown: 'May have changed something',
}

/** What a change did and how it is undone, in sentences; the command itself stands beside them. */
export const wordChange = (run: ReportRun): string => {
  const { changes, undo, savesFor } = run
  if (savesFor !== undefined)
    return `Saved before ${savesFor} what that would have lost. Delete the file when it is no longer needed.`
  const deed = deeds[isSureChange(run) ? run.effect : 'unknown']
  const what = changes === undefined ? deed : `${deed}: ${bare(changes)}`
  return undo === undefined
    ? `${what}. How to undo it is not written down.`
    : `${what}. To undo: ${bare(undo)}.`
}
