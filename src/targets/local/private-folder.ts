import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const make = (parent: string): string | undefined => {
  try {
    return mkdtempSync(join(parent, 'runtree-'))
  } catch {
    return undefined
  }
}

/**
 * Makes a folder that only this user can read. Folders in memory come first: a full disk is what people come here with. Gives
 * `undefined` when it can be made nowhere; commands run all the same, but leave nothing to the next one.
 */
export const makePrivateFolder = (runtimeFolder: string | undefined): string | undefined => {
  for (const parent of [runtimeFolder, '/dev/shm', tmpdir()]) {
    const folder = parent === undefined ? undefined : make(parent)
    if (folder !== undefined) return folder
  }
  return undefined
}
