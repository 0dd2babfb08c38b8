/** A path that is there when what runs must end now: the quickest question that a script can ask. */
export const DUE_PATH = '/dev/__due'

/** Below this path it is asked whether a redirection can be opened: the folder that the shell is in, then what it is to open. */
export const OPENING = '/dev/__open'
/** What stands between the two; an `x` before the second keeps it as it was written. */
export const TARGET = '__at/'

/** What a question whether a file can be opened is about: the file, and how it was named; `undefined` of other paths. */
export const askedToOpen = (path: string): { readonly folder: string; readonly word: string } | undefined => {
  const [, folder, word] = /^\/dev\/__open(\/.*?)?\/__at\/x(.*)$/s.exec(path) ?? []
  return word === undefined ? undefined : { folder: folder || '/', word }
}

/** What keeps a redirection from being written, in the shell's own words. */
export type Redirections = {
  /** Writes for a redirection; what fails is kept for the shell to tell, the command goes on as it would with a broken pipe. */
  readonly attempt: (path: string, kind: 'open' | 'content', write: () => void) => void
  /** Keeps why a file cannot be opened for the shell to tell. */
  readonly refuse: (path: string, text: string) => void
  /** Whether a path was opened by a redirection of the present line. */
  readonly hasOpened: (path: string) => boolean
  /** The complaints of the present line, and forgets them and what was opened. */
  readonly takeComplaints: () => readonly string[]
  /** What could not be opened, each as the shell tells it, and forgets it: the commands that were to write there did not run. */
  readonly takeRefusals: () => readonly string[]
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
  let refusals: string[] = []
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
    refuse: (path, text) => void refusals.push(`bash: ${path}: ${text}`),
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
    takeRefusals: () => {
      const taken = refusals
      refusals = []
      return taken
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
