import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The absolute path of the first bash on a search path; `undefined` when there is none. */
export const findBash = (searchPath: string): string | undefined =>
  searchPath
    .split(delimiter)
    .filter(folder => folder.startsWith('/'))
    .map(folder => join(folder, 'bash'))
    .find(isExecutable)
