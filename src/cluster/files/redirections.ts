/** What keeps a redirection from being written, in the shell's own words. */
export type Redirections = {
  /** Writes for a redirection; what fails is kept for the shell to tell, the command goes on as it would with a broken pipe. */
  readonly attempt: (path: string, kind: 'open' | 'content', write: () => void) => void
  /** Whether a path was opened by a redirection of the present line. */
  readonly hasOpened: (path: string) => boolean
  /** The complaints of the present line, and forgets them and what was opened. */
  readonly takeComplaints: () => readonly string[]
}

/** The text of a file error, as libc words it, out of the form that the interpreter knows. */
export const errorText = (error: unknown): string => {
  const text =
    /^E[A-Z]+: (.*), '/s.exec(error instanceof Error ? error.message : '')?.[1] ?? 'Input/output error'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const fileError = /\bE[A-Z]{2,}: ([a-z][a-z/ -]*?)(?:, \w+)?,? '[^'\n]*'/g

/** Puts the errors of files that the interpreter passes on as they are into the words of libc. */
export const inLibcWords = (stderr: string): string =>
  stderr.replace(fileError, (_, text: string) => text.charAt(0).toUpperCase() + text.slice(1))

/** Keeps account of a shell's redirections: the interpreter would give up the whole line when one cannot be written. */
export const createRedirections = (): Redirections => {
  const opened = new Set<string>()
  const refused = new Set<string>()
  let complaints: string[] = []
  return {
    attempt: (path, kind, write) => {
      opened.add(path)
      if (refused.has(path)) return
      try {
        write()
      } catch (error) {
        refused.add(path)
        const text = errorText(error)
        complaints.push(kind === 'open' ? `bash: ${path}: ${text}` : `bash: write error: ${text}`)
      }
    },
    hasOpened: path => opened.has(path),
    takeComplaints: () => {
      const taken = complaints
      complaints = []
      opened.clear()
      refused.clear()
      return taken
    },
  }
}
