import { createInterface } from 'node:readline'
import type { LendTerminal } from '../../targets/index.ts'

/** Reads lines that someone types, or that a script pipes in: none is lost between two questions. */
export type LineReader = {
  /** The next line; `undefined` when the input has ended or the reader was closed. */
  readonly ask: () => Promise<string | undefined>
  /** Takes a line that was no answer to what was asked: it is the next one. */
  readonly giveBack: (line: string) => void
  readonly close: () => void
  /** Reads nothing while someone else has the terminal. */
  readonly lend: LendTerminal
}

/** Creates the reader of standard input. `onInterrupt` is called for Ctrl-C and SIGINT, which then end nothing by themselves. */
export const createLineReader = (onInterrupt: () => void): LineReader => {
  const { stdin, stdout } = process
  const reader = createInterface({
    input: stdin,
    output: stdout,
    prompt: '> ',
    terminal: stdin.isTTY === true,
  })
  const waiting: ((line: string | undefined) => void)[] = []
  const lines: string[] = []
  let hasEnded = false
  reader.on('line', line => {
    const next = waiting.shift()
    if (next === undefined) lines.push(line)
    else next(line)
  })
  reader.on('close', () => {
    hasEnded = true
    for (const next of waiting.splice(0)) next(undefined)
  })
  reader.on('SIGINT', onInterrupt)
  process.on('SIGINT', onInterrupt)
  const ask = async (): Promise<string | undefined> => {
    const line = lines.shift()
    if (line !== undefined || hasEnded) return line
    reader.prompt()
    return new Promise(resolve => waiting.push(resolve))
  }
  const setRaw = (mode: 'raw' | 'cooked'): void => {
    if (stdin.isTTY) stdin.setRawMode(mode === 'raw')
  }
  const lend: LendTerminal = async use => {
    reader.pause()
    setRaw('cooked')
    try {
      return await use()
    } finally {
      setRaw('raw')
      reader.resume()
    }
  }
  return {
    ask,
    giveBack: line => lines.unshift(line),
    lend,
    close: () => {
      process.off('SIGINT', onInterrupt)
      reader.close()
    },
  }
}
