import { type CapturedOutput, formatCounted, type OutputLine } from '../../base/index.ts'
import { stripColours } from '../../facts/index.ts'
import { latestRunOf, type Refusal, type Run } from '../../session/index.ts'
import { holdsMatch } from '../../ui/index.ts'
import { commandOf } from './command-of.ts'
import type { PlainDesk } from './follow-entry.ts'
import type { Entry } from './parse-entry.ts'

/** The newest run of a command of the step, by its number, or why there is none. */
export const runOfCommand = (desk: PlainDesk, command: number): Run | Refusal => {
  const wanted = commandOf(desk, command)
  if ('code' in wanted) return wanted
  const text = `Command ${command} was not run yet: c${command} runs it.`
  return latestRunOf(desk.store.getSnapshot().session, wanted.id) ?? { code: 'E_PLAIN_OUTPUT', text }
}

/** All of a run's output as far as it is kept: what memory has let go of is read from disk. */
export const keptOutput = ({ store }: PlainDesk, { runId }: Run): CapturedOutput =>
  store.wholeOutputOf(runId) ?? store.outputOf(runId)

/** Lines that are told in one go: an output of gigabytes is never held whole. */
const AT_ONCE = 4_096

const numbered = (lines: readonly OutputLine[]): string =>
  lines.map(({ number, text }) => `${number}: ${stripColours(text)}`).join('\n')

/** Prints the output of a command's newest run again, or those of its lines that hold a text. */
export const tellOutput = (
  desk: PlainDesk,
  { command, holds }: Extract<Entry, { kind: 'output' }>,
): Refusal | undefined => {
  const { out, outputs } = desk
  const run = runOfCommand(desk, command)
  if ('code' in run) return run
  const { lines, firstLine, totalLines } = keptOutput(desk, run)
  if (firstLine > 1)
    out(`[the first ${formatCounted(firstLine - 1, 'line')} left out here; kept in the journal]`)
  let told = 0
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const kept = lines
      .slice(at, at + AT_ONCE)
      .filter(({ text }) => holds === undefined || holdsMatch(stripColours(text), holds))
    if (kept.length > 0) outputs(numbered(kept))
    told += kept.length
  }
  if (told > 0) return undefined
  if (totalLines > 0) out(`No line of it holds "${holds}".`)
  else if (run.totalLines > 0)
    out(`It printed ${formatCounted(run.totalLines, 'line')}, no longer kept. c${command} runs it again.`)
  else out('It printed nothing.')
  return undefined
}

/** Lines on either side of the one that is asked for. */
const CONTEXT = 5

/** Prints a line of the output of a command's newest run with those around it. */
export const tellLines = (
  desk: PlainDesk,
  { command, around }: Extract<Entry, { kind: 'lines' }>,
): Refusal | undefined => {
  const run = runOfCommand(desk, command)
  if ('code' in run) return run
  const { lines, firstLine } = keptOutput(desk, run)
  const at = around - firstLine
  const near = lines.slice(Math.max(0, at - CONTEXT), Math.max(0, at + CONTEXT + 1))
  if (near.length === 0)
    return { code: 'E_PLAIN_LINE', text: `No line ${around} is kept of it. o${command} prints what is.` }
  desk.outputs(numbered(near))
  return undefined
}
