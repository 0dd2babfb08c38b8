import { createInterface, type Interface } from 'node:readline'
import type { LendTerminal } from '../../targets/index.ts'
import { createEchoScreen } from './echo-screen.ts'

/** Reads lines that someone types, or that a script pipes in: none is lost between two questions. */
export type LineReader = {
  /** The next line; `undefined` when the input has ended or the reader was closed. */
  readonly ask: () => Promise<string | undefined>
  /** The same for a secret: it is not drawn while it is typed, and not kept for the arrow keys. */
  readonly askQuietly: (question: string) => Promise<string | undefined>
  /** Takes a line that was no answer to what was asked: it is the next one. */
  readonly giveBack: (line: string) => void
  readonly close: () => void
  /** Whether nothing more will come: every line was read and the input has ended, or the reader was closed. */
  readonly hasEnded: () => boolean
  /** Who is told of Ctrl-C from now on. */
  readonly interruptWith: (act: () => void) => void
  /** Reads nothing while someone else has the terminal. */
  readonly lend: LendTerminal
}

const setRaw = (mode: 'raw' | 'cooked'): void => {
  if (process.stdin.isTTY) process.stdin.setRawMode(mode === 'raw')
}

const createLender =
  (reader: Interface): LendTerminal =>
  async use => {
    reader.pause()
    setRaw('cooked')
    try {
      return await use()
    } finally {
      setRaw('raw')
      reader.resume()
    }
  }

/** Creates the reader of standard input. Who is told of Ctrl-C and SIGINT decides; neither ends anything by itself. */
export const createLineReader = (tell: () => void): LineReader => {
  const { stdin, stdout } = process
  let told = tell
  const onInterrupt = (): void => told()
  const screen = createEchoScreen(stdout)
  const reader = createInterface({
    input: stdin,
    output: screen.stream,
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
  const forget = (history: string[]): void => void history.shift()
  const askQuietly = async (question: string): Promise<string | undefined> => {
    stdout.write(question)
    reader.on('history', forget)
    reader.setPrompt('')
    screen.setEcho('quiet')
    try {
      return await ask()
    } finally {
      screen.setEcho('shown')
      reader.setPrompt('> ')
      reader.off('history', forget)
      stdout.write('\n')
    }
  }
  return {
    ask,
    askQuietly,
    giveBack: line => lines.unshift(line),
    interruptWith: act => {
      told = act
    },
    lend: createLender(reader),
    hasEnded: () => hasEnded && lines.length === 0,
    close: () => {
      process.off('SIGINT', onInterrupt)
      reader.close()
    },
  }
}
