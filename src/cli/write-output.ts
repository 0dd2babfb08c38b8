import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { reasonOf } from '../base/index.ts'
import { UserError } from './user-error.ts'

/**
 * Writes a file, whole or not at all: a reader never sees a half. Only its owner can read it unless `mode` says otherwise. A UserError
 * says why it cannot be written.
 */
export const writeOutput = (path: string, text: string, mode = 0o600): void => {
  const fresh = `${path}.${process.pid}`
  try {
    writeFileSync(fresh, text, { mode })
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new UserError({
      code: 'E_CLI_WRITE',
      message: `${path} cannot be written: ${reasonOf(error)}.`,
      hint: 'Name another file.',
    })
  }
}
