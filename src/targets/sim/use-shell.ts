import type { LineResult, Shell } from '../../cluster/index.ts'
import { expandHistory } from './expand-history.ts'
import { ABANDONED, CONTINUED, createLineReader, type LineReader } from './line-reader.ts'

/** How a simulated shell is used at the terminal. */
export type ShellUse = {
  /** Runs at once; when it leaves no shell within the shell behind, the use is over. */
  readonly firstLine?: string
  readonly signal?: AbortSignal
  /** Told of each line and what it gave. */
  readonly onLine?: (line: string, ran: LineResult) => void
  /** What to do with a line that is not for the shell, and whether the use is over then; `undefined` for the shell's. The terminal is free meanwhile. */
  readonly intercept?: (line: string) => (() => Promise<'done' | 'leave'>) | undefined
  /** What a line could be completed to beyond what the shell knows. */
  readonly completeMore?: (line: string) => readonly string[]
  /** Stands in front of the prompt. */
  readonly prefix?: () => string
}

const LEAVING = /^\s*(exit|logout)(\s+\d+)?\s*$/

/** The prompt at the shell's place, as bash writes it: `root@worker-1:/etc# `. */
const promptOf = (shell: Shell): string => {
  const { user, container } = shell.post()
  if (container !== undefined) return `${shell.cwd()} # `
  const home = user === 'root' ? '/root' : `/home/${user}`
  const folder = shell.cwd() === home ? '~' : shell.cwd()
  return `${user}@${shell.hostname()}:${folder}${user === 'root' ? '#' : '$'} `
}

/** A person at a simulated shell: the reader of lines, and what stops the command that runs. */
type Seat = { reader: LineReader; stop: AbortController | undefined } & Kept

/** What outlives a reader. */
type Kept = { readonly history: string[]; readonly waiting: string[] }

const openReader = (shell: Shell, use: ShellUse, seat: Omit<Seat, 'reader'>): LineReader =>
  createLineReader({
    history: seat.history,
    waiting: seat.waiting,
    complete: line => [...(use.completeMore?.(line) ?? []), ...shell.complete(line)],
    onInterrupt: () => seat.stop?.abort(),
  })

const takeSeat = (shell: Shell, use: ShellUse): Seat => {
  const seat: Omit<Seat, 'reader'> = { history: [], waiting: [], stop: undefined }
  return Object.assign(seat, { reader: openReader(shell, use, seat) })
}

/** Runs one line and shows what it prints; Ctrl-C stops the line, not the shell. */
const runShown = async (
  shell: Shell,
  line: string,
  { use, seat }: { readonly use: ShellUse; readonly seat: Seat },
): Promise<void> => {
  const stop = new AbortController()
  seat.stop = stop
  try {
    const signal = use.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, use.signal])
    const ran = await shell.run(line, { signal, onOutput: text => process.stdout.write(text) })
    process.stdout.write(ran.stdout)
    process.stderr.write(ran.stderr)
    use.onLine?.(line, ran)
  } finally {
    seat.stop = undefined
  }
}

/** Does what a line asks for beside the shell, the terminal let go of meanwhile; or gives the line to the shell. */
const perform = async (
  shell: Shell,
  line: string,
  { use, seat }: { readonly use: ShellUse; readonly seat: Seat },
): Promise<'done' | 'leave'> => {
  const task = use.intercept?.(line)
  if (task === undefined) {
    await runShown(shell, line, { use, seat })
    return 'done'
  }
  await seat.reader.close()
  try {
    return await task()
  } finally {
    seat.reader = openReader(shell, use, seat)
  }
}

/** Reads the further lines of a command that is not whole; `undefined` when it is given up. */
const readOn = async (
  shell: Shell,
  begun: string,
  { use, seat }: { readonly use: ShellUse; readonly seat: Seat },
): Promise<string | undefined> => {
  let text = begun
  while (use.intercept?.(begun) === undefined && shell.needsMore(text)) {
    const further = await seat.reader.next(CONTINUED, use.signal)
    if (further === undefined || further === ABANDONED) return undefined
    text = `${text}\n${further}`
  }
  return text
}

/** A line with its references to earlier lines filled in, which is shown; `undefined` after saying that there is no such line. */
const fillIn = (line: string, history: readonly string[]): string | undefined => {
  const expanded = expandHistory(line, history)
  if ('problem' in expanded) {
    process.stderr.write(`${expanded.problem}\n`)
    return undefined
  }
  if (expanded.isChanged) process.stdout.write(`${expanded.line}\n`)
  return expanded.line
}

const converse = async (
  shell: Shell,
  floor: number,
  { use, seat }: { readonly use: ShellUse; readonly seat: Seat },
): Promise<void> => {
  while (shell.depth() > floor && use.signal?.aborted !== true) {
    const typed = await seat.reader.next(`${use.prefix?.() ?? ''}${promptOf(shell)}`, use.signal)
    if (typed === undefined) process.stdout.write('exit\n')
    const begun = fillIn(typed ?? 'exit', seat.history)
    if (begun !== undefined && LEAVING.test(begun) && shell.depth() === 1) return
    const line = begun === undefined ? undefined : await readOn(shell, begun, { use, seat })
    if (line === undefined || line.trim() === '') continue
    seat.history.push(line)
    if ((await perform(shell, line, { use, seat })) === 'leave') return
    if (typed === undefined) seat.reader = openReader(shell, use, seat)
  }
}

/**
 * Lets a person type into a simulated shell at the real terminal: history, completion of commands and paths, Ctrl-C stops a command,
 * Ctrl-D or `exit` leaves. Ends when the shell is left in which it began.
 */
export const useShell = async (shell: Shell, use: ShellUse = {}): Promise<void> => {
  const seat = takeSeat(shell, use)
  const floor = use.firstLine === undefined ? shell.depth() - 1 : shell.depth()
  try {
    if (use.firstLine !== undefined) await runShown(shell, use.firstLine, { use, seat })
    await converse(shell, floor, { use, seat })
  } finally {
    await seat.reader.close()
  }
}
