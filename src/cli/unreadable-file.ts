import { errorCode } from '../base/index.ts'
import { UserError } from './user-error.ts'

const advice: Readonly<Record<string, string>> = {
  EACCES: 'You have no permission to read it.',
  EISDIR: 'Name a file, not a folder.',
}

/** The error for a file that could not be read, from what the system threw; `whenMissing` says what to do when it is not there. */
export const unreadableFile = (path: string, cause: unknown, whenMissing: string): UserError => {
  const code = String(errorCode(cause) ?? 'unknown')
  return new UserError({
    code: 'E_CLI_FILE',
    message: `Cannot read ${path} (${code}).`,
    hint: code === 'ENOENT' ? whenMissing : (advice[code] ?? 'Check the path and try again.'),
  })
}
