import { createOutputCleaner, dropColours } from '../../base/index.ts'
import { type Shell, shellAt } from '../../cluster/index.ts'
import { createLineReader, type LineReader } from '../plain/line-reader.ts'
import { print } from '../print.ts'
import { drillTriageText, type TriageParts } from './drill-triage.ts'
import { type DrillSeat, type WordEnd, wordTask } from './drill-words.ts'

/** Gives the lines that somebody types; `undefined` at their end. */
type AskLine = () => Promise<string | undefined>

const leaving = /^(?:exit|logout)(?:\s+\d+)?$/

/** A line with all that belongs to it, as a shell reads on while a quote or a loop is open. */
const readWhole = async (shell: Shell, ask: AskLine): Promise<string | undefined> => {
  let text = (await ask())?.trim()
  while (text !== undefined && text !== '' && shell.needsMore(text)) {
    const further = await ask()
    if (further === undefined) break
    text = `${text}\n${further}`
  }
  return text
}

/** An output as text alone: neither colours nor returns of the carriage. */
const textOf = (output: string): string => {
  const cleaner = createOutputCleaner()
  return dropColours(cleaner.write(output) + cleaner.end())
}

/**
 * A drill as linear text: one line in, what it prints out; the drill's words count beside shell commands. Ends with `finish`, `give-up` or
 * the end of the lines, which finishes too.
 */
export const followDrill = async (seat: DrillSeat, ask: AskLine, prompt: () => string): Promise<WordEnd> => {
  const { run, say } = seat
  const shell = shellAt(run.world, { machine: run.world.home, hasTerminal: false })
  for (;;) {
    say([`${prompt()}${shell.hostname()}:${shell.cwd()}`])
    const line = await readWhole(shell, ask)
    if (line === undefined || (leaving.test(line) && shell.depth() === 1)) return 'finish'
    if (line === '') continue
    const task = wordTask(seat, line)
    if (task !== undefined) {
      const taken = await task()
      if (taken !== 'done') return taken
    } else {
      const ran = await shell.run(line)
      run.note(line, ran)
      const printed = textOf(`${ran.stdout}${ran.stderr}`).trimEnd()
      say([...(printed === '' ? [] : [printed]), ...(ran.exit === 0 ? [] : [`(exit ${ran.exit})`])])
    }
  }
}

/** The same on the program's own input and output, or with a reader of them that there is already, which stays open. Ctrl-C leaves without a score. */
export const drillPlain = async (
  seat: DrillSeat,
  prompt: () => string,
  { reader: given, ...parts }: TriageParts & { readonly reader?: LineReader },
): Promise<WordEnd> => {
  const reader = given ?? createLineReader(() => undefined)
  let wasInterrupted = false
  const leave = (): void => {
    wasInterrupted = true
    reader.close()
  }
  reader.interruptWith(leave)
  const triage = async () => {
    if ((await drillTriageText(seat.run, reader, parts)) === 'interrupted') wasInterrupted = true
    reader.interruptWith(leave)
    return 'done' as const
  }
  const end = await followDrill({ ...seat, triage }, reader.ask, prompt)
  if (given === undefined) reader.close()
  if (wasInterrupted) print.error('runtree: The drill was left without a score.')
  return wasInterrupted ? 'give-up' : end
}
