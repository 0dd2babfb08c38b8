import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../base/index.ts'

/**
 * Makes a folder for its owner alone, and those above it as far as they are missing; throws what the system says. Node's own way of
 * making several calls a file system that may only be read a path that is not there.
 */
export const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    makeFolder(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  }
}
