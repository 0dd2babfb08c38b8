import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The words that start the bundled program. */
export const runtree = [process.execPath, join(root, 'dist/runtree.js')] as const

/** What every start-up is compared with: an engine that does nothing. */
export const emptyNode = [process.execPath, '-e', '0'] as const

const folders: string[] = []
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder of this process's own, which goes with it: a whole run writes some six gigabytes. */
export const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-bench-'))
  folders.push(folder)
  return folder
}

// Journals of measured sessions must not lie among the user's.
process.env.XDG_STATE_HOME = freshFolder()
