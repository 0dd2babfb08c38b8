import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Loaded } from './group-scripts.ts'

type Start = { readonly words: readonly string[]; readonly input?: string }

/** Starts that run through most of what any start runs through, each of which the engine keeps what it compiled. */
const starts = (document: string): readonly Start[] => [
  { words: ['--version'] },
  { words: ['lint', document] },
  { words: ['tree', document, '--json'] },
  { words: ['auto', 'start-here', '--target', 'sim'] },
  { words: ['explain', '--command', 'df -h'], input: 'Filesystem Size Used Avail Use% Mounted on\n' },
]

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

type Run = (start: Start) => void

/** Starts the program as a user would. The screen is drawn where util-linux's script(1) makes a terminal for it. */
const runnersOf = (program: string, document: string, env: NodeJS.ProcessEnv): readonly (() => void)[] => {
  const run: Run = ({ words, input = '' }) =>
    void spawnSync(process.execPath, [program, ...words], { env, input, stdio: ['pipe', 'ignore', 'ignore'] })
  const line = `stty cols 100 rows 30; exec ${[process.execPath, program].map(quote).join(' ')}`
  const runScreen = (): void =>
    void spawnSync('script', ['-qec', line, '/dev/null'], {
      env,
      input: 'q',
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: 30_000,
    })
  return [...starts(document).map(start => () => run(start)), runScreen]
}

const loadedIn = (kept: string): Loaded =>
  new Set(readdirSync(kept).flatMap(folder => readdirSync(join(kept, folder))))

/** What a build warms up: its launcher, a document to read, and the folder where the program leaves what was compiled. */
export type WarmUp = { readonly program: string; readonly document: string; readonly kept: string }

/**
 * Runs the program for the engine to compile and keep what starts need, so that the first start of whoever built it is
 * as quick as those that follow. A start that fails only leaves less behind. Gives what each start loaded, each as if it were the only one.
 */
export const warmUp = (
  { program, document, kept }: WarmUp,
  form: 'apart' | 'together',
): readonly Loaded[] => {
  const state = mkdtempSync(join(tmpdir(), 'runtree-build-'))
  // Under a name that the build knows nothing of: a bundled runbook would not be read at all.
  const unknown = join(state, 'unknown.md')
  copyFileSync(document, unknown)
  const env = { ...process.env, RUNTREE_KEEP_COMPILED: '1', XDG_STATE_HOME: state, TERM: 'xterm-256color' }
  const loaded = runnersOf(program, unknown, env).map(run => {
    run()
    const found = loadedIn(kept)
    if (form === 'apart')
      for (const folder of readdirSync(kept)) rmSync(join(kept, folder), { recursive: true })
    return found
  })
  rmSync(state, { recursive: true, force: true })
  return loaded
}
