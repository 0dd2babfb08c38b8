import { readFileSync, statSync } from 'node:fs'
import { UserError } from './user-error.ts'

const LARGEST_BYTES = 64 * 1024 * 1024

const advice: Readonly<Record<string, string>> = {
  ENOENT: 'Check the path; "runtree" alone lists the bundled runbooks.',
  EACCES: 'You have no permission to read it.',
  EISDIR: 'Name a file, not a folder.',
}

const unreadable = (path: string, cause: unknown): UserError => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new UserError({
    code: 'E_CLI_FILE',
    message: `Cannot read ${path} (${code}).`,
    hint: advice[code] ?? 'Check the path and try again.',
  })
}

/** The text of a file, or of standard input for `-`, invalid UTF-8 replaced; a UserError when it cannot be read or is over 64 MiB. */
export const readTextFile = (path: string): string => {
  try {
    if (path !== '-' && statSync(path).size > LARGEST_BYTES) {
      throw new UserError({
        code: 'E_CLI_FILE_SIZE',
        message: `${path} is larger than 64 MiB.`,
        hint: 'A runbook is a text document; name another file.',
      })
    }
    return readFileSync(path === '-' ? 0 : path).toString('utf8')
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw unreadable(path, cause)
  }
}
