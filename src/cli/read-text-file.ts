import { readFileSync, statSync } from 'node:fs'
import { unreadableFile } from './unreadable-file.ts'
import { UserError } from './user-error.ts'

const LARGEST_BYTES = 64 * 1024 * 1024

const whenMissing = 'Check the path; "runtree" alone lists the bundled runbooks.'

/** The bytes of a file, or of standard input for `-`; a UserError when it cannot be read or is over 64 MiB. */
export const readFileBytes = (path: string): Buffer => {
  try {
    if (path !== '-' && statSync(path).size > LARGEST_BYTES) {
      throw new UserError({
        code: 'E_CLI_FILE_SIZE',
        message: `${path} is larger than 64 MiB.`,
        hint: 'A runbook is a text document; name another file.',
      })
    }
    return readFileSync(path === '-' ? 0 : path)
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw unreadableFile(path, cause, whenMissing)
  }
}

/** The same as text, invalid UTF-8 replaced. */
export const readTextFile = (path: string): string => readFileBytes(path).toString('utf8')
