import { spawn, spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** A program on a pseudo-terminal, as util-linux's script(1) makes one. */
export type Pty = {
  /** Milliseconds from the start until all that was printed holds a text; rejects when the program ends or time runs out before. */
  readonly shows: (text: string, patienceMs?: number) => Promise<number>
  readonly type: (keys: string) => void
  /** From here on only what is printed after this counts. */
  readonly forget: () => void
  readonly end: () => void
}

const PATIENCE_MS = 30_000
const SIZE = 'stty cols 100 rows 30'

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** Whether pseudo-terminals can be made here. */
export const hasPty = (): boolean => spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

/** Starts a program on a terminal of 100×30. Output is looked through as it comes, nothing is polled. */
export const openPty = (argv: readonly string[]): Pty => {
  const start = performance.now()
  const line = `${SIZE}; exec ${argv.map(quote).join(' ')}`
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm-256color' },
  })
  let printed = ''
  let wanted: { readonly text: string; readonly found: () => void } | undefined
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    printed += piece
    if (wanted !== undefined && printed.includes(wanted.text)) wanted.found()
  })
  const ended = new Promise<never>((_, reject) => {
    child.on('close', () => reject(new Error(`the program ended; it had printed ${printed.slice(-500)}`)))
  })
  ended.catch(() => undefined)
  return {
    shows: async (text, patienceMs = PATIENCE_MS) => {
      let patience: NodeJS.Timeout | undefined
      const found = new Promise<number>((resolve, reject) => {
        patience = setTimeout(
          () => reject(new Error(`"${text}" did not come after ${JSON.stringify(printed.slice(-300))}`)),
          patienceMs,
        )
        wanted = { text, found: () => resolve(performance.now() - start) }
        if (printed.includes(text)) wanted.found()
      })
      try {
        return await Promise.race([found, ended])
      } finally {
        clearTimeout(patience)
      }
    },
    forget: () => {
      printed = ''
    },
    type: keys => void child.stdin.write(keys),
    end: () => void child.kill('SIGKILL'),
  }
}
