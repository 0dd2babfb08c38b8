import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Start = { readonly words: readonly string[]; readonly input?: string }

/** Starts that run through most of what any start runs through, each of which the engine keeps what it compiled. */
const starts = (document: string): readonly Start[] => [
  { words: ['lint', document] },
  {
    words: ['tree', '-', '--json'],
    input: '---\ntitle: A document\n---\n# One\n\n```bash\nls -l | wc -l\n```\n',
  },
  { words: ['auto', 'start-here', '--target', 'sim'] },
  { words: ['explain', '--command', 'df -h'], input: 'Filesystem Size Used Avail Use% Mounted on\n' },
]

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/**
 * Runs the program as often as it takes for the engine to have compiled and kept it, so that the first start of whoever built it is
 * as quick as those that follow. The screen is drawn where util-linux's script(1) makes a terminal for it. A start that fails only leaves less behind.
 */
export const warmUp = (program: string, document: string): void => {
  const state = mkdtempSync(join(tmpdir(), 'runtree-build-'))
  const options = {
    env: { ...process.env, RUNTREE_KEEP_COMPILED: '1', XDG_STATE_HOME: state, TERM: 'xterm-256color' },
  }
  for (const { words, input = '' } of starts(document))
    spawnSync(process.execPath, [program, ...words], {
      ...options,
      input,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
  const line = `stty cols 100 rows 30; exec ${[process.execPath, program].map(quote).join(' ')}`
  spawnSync('script', ['-qec', line, '/dev/null'], {
    ...options,
    input: 'q',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: 30_000,
  })
  rmSync(state, { recursive: true, force: true })
}
