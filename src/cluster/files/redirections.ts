/** A path that is there when what runs must end now: the quickest question that a script can ask. */
export const DUE_PATH = '/dev/__due'

/** What keeps a redirection from being written, in the shell's own words. */
export type Redirections = {
  /** Writes for a redirection; what fails is kept for the shell to tell, the command goes on as it would with a broken pipe. */
  readonly attempt: (path: string, kind: 'open' | 'content', write: () => void) => void
  /** Whether a path was opened by a redirection of the present line. */
  readonly hasOpened: (path: string) => boolean
  /** The complaints of the present line, and forgets them and what was opened. */
  readonly takeComplaints: () => readonly string[]
  /** Takes what a command writes to a stream by the path of its device. */
  readonly spill: (stream: Stream, text: string) => void
  /** Whether what runs must end now. */
  readonly isDue: () => Promise<boolean>
  /** What was written to a stream in this way since it was last asked. */
  readonly takeSpilled: (stream: Stream) => string
}

/** Where what is written to the terminal itself goes, and whether what runs must end now. */
export type RedirectionSetup = {
  readonly toTerminal?: (text: string) => void
  readonly isDue?: () => Promise<boolean>
}

/** A stream of the shell that has a path. */
export type Stream = 'stdout' | 'stderr' | 'terminal'

/** The text of a file error, as libc words it, out of the form that the interpreter knows. */
export const errorText = (error: unknown): string => {
  const text =
    /^E[A-Z]+: (.*), '/s.exec(error instanceof Error ? error.message : '')?.[1] ?? 'Input/output error'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const fileError = /\bE[A-Z]{2,}: ([a-z][a-z/ -]*?)(?:, \w+)?,? '[^'\n]*'/g

/** A tool that the interpreter has in other surroundings: on the simulated machines it is not installed. */
const elsewhere = /^(?:bash: )?([\w.-]+): command not available in browser environments\..*$/gm

/** Puts what the interpreter says of files and commands in its own way into the words of libc and bash. */
export const inLibcWords = (stderr: string): string =>
  stderr
    .replace(fileError, (_, text: string) => text.charAt(0).toUpperCase() + text.slice(1))
    .replace(elsewhere, 'bash: $1: command not found')

/**
 * Keeps account of a shell's redirections: the interpreter would give up the whole line when one cannot be written. What
 * commands ask of it by paths goes where the setup says.
 */
export const createRedirections = ({ toTerminal, isDue }: RedirectionSetup = {}): Redirections => {
  const opened = new Set<string>()
  const refused = new Set<string>()
  const spilled: Record<Stream, string> = { stdout: '', stderr: '', terminal: '' }
  let complaints: string[] = []
  return {
    attempt: (path, kind, write) => {
      opened.add(path)
      // Each redirection opens its file anew: what was missing may be there by now.
      if (kind === 'content' && refused.has(path)) return
      try {
        write()
        refused.delete(path)
      } catch (error) {
        refused.add(path)
        const text = errorText(error)
        complaints.push(kind === 'open' ? `bash: ${path}: ${text}` : `bash: write error: ${text}`)
      }
    },
    hasOpened: path => opened.has(path),
    isDue: isDue ?? (async () => false),
    spill: (stream, text) => {
      if (stream === 'terminal' && toTerminal !== undefined) toTerminal(text)
      else spilled[stream] += text
    },
    takeSpilled: stream => {
      const text = spilled[stream]
      spilled[stream] = ''
      return text
    },
    takeComplaints: () => {
      const taken = complaints
      complaints = []
      opened.clear()
      refused.clear()
      return taken
    },
  }
}
