import { createInterface } from 'node:readline/promises'
import type { LineResult, Shell } from '../../cluster/index.ts'

/** How a simulated shell is used at the terminal. `history` takes the lines, oldest first; `onLine` is told of each with what it gave. */
export type ShellUse = {
  /** Runs at once; when it leaves no shell within the shell behind, the use is over. */
  readonly firstLine?: string
  readonly signal?: AbortSignal
  readonly history?: string[]
  readonly onLine?: (line: string, ran: LineResult) => void
  /** Takes lines that are not for the shell: tells whether it did, or that the use is over. */
  readonly intercept?: (line: string) => Promise<'not-mine' | 'done' | 'leave'>
  /** What a line could be completed to beyond what the shell knows. */
  readonly completeMore?: (line: string) => readonly string[]
  /** Stands in front of the prompt. */
  readonly prefix?: () => string
}

const LEAVING = /^\s*(exit|logout)(\s+\d+)?\s*$/

/** The prompt at the shell's place, as bash writes it: `root@worker-1:/etc# `. */
const promptOf = (shell: Shell): string => {
  const { machine, user, container } = shell.post()
  if (container !== undefined) return `${shell.cwd()} # `
  const home = user === 'root' ? '/root' : `/home/${user}`
  const folder = shell.cwd() === home ? '~' : shell.cwd()
  return `${user}@${machine.name}:${folder}${user === 'root' ? '#' : '$'} `
}

/** Runs one line and shows what it prints; Ctrl-C stops the line, not the shell. */
const runShown = async (shell: Shell, line: string, { onLine, signal }: ShellUse): Promise<void> => {
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.on('SIGINT', interrupt)
  try {
    const signals = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal])
    const ran = await shell.run(line, { signal: signals, onOutput: text => process.stdout.write(text) })
    process.stdout.write(ran.stdout)
    process.stderr.write(ran.stderr)
    onLine?.(line, ran)
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/** Asks for a line; `undefined` at Ctrl-D or when it is no longer wanted. Ctrl-C gives up the line that was begun. */
const askLine = async (
  shell: Shell,
  { signal, history = [], completeMore, prefix }: ShellUse,
): Promise<string | undefined> => {
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    history: [...history].reverse(),
    completer: (line: string): [string[], string] => {
      const word = /\S*$/.exec(line)?.[0] ?? ''
      return [[...(completeMore?.(line) ?? []), ...shell.complete(line)], word]
    },
  })
  reader.on('SIGINT', () => {
    process.stdout.write('^C\n')
    reader.write(null, { ctrl: true, name: 'u' })
    reader.prompt()
  })
  const ended = new Promise<undefined>(resolve => reader.once('close', () => resolve(undefined)))
  const asked = reader
    .question(`${prefix?.() ?? ''}${promptOf(shell)}`, signal === undefined ? {} : { signal })
    .catch(() => undefined)
  try {
    return await Promise.race([asked, ended])
  } finally {
    reader.close()
  }
}

/**
 * Lets a person type into a simulated shell at the real terminal: history, completion of commands and paths, Ctrl-C stops a command,
 * Ctrl-D or `exit` leaves. Ends when the shell is left in which it began.
 */
export const useShell = async (shell: Shell, use: ShellUse = {}): Promise<void> => {
  const floor = use.firstLine === undefined ? shell.depth() - 1 : shell.depth()
  if (use.firstLine !== undefined) await runShown(shell, use.firstLine, use)
  while (shell.depth() > floor && use.signal?.aborted !== true) {
    const line = (await askLine(shell, use)) ?? 'exit'
    if (LEAVING.test(line) && shell.depth() === 1) return
    if (line.trim() === '') continue
    use.history?.push(line)
    const taken = (await use.intercept?.(line)) ?? 'not-mine'
    if (taken === 'leave') return
    if (taken === 'not-mine') await runShown(shell, line, use)
  }
}
