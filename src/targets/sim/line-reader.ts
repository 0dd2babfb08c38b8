import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { withReverseSearch } from './reverse-search.ts'

/** How lines are read from a person: what was typed before, oldest first, and what a line could be completed to. */
export type LineReaderSetup = {
  readonly history: readonly string[]
  /** Lines that were typed and not yet asked for; kept by whoever opens one reader after another. */
  readonly waiting: string[]
  readonly complete: (line: string) => readonly string[]
  /** Ctrl-C while no line is wanted: a command runs. */
  readonly onInterrupt: () => void
}

/** What a reader gives when a person gives up a command of several lines with Ctrl-C. */
export const ABANDONED = '\u0003'

/** The prompt for the further lines of a command. */
export const CONTINUED = '> '

/** Reads lines from the terminal; what is typed while a command runs is kept for the next ones. */
export type LineReader = {
  /** The next line; `undefined` at Ctrl-D or when the signal says stop. */
  readonly next: (prompt: string, signal: AbortSignal | undefined) => Promise<string | undefined>
  /** Lets go of the terminal; done when it is free for whoever takes it next. */
  readonly close: () => Promise<void>
}

/** Opens a reader on the real terminal. Ctrl-C gives up a line that was begun. */
export const createLineReader = ({
  history,
  waiting,
  complete,
  onInterrupt,
}: LineReaderSetup): LineReader => {
  let take: ((line: string | undefined) => void) | undefined
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    history: [...history].reverse(),
    completer: (line: string): [string[], string] => [[...complete(line)], /\S*$/.exec(line)?.[0] ?? ''],
  })
  withReverseSearch(reader, { history, isReading: () => take !== undefined })
  const give = (line: string | undefined): void => {
    const taker = take
    take = undefined
    if (taker !== undefined) taker(line)
    else if (line !== undefined) waiting.push(line)
  }
  // A full screen that had the terminal before lets the process end while its input is silent.
  process.stdin.ref()
  let isClosed = false
  reader.on('line', give)
  reader.on('close', () => {
    isClosed = true
    give(undefined)
  })
  reader.on('SIGINT', () => {
    if (take === undefined) {
      waiting.length = 0
      onInterrupt()
      return
    }
    process.stdout.write('^C\n')
    reader.write(null, { ctrl: true, name: 'e' })
    reader.write(null, { ctrl: true, name: 'u' })
    if (reader.getPrompt() === CONTINUED) give(ABANDONED)
    else reader.prompt()
  })
  return {
    next: (prompt, signal) => {
      const ready = waiting.shift()
      if (ready !== undefined) {
        process.stdout.write(`${prompt}${ready}\n`)
        return Promise.resolve(ready)
      }
      if (isClosed || signal?.aborted === true) return Promise.resolve(undefined)
      return new Promise(resolve => {
        take = resolve
        signal?.addEventListener('abort', () => give(undefined), { once: true })
        reader.setPrompt(prompt)
        reader.prompt()
      })
    },
    close: async () => {
      reader.close()
      // Only after a turn does the terminal stop being read: whoever took it before would find it stopped afterwards.
      await nextTurn()
    },
  }
}
