import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { waitFor } from './wait-for.ts'

/** A program in a real terminal that a test can type into and read from. */
export type Terminal = {
  readonly screen: () => string
  /** The screen's rows without trailing blanks; what the terminal had to break over rows stands as one. */
  readonly lines: () => readonly string[]
  /** Keys by tmux's names: `Enter`, `C-c`, `Escape`, `j`. */
  readonly press: (...keys: readonly string[]) => void
  readonly type: (text: string) => void
  /** As a terminal pastes: between the marks of a bracketed paste where the program asked for them. */
  readonly paste: (text: string) => void
  /** Waits until the screen shows the text or fits the expression, ten seconds unless said; fails with the screen as it is. */
  readonly sees: (wanted: string | RegExp, patienceMs?: number) => Promise<string>
  /** The screen with its colours, once it has stopped to change. */
  readonly settles: (patienceMs: number) => Promise<string>
  readonly resize: (columns: number, rows: number) => void
  /** tmux's own word on the pane, such as `#{alternate_on}` or `#{pane_pid}`. */
  readonly ask: (format: string) => string
  readonly end: () => void
}

/** What to start and how large the terminal is. The command is a line for sh. */
export type TerminalSetup = {
  readonly command: string
  readonly columns: number
  readonly rows: number
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Tells whether tmux is installed; e2e tests skip aloud without it. */
export const hasTmux = (): boolean => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const fits = (screen: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)

/** Starts a shell command in a detached tmux server of its own. */
export const openTerminal = ({ command, columns, rows, env = {}, cwd = '.' }: TerminalSetup): Terminal => {
  const socket = `runtree-${randomUUID()}`
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })
  const environment = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', cwd, ...environment, command)
  tmux('set-option', '-g', 'remain-on-exit', 'on')
  const screen = (): string => tmux('capture-pane', '-p')
  return {
    screen,
    lines: () =>
      tmux('capture-pane', '-p', '-J')
        .replace(/\n$/, '')
        .split('\n')
        .map(line => line.trimEnd()),
    press: (...keys) => void tmux('send-keys', ...keys),
    type: text => void tmux('send-keys', '-l', text),
    paste: text => {
      tmux('set-buffer', text)
      tmux('paste-buffer', '-p')
    },
    sees: (wanted, patienceMs) =>
      waitFor({
        ...(patienceMs === undefined ? {} : { patienceMs }),
        what: `the screen to show ${wanted}`,
        probe: () => (fits(screen(), wanted) ? screen() : undefined),
        onTimeout: () => screen(),
      }),
    settles: patienceMs => {
      let last = ''
      return waitFor({
        what: 'the screen to stop changing',
        patienceMs,
        pollMs: 500,
        probe: () => {
          const before = last
          last = tmux('capture-pane', '-e', '-p')
          return last === before ? last : undefined
        },
      })
    },
    resize: (width, height) => void tmux('resize-window', '-x', `${width}`, '-y', `${height}`),
    ask: format => tmux('display-message', '-p', format).trim(),
    end: () => {
      // The server may have ended by itself, with its last pane.
      spawnSync('tmux', ['-L', socket, 'kill-server'], { stdio: 'ignore' })
    },
  }
}
