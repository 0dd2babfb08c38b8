import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The words that start the bundled program. */
export const runtree = [process.execPath, join(root, 'dist/runtree.js')] as const

/** What every start-up is compared with: an engine that does nothing. */
export const emptyNode = [process.execPath, '-e', '0'] as const

// Journals of measured sessions must not lie among the user's.
process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), 'runtree-bench-state-'))
