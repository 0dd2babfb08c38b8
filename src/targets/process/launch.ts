/** A program to start: its file's absolute path, its arguments, its whole environment and its working directory. */
export type Launch = {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** How a program ended: with an exit code, or by a signal. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** How a job went, before anyone words it. */
export type Ending =
  | { readonly kind: 'exited'; readonly exit: Exit }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'failed'; readonly error: unknown }
